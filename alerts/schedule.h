#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/values/result.h"
#include "extractors/values/timestamp.h"

namespace stakeout {

// When a digest goes out.
//
// The times of day are those of a place: on the day on which its clocks skip a time it is taken
// when they have jumped, and of a time that they show twice the first is taken.
class Schedule {
 public:
  // As soon as there is something; it has no times.
  [[nodiscard]] bool is_at_once() const { return is_at_once_; }

  // The first time after `t`; never equal to it. `zone` is used where the schedule names none. Not
  // to be asked of a schedule that is at once.
  [[nodiscard]] Timestamp next_after(Timestamp t, const std::string& zone) const;

 private:
  friend Result<Schedule> parse_schedule(std::string_view text);

  bool is_at_once_ = false;
  std::optional<std::chrono::minutes> interval_;  // the times are its multiples since 1970, in UTC
  std::array<bool, 7> days_{};                    // from Sunday on
  std::vector<std::chrono::minutes> times_;       // of day, ascending
  std::string zone_;
};

// Reads, in any case of letters:
//
//     schedule := "at once" | "hourly" | "every" interval | days times [zone]
//     interval := count ("m" | "h" | "d")               between a minute and 28 days
//     days     := day {"," day}
//     day      := "daily" | "weekdays" | "weekends" | a day's name: "mon", "monday", "mondays"
//     times    := time {"," time}
//     time     := "07:00"                               from 00:00 to 23:59
//     zone     := a name of the IANA's time zones, "UTC" among them
//
// Fails on anything else, with examples of what is right.
[[nodiscard]] Result<Schedule> parse_schedule(std::string_view text);

// Whether this is the name of a time zone.
[[nodiscard]] bool is_time_zone(const std::string& name);

}  // namespace stakeout
