#include "extractors/stories/furniture.h"

#include <doctest/doctest.h>

namespace stakeout {
namespace {

StoryFingerprint bulletin(const std::string& figures) {
  StoryDocument document;
  document.url = "https://bulletins.example/" + figures;
  document.text =
      "Weekly dredging bulletin of the estuary board: depth " + figures +
      " metres at the northern pier. Mariners should consult pilots before anchoring. " + figures +
      " barges passed the lock.";
  return make_fingerprint(document);
}

std::size_t marked(const StoryFingerprint& fingerprint) {
  std::size_t count = 0;
  for (const StoryToken& token : fingerprint.tokens) {
    count += token.has(StoryToken::furniture) ? 1U : 0U;
  }
  return count;
}

TEST_CASE("what three articles of a site share is furniture, though their figures differ") {
  SiteFurniture furniture;
  StoryFingerprint first = bulletin("11");
  furniture.count(first);
  furniture.count(bulletin("12"));
  mark_furniture(first, furniture);
  CHECK(marked(first) == 0);

  furniture.count(bulletin("13"));
  mark_furniture(first, furniture);
  CHECK(marked(first) == first.tokens.size());
  CHECK(candidate_keys(first).empty());
}

TEST_CASE("the wording of an article counts as the article does") {
  StoryFingerprint first = bulletin("11");
  SiteFurniture all;
  SiteFurniture only_its_own{first};
  for (const char* figures : {"12", "13", "13", "14"}) {
    all.count(bulletin(figures));
    only_its_own.count(SiteFurniture::wording_of(bulletin(figures)));
  }
  all.count("");  // of a fingerprint that cannot be read
  StoryFingerprint second = first;
  mark_furniture(first, all);
  mark_furniture(second, only_its_own);
  CHECK(first == second);
  CHECK(marked(first) == first.tokens.size());
}

TEST_CASE("verbatim copies on one site do not make each other furniture") {
  SiteFurniture furniture;
  StoryFingerprint copy = bulletin("11");
  for (int i = 0; i < 5; ++i) furniture.count(copy);
  mark_furniture(copy, furniture);
  CHECK(marked(copy) == 0);
}

TEST_CASE("marking again with other counts takes old marks away") {
  SiteFurniture furniture;
  for (const char* figures : {"1", "2", "3"}) furniture.count(bulletin(figures));
  StoryFingerprint fingerprint = bulletin("1");
  mark_furniture(fingerprint, furniture);
  REQUIRE(marked(fingerprint) > 0);
  mark_furniture(fingerprint, SiteFurniture{});
  CHECK(marked(fingerprint) == 0);
}

}  // namespace
}  // namespace stakeout
