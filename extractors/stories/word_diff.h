#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stakeout {

// A run of words that two texts share, or that only one of them has.
struct DiffRun {
  enum class Kind : std::uint8_t { equal, removed, added };

  Kind kind = Kind::equal;
  std::string words;  // as they stand in the text, with the white space after them

  friend bool operator==(const DiffRun&, const DiffRun&) = default;
};

// What to strike out and what to write in to turn `before` into `after`, word by word. The equal
// and removed runs put together are `before` (but for white space, which does not count as a
// change); the equal and added runs are `after`. Neighbouring runs differ in kind; removed stands
// before added.
//
// Near-linear for texts that differ little (Myers' algorithm, within a bound on the edits; beyond
// it the rest is given as one removed and one added run).
[[nodiscard]] std::vector<DiffRun> diff_words(std::string_view before, std::string_view after);

}  // namespace stakeout
