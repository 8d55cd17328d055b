#pragma once

#include <string_view>
#include <variant>

#include "extractors/values/partial_date.h"
#include "extractors/values/result.h"
#include "extractors/values/timestamp.h"

namespace stakeout {

// A written date: an instant when it has a time of day, else a day, a month or a year.
using DateTime = std::variant<Timestamp, PartialDate>;

// Reads a date as feeds and pages write it, the whole of `text`:
//
//   RFC 822, 2822, 850    "Fri, 27 Sep 2024 14:30:00 GMT", "27-Sep-24 14:30 EDT"
//   RFC 3339, ISO 8601    "2024-09-27T14:30:00.5+02:00", "20240927T1430Z", "2024-271", "2024-W39-5"
//   asctime, date(1)      "Fri Sep 27 14:30:00 UTC 2024"
//   words                 "September 27, 2024 at 2:30 PM", "27 de septiembre de 2024",
//   "2024年9月27日" numbers               "9/27/2024 2:30 PM", "27.09.2024", "1727447400" (seconds
//   since 1970)
//
// Names of months and days in two dozen languages; weekdays and remarks in brackets are not looked
// at. Zones are offsets, abbreviations or IANA names; none, or one that nobody knows, means UTC. Of
// days and months that could be either, "/" parts month/day/year, "." and "-" day-month-year. Years
// of two digits are 1950 to 2049. Fails on days and times that do not exist and on anything else.
[[nodiscard]] Result<DateTime> parse_date_time(std::string_view text);

// The instant, or midnight UTC of the first day.
[[nodiscard]] Timestamp instant_of(const DateTime& date);

}  // namespace stakeout
