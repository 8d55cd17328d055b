#pragma once

#include <span>
#include <string_view>

namespace stakeout {

// Sets of context words that many entities of a watchlist share (data/context_sets.tsv). A set is
// written as one context word that begins with '@': "@public-buyers".

[[nodiscard]] inline bool is_context_set(std::string_view context_word) {
  return context_word.starts_with('@');
}

// The words of a set, in the order of the table; none when there is no such set.
[[nodiscard]] std::span<const std::string_view> words_of_context_set(std::string_view set);

}  // namespace stakeout
