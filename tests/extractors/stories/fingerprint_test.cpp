#include "extractors/stories/fingerprint.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/extractors/stories/articles.h"

namespace stakeout {
namespace {

using test_articles::report;

TEST_CASE("a fingerprint comes back from its bytes as it was") {
  StoryDocument undated = report();
  undated.published.clear();
  StoryDocument endless = report();
  for (int i = 0; i < 4000; ++i) endless.text += " word" + std::to_string(i);
  for (const StoryDocument& document : {report(), undated, endless, StoryDocument{}}) {
    const StoryFingerprint fingerprint = make_fingerprint(document);
    const auto read = parse_fingerprint(to_bytes(fingerprint));
    REQUIRE(read.has_value());
    CHECK(*read == fingerprint);
  }
}

TEST_CASE("bytes that are no fingerprint are refused") {
  const std::string bytes = to_bytes(make_fingerprint(report()));
  CHECK_FALSE(parse_fingerprint("").has_value());
  CHECK_FALSE(parse_fingerprint("\x02" + bytes.substr(1)).has_value());
  CHECK_FALSE(parse_fingerprint(bytes + "x").has_value());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(parse_fingerprint(bytes.substr(0, size)).has_value());
  }
}

TEST_CASE("a fingerprint stays within its bound, and remembers the length of the text") {
  StoryDocument document = report();
  for (int i = 0; i < 9000; ++i) document.text += " word" + std::to_string(i);
  const StoryFingerprint fingerprint = make_fingerprint(document);
  CHECK(fingerprint.tokens.size() == StoryFingerprint::max_tokens);
  CHECK(fingerprint.text_tokens > 9000);
  CHECK(to_bytes(fingerprint).size() < 13000);
}

TEST_CASE("the same words have the same hash, whatever stands around them") {
  StoryDocument other = report();
  std::replace(other.text.begin(), other.text.end(), '\n', ' ');
  other.title = "Another title";
  CHECK(make_fingerprint(other).text_hash == make_fingerprint(report()).text_hash);
  other.text += " Correction.";
  CHECK(make_fingerprint(other).text_hash != make_fingerprint(report()).text_hash);
}

TEST_CASE("a text of a few words has no hash, since stubs are all alike") {
  StoryDocument stub = report();
  stub.text = "Please log in to read this article.";
  CHECK(make_fingerprint(stub).text_hash == 0);
}

TEST_CASE("the host is the same with and without www, and the day is that of publication") {
  StoryDocument bare = report();
  bare.url = "http://kelmouth-courier.example/other";
  const StoryFingerprint fingerprint = make_fingerprint(report());
  CHECK(make_fingerprint(bare).host_hash == fingerprint.host_hash);
  CHECK(fingerprint.day == 19787);  // 2024-03-05
  StoryDocument monthly = report();
  monthly.published = "2024-03";
  CHECK_FALSE(make_fingerprint(monthly).day.has_value());
}

TEST_CASE("names, figures and months are marked, and function words are left out") {
  StoryDocument document;
  document.text = "The mayor met Oyelaran in March with 2,311 letters.";
  const std::vector<StoryToken> tokens = make_fingerprint(document).tokens;
  REQUIRE(tokens.size() == 6);  // mayor met Oyelaran March 2,311 letters
  CHECK(tokens[0].marks == 0);
  CHECK(tokens[2].has(StoryToken::name));
  CHECK(tokens[3].has(StoryToken::month));
  CHECK(tokens[4].has(StoryToken::number));
  CHECK(tokens[2].rarity > tokens[0].rarity);
  CHECK(tokens[5].place == 9);
}

TEST_CASE("long quotations are marked, short ones are not") {
  StoryDocument document;
  document.text =
      "He wrote: \"Our boats left the harbour before dawn carrying lamps nets bread coffee spare "
      "ropes anchors maps flares blankets tools letters medicine fuel paint oars\" and sailed. She "
      "called it \"brave\" yesterday.";
  int quoted = 0;
  for (const StoryToken& token : make_fingerprint(document).tokens) {
    quoted += token.has(StoryToken::quoted) ? 1 : 0;
  }
  CHECK(quoted > 15);
  CHECK_FALSE(make_fingerprint(document).tokens.back().has(StoryToken::quoted));
}

TEST_CASE("a copy shares more keys with its source than another report does") {
  const auto shared = [](const StoryDocument& a, const StoryDocument& b) {
    const auto keys_a = candidate_keys(make_fingerprint(a));
    const auto keys_b = candidate_keys(make_fingerprint(b));
    std::vector<std::uint64_t> both;
    std::set_intersection(keys_a.begin(), keys_a.end(), keys_b.begin(), keys_b.end(),
                          std::back_inserter(both));
    return static_cast<int>(both.size());
  };
  CHECK(shared(report(), test_articles::reworded()) >= story_shared_keys);
  CHECK(shared(report(), test_articles::reworded()) >
        shared(report(), test_articles::other_report()));
}

}  // namespace
}  // namespace stakeout
