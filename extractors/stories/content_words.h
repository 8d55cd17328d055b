#pragma once

#include <cstdint>
#include <string_view>

#include "extractors/text/word_map.h"

namespace stakeout {

// What story matching knows of English words. Every word is given case folded.

// Whether the word carries no meaning of its own: "the", "however", "said".
[[nodiscard]] bool is_function_word(std::string_view word, WordHash hash);
[[nodiscard]] bool is_function_word(std::string_view word);

// Whether it is a word of everyday English; a misspelled one is not.
[[nodiscard]] bool is_common_word(std::string_view word);

// Whether it is the name of a month, in full or as "sept".
[[nodiscard]] bool is_month(std::string_view word);

// The word without the endings that inflect it: "contracts" and "contracted" are "contract". Light:
// it may leave half a word ("agency" and "agencies" are "agenc"), but equal words stay equal.
[[nodiscard]] std::string_view stem_of(std::string_view word);

// The inverse document frequency of a stem in English prose, in sixteenths: 16 for the commonest
// ("people"), max_rarity for what few texts hold, names above all.
[[nodiscard]] std::uint8_t rarity_of_stem(std::string_view stem, WordHash hash);

// The same for a figure: "5" is common, "225,000" is not.
[[nodiscard]] std::uint8_t rarity_of_number(std::string_view digits);

inline constexpr std::uint8_t max_rarity = 104;  // idf 6.5
inline constexpr std::uint8_t rare_from = 64;    // idf 4: a word that tells texts apart

}  // namespace stakeout
