#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "extractors/text/prose.h"
#include "extractors/values/span.h"

namespace stakeout {

// Year, month and day as far as an expression names them; 0: not named. A year may be without
// month, a month without year, a day never without month.
struct DateParts {
  int year = 0;
  int month = 0;
  int day = 0;
};

// An expression that names a year, a month or a day by itself: "Sept. 27, 2024", "27/09/2024",
// "March", "Q4 2025", "fiscal 2026" (the US one, from October), "Jan. 1 through March 31, 2026".
// `from` and `to` are its ends, the same but for ranges, quarters and fiscal years.
struct DateExpression {
  std::size_t first = 0;  // tokens [first, end)
  std::size_t end = 0;
  DateParts from;
  DateParts to;
};

// The expression that begins at token `at`, if there is one.
[[nodiscard]] std::optional<DateExpression> date_expression_at(const Prose& prose, std::size_t at);

// A day or a month without a year of its own: "September 29", "in June".
struct DayMonth {
  Span span;
  std::size_t first = 0;  // tokens [first, end)
  std::size_t end = 0;
  int month = 0;
  std::optional<int> day;
};

// All of them, in the order of the text: whoever knows more of the matter than the words around
// them ("a one-year contract signed in September 2024 ... runs out on September 29") can find the
// year.
[[nodiscard]] std::vector<DayMonth> find_day_months(const Prose& prose);

}  // namespace stakeout
