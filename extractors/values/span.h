#pragma once

#include <cstddef>

namespace stakeout {

// A half-open range of Unicode code points of one text, counted from 0, so that SQL's
// substr(text, start + 1, end - start) gives the words. Always true: start <= end.
struct Span {
  std::size_t start = 0;
  std::size_t end = 0;

  [[nodiscard]] constexpr std::size_t length() const { return end - start; }
  [[nodiscard]] constexpr bool contains(Span other) const {
    return start <= other.start && other.end <= end;
  }
  [[nodiscard]] constexpr bool overlaps(Span other) const {
    return start < other.end && other.start < end;
  }
  friend constexpr bool operator==(Span, Span) = default;
};

}  // namespace stakeout
