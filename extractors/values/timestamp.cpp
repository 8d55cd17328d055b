#include "extractors/values/timestamp.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <optional>

namespace stakeout {
namespace {

using std::chrono::sys_days;

constexpr std::int64_t seconds_a_day = 86'400;

// Reads exactly `count` digits at `text[at]`.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// Reads "Z", "+02:00" or "-05:30" as seconds east of UTC; the whole of `text` has to be that.
std::optional<int> zone_offset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto hours = digits(text, 1, 2);
  const auto minutes = digits(text, 4, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const int offset = (*hours * 60 + *minutes) * 60;
  return text[0] == '-' ? -offset : offset;
}

}  // namespace

Timestamp make_timestamp(int year, int month, int day, int hour, int minute, int second) {
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  const std::int64_t days = sys_days{date}.time_since_epoch().count();
  return {days * seconds_a_day + hour * 3'600 + minute * 60 + second};
}

std::string to_rfc3339(Timestamp time) {
  const Timestamp first = make_timestamp(0, 1, 1);
  const Timestamp last = make_timestamp(9999, 12, 31, 23, 59, 59);
  const std::int64_t seconds = std::clamp(time, first, last).seconds;

  const auto days = std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds{std::chrono::seconds{seconds}});
  const std::chrono::year_month_day date{days};
  const auto of_day = static_cast<int>(seconds - days.time_since_epoch().count() * seconds_a_day);

  std::array<char, 64> out{};
  const int size = std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                                 static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                 static_cast<unsigned>(date.day()), of_day / 3'600,
                                 of_day / 60 % 60, of_day % 60);
  return {out.data(), static_cast<std::size_t>(size)};
}

Result<Timestamp> parse_rfc3339(std::string_view text) {
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  const auto hour = digits(text, 11, 2);
  const auto minute = digits(text, 14, 2);
  const auto second = digits(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return fail("not an RFC 3339 time");
  const bool parted = text[4] == '-' && text[7] == '-' && text[13] == ':' && text[16] == ':' &&
                      (text[10] == 'T' || text[10] == 't' || text[10] == ' ');
  if (!parted) return fail("not an RFC 3339 time");

  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return fail("no such day", 8);
  if (*hour > 23 || *minute > 59 || *second > 60) return fail("no such time of day", 11);

  std::size_t at = 19;
  if (at < text.size() && text[at] == '.') {
    const std::size_t end = text.find_first_not_of("0123456789", at + 1);
    if (end == at + 1 || end == std::string_view::npos) return fail("a zone is missing", at);
    at = end;
  }
  const auto offset = zone_offset(text.substr(std::min(at, text.size())));
  if (!offset) return fail("not a zone", at);
  // A leap second is read as the last second before it.
  return make_timestamp(*year, *month, *day, *hour, *minute, std::min(*second, 59)) - *offset;
}

}  // namespace stakeout
