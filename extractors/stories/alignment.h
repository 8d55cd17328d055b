#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "extractors/stories/fingerprint.h"

namespace stakeout {

// Two fingerprints laid side by side: which tokens of one are which tokens of the other, in order.
struct Alignment {
  struct Pair {
    std::uint32_t a = 0;  // index of a token of the first fingerprint
    std::uint32_t b = 0;  // and of the equal one of the second
  };

  std::vector<Pair> pairs;  // a and b both increase
  // What each token weighs in this comparison: its rarity; half inside a long quotation; nothing
  // for furniture and for words that either text repeats too often to tell which is which.
  std::vector<std::uint16_t> weights_a;
  std::vector<std::uint16_t> weights_b;
};

// The heaviest common subsequence of two token lists, k log k in the pairs of equal tokens. Words
// that occur more than six times in either text are left out, so k is at most six times the length.
[[nodiscard]] Alignment align(const std::vector<StoryToken>& a, const std::vector<StoryToken>& b);

// A glance before align(), at a small part of its cost: every token of `a` that weighs something
// and stands anywhere in `b`, where `b`'s index says nothing. align() pairs no other token of `a`.
[[nodiscard]] Alignment pair_in_any_order(const std::vector<StoryToken>& a,
                                          const std::vector<StoryToken>& b);

}  // namespace stakeout
