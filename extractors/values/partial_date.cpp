#include "extractors/values/partial_date.h"

#include <array>
#include <cstdio>

namespace stakeout {
namespace {

namespace chrono = std::chrono;

constexpr unsigned u(int value) {
  return static_cast<unsigned>(value);
}

}  // namespace

std::optional<PartialDate> PartialDate::make(int year, std::optional<int> month,
                                             std::optional<int> day) {
  if (year < 1 || year > 9999) return std::nullopt;
  if (!month) return day ? std::nullopt : std::optional{PartialDate{year, 0, 0}};
  if (*month < 1 || *month > 12) return std::nullopt;
  if (!day) return PartialDate{year, *month, 0};
  const chrono::year_month_day date{chrono::year{year}, chrono::month{u(*month)},
                                    chrono::day{u(*day)}};
  if (*day < 1 || !date.ok()) return std::nullopt;
  return PartialDate{year, *month, *day};
}

PartialDate PartialDate::day_of(Timestamp time) {
  return from_days(chrono::floor<chrono::days>(chrono::sys_seconds{chrono::seconds{time.seconds}}));
}

PartialDate PartialDate::from_days(chrono::sys_days day) {
  const chrono::year_month_day date{day};
  return PartialDate{static_cast<int>(date.year()), static_cast<int>(unsigned{date.month()}),
                     static_cast<int>(unsigned{date.day()})};
}

std::optional<int> PartialDate::month() const {
  return month_ == 0 ? std::nullopt : std::optional{month_};
}

std::optional<int> PartialDate::day() const {
  return day_ == 0 ? std::nullopt : std::optional{day_};
}

chrono::sys_days PartialDate::first_day() const {
  return chrono::year_month_day{chrono::year{year_}, chrono::month{u(month_ == 0 ? 1 : month_)},
                                chrono::day{u(day_ == 0 ? 1 : day_)}};
}

chrono::sys_days PartialDate::last_day() const {
  if (day_ != 0) return first_day();
  const chrono::month last_month{u(month_ == 0 ? 12 : month_)};
  return chrono::year_month_day_last{chrono::year{year_}, chrono::month_day_last{last_month}};
}

std::string to_string(const PartialDate& date) {
  std::array<char, 48> out{};
  int size = std::snprintf(out.data(), out.size(), "%04d", date.year());
  const auto rest = [&](int part) {
    size += std::snprintf(out.data() + size, out.size() - static_cast<std::size_t>(size), "-%02d",
                          part);
  };
  if (date.month()) rest(*date.month());
  if (date.day()) rest(*date.day());
  return {out.data(), static_cast<std::size_t>(size)};
}

Result<PartialDate> parse_partial_date(std::string_view text) {
  const auto number = [&](std::size_t at, std::size_t count) -> std::optional<int> {
    int value = 0;
    for (const char c : text.substr(at, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const bool shaped = (text.size() == 4 || text.size() == 7 || text.size() == 10) &&
                      (text.size() < 7 || text[4] == '-') && (text.size() < 10 || text[7] == '-');
  if (!shaped) return fail("a date is YYYY, YYYY-MM or YYYY-MM-DD");

  const auto year = number(0, 4);
  const auto month = text.size() >= 7 ? number(5, 2) : std::nullopt;
  const auto day = text.size() >= 10 ? number(8, 2) : std::nullopt;
  const bool all_read = year && (text.size() < 7 || month) && (text.size() < 10 || day);
  const auto date = all_read ? PartialDate::make(*year, month, day) : std::nullopt;
  if (!date) return fail("no such date: '" + std::string{text} + "'");
  return *date;
}

}  // namespace stakeout
