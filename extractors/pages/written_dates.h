#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extractors/values/timestamp.h"

namespace stakeout {

// Reads dates as pages write them, and leaves out those that no article has: before 1990 or after
// the page was fetched. What is found is RFC 3339 in UTC, or as much of a date as there is
// ("2024-09-27"); midnight in the page's own zone means that only the day is known.
class WrittenDates {
 public:
  // `fetched` is when the page was fetched; a time before 2000 is that of a clock nobody has set,
  // and is not believed. A day is allowed for zones and for clocks that are wrong.
  explicit WrittenDates(std::optional<Timestamp> fetched);

  // The whole text is a date.
  [[nodiscard]] std::optional<std::string> whole(std::string_view written) const;
  // The first date among the words of a line, the longest reading of it.
  [[nodiscard]] std::optional<std::string> within(std::string_view line) const;
  // A date that a longer text begins with: "27.09.2024 The agency ...", or a place and a date as
  // press releases have it: "Berlin, 27 September 2024 - The agency ...".
  [[nodiscard]] std::optional<std::string> at_start(std::string_view text) const;
  // ".../2024/09/27/...", ".../2024-09-27-...", ".../20240927/..." or ".../27-09-2024".
  [[nodiscard]] std::optional<std::string> in_address(std::string_view address) const;

 private:
  [[nodiscard]] bool is_plausible(int year, Timestamp begin) const;

  Timestamp latest_;
};

}  // namespace stakeout
