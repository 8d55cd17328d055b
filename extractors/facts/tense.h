#pragma once

#include <cstddef>

#include "extractors/text/prose.h"

namespace stakeout {

// Where a date lies as seen by the words of its sentence.
enum class Tense { unknown, past, future };

// The tense that the nearest cues of data/date_cues.tsv give to the date at tokens [first, end):
// those before it in its sentence, else those behind.
[[nodiscard]] Tense tense_around(const Prose& prose, std::size_t first, std::size_t end);

}  // namespace stakeout
