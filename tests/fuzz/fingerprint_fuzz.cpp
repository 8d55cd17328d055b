// Fingerprints from arbitrary bytes and from arbitrary texts. What parses prints the same bytes
// again; comparing is symmetric and its score lies between 0 and 1; revisions of a text to itself
// show no change. What is left out of a text as furniture can be put back.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "extractors/stories/fingerprint.h"
#include "extractors/stories/furniture.h"
#include "extractors/stories/match.h"
#include "extractors/stories/revisions.h"
#include "extractors/stories/site_blocks.h"
#include "extractors/text/prose.h"

namespace {

using namespace stakeout;

void require(bool holds) {
  if (!holds) std::abort();
}

void compare_both_ways(const StoryFingerprint& a, const StoryFingerprint& b) {
  const StoryMatch there = compare_stories(a, b);
  const StoryMatch back = compare_stories(b, a);
  require(there.same == back.same && there.score == back.score);
  require(there.score >= 0 && there.score <= 1);
}

// A text whose site has each of the other's lines in three articles.
void check_site(std::string_view text, std::string_view other) {
  const Prose prose{text};
  StoryFingerprint article = make_fingerprint({"https://a.example/", "", "", "", ""}, prose);
  std::vector<StoryFingerprint> others;
  SiteFurniture furniture{article};
  for (const char* words : {"\none", "\ntwo", "\nthree", ""}) {
    others.push_back(
        make_fingerprint({"https://a.example/", words, "", "", std::string{other} + words}));
    furniture.count(others.back());
  }
  furniture.count(article);
  mark_furniture(article, furniture);
  const auto blocks = cut_blocks(prose, article);
  const std::vector<LeftOut> known{{0, std::string{text.substr(0, text.find('\n'))}, 3}};
  const ParedText pared = leave_out(text, find_site_blocks({text, blocks, article, others, known}));
  require(whole_text(pared.text, pared.left_out) == text);
}

// The input's two halves, parted at its first NUL.
void check_texts(std::string_view input) {
  const std::string_view before = input.substr(0, input.find('\0'));
  const std::string_view after = input.substr(before.size());
  const StoryFingerprint a = make_fingerprint({"", "", "", "", std::string{before}});
  const StoryFingerprint b = make_fingerprint({"", "", "", "", std::string{after}});
  const auto read = parse_fingerprint(to_bytes(a));
  require(read && *read == a);
  compare_both_ways(a, b);
  require(compare_revisions(before, before).change_class == ChangeClass::no_change);
  (void)compare_revisions(before, after);
  check_site(before, after);
  check_site(before, before);
}

void check_bytes(std::string_view input) {
  auto fingerprint = parse_fingerprint(input);
  if (!fingerprint) return;
  (void)candidate_keys(*fingerprint);
  SiteFurniture furniture;
  furniture.count(*fingerprint);
  mark_furniture(*fingerprint, furniture);
  compare_both_ways(*fingerprint, make_fingerprint({"", "", "", "", std::string{input}}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  check_bytes(input);
  check_texts(input);
  return 0;
}
