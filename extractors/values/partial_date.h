#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "extractors/values/result.h"
#include "extractors/values/timestamp.h"

namespace stakeout {

// A date known to the day, the month or the year: "2024-09-27", "2024-09", "2024".
//
// Always true: a day comes with a month, and the parts name a real date of years 1 to 9999.
class PartialDate {
 public:
  // Fails (nullopt) when the parts are no date, or a day comes without a month.
  [[nodiscard]] static std::optional<PartialDate> make(int year,
                                                       std::optional<int> month = std::nullopt,
                                                       std::optional<int> day = std::nullopt);
  // The UTC day of an instant.
  [[nodiscard]] static PartialDate day_of(Timestamp time);
  [[nodiscard]] static PartialDate from_days(std::chrono::sys_days day);

  [[nodiscard]] int year() const { return year_; }
  [[nodiscard]] std::optional<int> month() const;
  [[nodiscard]] std::optional<int> day() const;
  [[nodiscard]] bool is_full() const { return day_ != 0; }

  // The first and the last day that the date covers.
  [[nodiscard]] std::chrono::sys_days first_day() const;
  [[nodiscard]] std::chrono::sys_days last_day() const;

  // Ordered by first day, the less precise one first among equals.
  friend auto operator<=>(const PartialDate&, const PartialDate&) = default;

 private:
  PartialDate(int year, int month, int day) : year_{year}, month_{month}, day_{day} {}

  int year_;
  int month_;  // 0: not known
  int day_;    // 0: not known
};

// "2024-09-27", "2024-09" or "2024".
[[nodiscard]] std::string to_string(const PartialDate& date);

// Reads what to_string() prints; the time of a date-time ("2024-09-27T13:05:00Z") is not accepted.
[[nodiscard]] Result<PartialDate> parse_partial_date(std::string_view text);

}  // namespace stakeout
