#pragma once

#include <cstddef>
#include <string_view>

namespace stakeout {

// How many single-letter edits turn one word into the other (Levenshtein); for messages that name
// the nearest known word. Takes the product of the lengths.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace stakeout
