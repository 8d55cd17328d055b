// Fingerprints from arbitrary bytes and from arbitrary texts. What parses prints the same bytes
// again; comparing is symmetric and its score lies between 0 and 1; revisions of a text to itself
// show no change.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "extractors/stories/fingerprint.h"
#include "extractors/stories/furniture.h"
#include "extractors/stories/match.h"
#include "extractors/stories/revisions.h"

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
