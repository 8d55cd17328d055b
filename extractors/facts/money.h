#pragma once

#include <vector>

#include "extractors/text/prose.h"
#include "extractors/values/facts.h"

namespace stakeout {

// Finds the sums of money in a text, in its order and not overlapping: "$2 million", "half a
// million dollars", "€1-1.5bn", "45 M€", "40 lakh rupees", "197 pence".
//
//     sum    := currency number [scale] | number [scale] currency
//     range  := sum ("to" | "-") sum | "between" sum "and" sum      one scale, one currency will do
//
// English, Spanish, French, Dutch, German, Italian, Portuguese and Swedish; of other languages the
// scales and currencies of data/, but no number words. What "1.250" is follows from the scale's
// language, else from the text's. Whose pesos are meant, and dollars other than USD, is told by the
// country of the text (currency_homes.h). What names no number ("millions of dollars") or no
// currency is left out, and so are lone cents, "Euro 2024", and pounds that are a weight. Every
// role is `other`: see roles.h.
[[nodiscard]] std::vector<MoneyMention> find_money(const Prose& prose);

}  // namespace stakeout
