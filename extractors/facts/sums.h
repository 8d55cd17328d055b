#pragma once

#include <cstddef>
#include <optional>

#include "extractors/facts/currencies.h"
#include "extractors/facts/numerals.h"

namespace stakeout {

// One number with its scale and currency, as far as they stand beside it. The parts of a range may
// lack either: "$2-3 million" is "$2" and "3 million".
struct Sum {
  std::size_t begin = 0;  // tokens [begin, end)
  std::size_t end = 0;
  Decimal number;                    // without the scale
  int scale = 0;                     // power of ten
  std::optional<Currency> currency;  // none: no currency stands beside it
  bool has_scale = false;
  bool is_named_before = false;  // the currency stands before the number
  bool is_article = false;       // the number is "a", "un", "eine"
  bool is_grouped = false;       // the digits have marks: "1,250"

  // Thousandths of the major unit; nullopt when they do not fit.
  [[nodiscard]] std::optional<std::int64_t> thousandths() const;
};

// The sum that begins at token `at`; nullopt when there is no number, or when its currency cannot
// be one ("Euro 2024", "180 pounds").
//
// `ends_range` says that it is the other end of a range whose currency is named already, so that
// an abbreviated scale needs none beside it ("€10-15bn").
[[nodiscard]] std::optional<Sum> sum_at(const MoneyTokens& text, std::size_t at, DecimalMark mark,
                                        bool ends_range = false);

}  // namespace stakeout
