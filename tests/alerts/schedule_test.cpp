#include "alerts/schedule.h"

#include <vector>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

// The next so many times of a schedule after an instant.
std::vector<std::string> times(std::string_view schedule, std::string_view after, int count,
                               const std::string& zone = "UTC") {
  const auto parsed = parse_schedule(schedule);
  REQUIRE_MESSAGE(parsed.has_value(), schedule);
  std::vector<std::string> out;
  Timestamp at = parse_rfc3339(after).value();
  for (int i = 0; i < count; ++i) {
    at = parsed->next_after(at, zone);
    out.push_back(to_rfc3339(at));
  }
  return out;
}

using Times = std::vector<std::string>;

}  // namespace

TEST_CASE("a schedule names days and times of day, in the place that it names or at home") {
  // A Friday.
  CHECK(times("weekdays 07:00 Europe/Berlin", "2024-10-04T04:59:59Z", 3) ==
        Times{"2024-10-04T05:00:00Z", "2024-10-07T05:00:00Z", "2024-10-08T05:00:00Z"});
  CHECK(times("weekdays 07:00 Europe/Berlin", "2024-10-04T05:00:00Z", 1) ==
        Times{"2024-10-07T05:00:00Z"});
  CHECK(times("daily 07:00", "2024-10-04T12:00:00Z", 2, "America/New_York") ==
        Times{"2024-10-05T11:00:00Z", "2024-10-06T11:00:00Z"});
}

TEST_CASE("days may be several, in any order and spelling, and so may times") {
  CHECK(times("Mondays 08:00 UTC", "2024-10-04T00:00:00Z", 2) ==
        Times{"2024-10-07T08:00:00Z", "2024-10-14T08:00:00Z"});
  CHECK(times("thu,mon 07:00", "2024-10-04T00:00:00Z", 3) ==
        Times{"2024-10-07T07:00:00Z", "2024-10-10T07:00:00Z", "2024-10-14T07:00:00Z"});
  CHECK(times("weekends,Wednesday 17:30,06:00", "2024-10-06T06:00:00Z", 3) ==
        Times{"2024-10-06T17:30:00Z", "2024-10-09T06:00:00Z", "2024-10-09T17:30:00Z"});
}

TEST_CASE("an interval goes by the clock, whatever it began with") {
  CHECK(times("hourly", "2024-10-04T07:00:01Z", 2) ==
        Times{"2024-10-04T08:00:00Z", "2024-10-04T09:00:00Z"});
  CHECK(times("every 4h", "2024-10-04T03:59:59Z", 2) ==
        Times{"2024-10-04T04:00:00Z", "2024-10-04T08:00:00Z"});
  CHECK(times("every 15m", "1969-12-31T23:50:00Z", 1) == Times{"1970-01-01T00:00:00Z"});
}

TEST_CASE("a time that a day does not have comes when its clocks have jumped, once") {
  // On 2025-03-30 the clocks of Berlin go from 02:00 to 03:00, which is 01:00 UTC.
  CHECK(times("daily 02:30 Europe/Berlin", "2025-03-29T00:00:00Z", 3) ==
        Times{"2025-03-29T01:30:00Z", "2025-03-30T01:00:00Z", "2025-03-31T00:30:00Z"});
}

TEST_CASE("of a time that a day has twice only the first counts") {
  // On 2025-10-26 they go from 03:00 back to 02:00.
  CHECK(times("daily 02:30 Europe/Berlin", "2025-10-25T12:00:00Z", 2) ==
        Times{"2025-10-26T00:30:00Z", "2025-10-27T01:30:00Z"});
}

TEST_CASE("the hour of a day's digest stays when the clocks change") {
  CHECK(times("daily 07:00 America/New_York", "2025-03-08T06:00:00Z", 2) ==
        Times{"2025-03-08T12:00:00Z", "2025-03-09T11:00:00Z"});
}

TEST_CASE("at once has no times") {
  CHECK(parse_schedule("at once")->is_at_once());
  CHECK(parse_schedule("At  Once")->is_at_once());
  CHECK_FALSE(parse_schedule("hourly")->is_at_once());
}

TEST_CASE("what is no schedule is refused, with one that would be") {
  for (const char* text : {"",
                           "daily",
                           "07:00",
                           "dayly 07:00",
                           "daily 7:00",
                           "daily 24:00",
                           "daily 07:60",
                           "daily 07:00 UTC now",
                           "every",
                           "every 0h",
                           "every 4",
                           "every h",
                           "every 29d",
                           "every 999999999999h",
                           "mon, thu 07:00",
                           ", 07:00",
                           "mon ,",
                           "at",
                           "once",
                           "weekday 07:00",
                           "hourly UTC"}) {
    CAPTURE(text);
    const auto schedule = parse_schedule(text);
    REQUIRE_FALSE(schedule.has_value());
    CHECK(schedule.error().message.find("\"daily 07:00\"") != std::string::npos);
  }
  const auto nowhere = parse_schedule("daily 07:00 Europe/Berlim");
  REQUIRE_FALSE(nowhere.has_value());
  CHECK(nowhere.error().message.find("'Europe/Berlim' is no time zone") == 0);
}

}  // namespace stakeout
