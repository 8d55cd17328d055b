#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "extractors/values/result.h"

namespace stakeout {

// An instant in UTC, in whole seconds since 1970-01-01T00:00:00Z. Time zones end at the parsers.
struct Timestamp {
  std::int64_t seconds = 0;

  friend constexpr auto operator<=>(Timestamp, Timestamp) = default;
  friend constexpr Timestamp operator+(Timestamp t, std::int64_t s) { return {t.seconds + s}; }
  friend constexpr Timestamp operator-(Timestamp t, std::int64_t s) { return {t.seconds - s}; }
  friend constexpr std::int64_t operator-(Timestamp a, Timestamp b) {
    return a.seconds - b.seconds;
  }
};

// The instant at which a day of the proleptic Gregorian calendar has reached `hour:minute:second`
// UTC.
[[nodiscard]] Timestamp make_timestamp(int year, int month, int day, int hour = 0, int minute = 0,
                                       int second = 0);

// "2024-09-27T13:05:00Z" (RFC 3339). Years outside 0 to 9999 are clamped to that range.
[[nodiscard]] std::string to_rfc3339(Timestamp time);

// Reads what to_rfc3339() prints, and any other RFC 3339 date-time: "2024-09-27T15:05:00.25+02:00".
// A fraction of a second is cut off. Fails on anything else; other spellings are the feeds' and
// pages' own business.
[[nodiscard]] Result<Timestamp> parse_rfc3339(std::string_view text);

}  // namespace stakeout
