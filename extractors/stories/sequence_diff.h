#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace stakeout {

// A place where two sequences differ: elements [a_begin, a_end) of the first stand where elements
// [b_begin, b_end) of the second do. One of the ranges may be empty, not both.
struct SequenceEdit {
  std::size_t a_begin = 0;
  std::size_t a_end = 0;
  std::size_t b_begin = 0;
  std::size_t b_end = 0;
};

// The places where two sequences differ, in order, with at least one equal element between them.
//
// Myers' O(ND) algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986), so near-linear
// for sequences that differ little. Beyond 1,000 insertions and removals all that lies between the
// common beginning and the common end is one edit.
[[nodiscard]] std::vector<SequenceEdit> diff_sequences(const std::vector<std::uint64_t>& a,
                                                       const std::vector<std::uint64_t>& b);

}  // namespace stakeout
