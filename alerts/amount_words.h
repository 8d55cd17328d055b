#pragma once

#include <string>

#include "storage/reader.h"
#include "storage/sum_words.h"

namespace stakeout {

// Cells as the views have them, as words: "about USD 4,200,000", "USD 1,000,000 to 2,000,000";
// empty when there is no amount.
[[nodiscard]] std::string amount_words(const Cell& amount, const Cell& amount_max,
                                       const Cell& currency, const Cell& qualifier);

// A cell as text, numbers in as few digits as they need; empty for NULL.
[[nodiscard]] std::string plain_cell(const Cell& cell);

}  // namespace stakeout
