#pragma once

#include <span>

#include "extractors/stories/text_words.h"
#include "extractors/values/words.h"

namespace stakeout {

// What it means that these words were put in the place of those; one side may be empty.
//
// no_change: the same words, set differently. minor: the same words spelled, inflected, joined or
// ordered differently, or other function words. substantive: other figures, names, statements, or
// words that turn the meaning round (data/meaning_words.tsv).
[[nodiscard]] ChangeClass classify_passage(std::span<const TextWord> before,
                                           std::span<const TextWord> after);

// Whether the word states a number: in figures, or in words ("seven", "two-year").
[[nodiscard]] bool states_number(const TextWord& word);

}  // namespace stakeout
