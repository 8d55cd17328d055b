#include "alerts/schedule.h"

#include <algorithm>
#include <charconv>
#include <memory>

#include <unicode/gregocal.h>
#include <unicode/timezone.h>

namespace stakeout {
namespace {

using std::chrono::minutes;

constexpr minutes longest_interval{28 * 24 * 60};
constexpr std::array<std::string_view, 7> day_names = {"sunday",   "monday", "tuesday", "wednesday",
                                                       "thursday", "friday", "saturday"};

std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::vector<std::string> words_of(std::string_view text, std::string_view separators) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

std::optional<minutes> interval_of(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const int unit = text.back() == 'm'   ? 1
                   : text.back() == 'h' ? 60
                   : text.back() == 'd' ? 24 * 60
                                        : 0;
  const auto count = number(text.substr(0, text.size() - 1));
  if (unit == 0 || !count || *count < 1 || *count > longest_interval.count() / unit)
    return std::nullopt;
  return minutes{*count * unit};
}

std::optional<minutes> time_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = number(text.substr(0, 2));
  const auto minute = number(text.substr(3));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return minutes{*hour * 60 + *minute};
}

// Adds the days that a word names; false when it names none.
bool add_days(std::string_view word, std::array<bool, 7>& days) {
  for (std::size_t day = 0; day < day_names.size(); ++day) {
    const std::string_view name = day_names.at(day);
    const bool is_weekend = day == 0 || day == 6;
    const bool is_named =
        word == "daily" || (word == "weekdays" && !is_weekend) ||
        (word == "weekends" && is_weekend) || word == name.substr(0, 3) || word == name ||
        (word.size() == name.size() + 1 && word.starts_with(name) && word.ends_with('s'));
    days.at(day) = days.at(day) || is_named;
    if (is_named && word != "daily" && word != "weekdays" && word != "weekends") return true;
  }
  return word == "daily" || word == "weekdays" || word == "weekends";
}

std::unique_ptr<icu::TimeZone> find_zone(const std::string& name) {
  std::unique_ptr<icu::TimeZone> zone{
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name))};
  if (!zone || *zone == icu::TimeZone::getUnknown()) return nullptr;
  return zone;
}

// A calendar of the zone (UTC where there is no such zone), which takes the first of two equal
// times of day, and the next valid one for a skipped one.
icu::GregorianCalendar calendar_in(const std::string& zone_name) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::TimeZone> zone = find_zone(zone_name);
  if (!zone) zone.reset(icu::TimeZone::getGMT()->clone());
  icu::GregorianCalendar calendar{zone.release(), status};  // it owns the zone
  calendar.setRepeatedWallTimeOption(UCAL_WALLTIME_FIRST);
  calendar.setSkippedWallTimeOption(UCAL_WALLTIME_NEXT_VALID);
  return calendar;
}

Timestamp time_of(icu::GregorianCalendar& calendar) {
  UErrorCode status = U_ZERO_ERROR;
  const double milliseconds = calendar.getTime(status);
  return {static_cast<std::int64_t>(milliseconds / 1000)};
}

tl::unexpected<Error> refuse(std::string_view text) {
  return fail("'" + std::string{text} +
              "' is no schedule; write one such as \"weekdays 07:00 Europe/Berlin\", \"daily "
              "07:00\", \"mon,thu 08:30 UTC\", \"hourly\", \"every 4h\" or \"at once\"");
}

}  // namespace

bool is_time_zone(const std::string& name) {
  return find_zone(name) != nullptr;
}

Timestamp Schedule::next_after(Timestamp t, const std::string& zone) const {
  if (interval_) {
    const std::int64_t step = std::chrono::seconds{*interval_}.count();
    const std::int64_t past = ((t.seconds % step) + step) % step;
    return t + (step - past);
  }
  icu::GregorianCalendar calendar = calendar_in(zone_.empty() ? zone : zone_);
  UErrorCode status = U_ZERO_ERROR;
  calendar.setTime(static_cast<double>(t.seconds) * 1000, status);
  const int year = calendar.get(UCAL_YEAR, status);
  const int month = calendar.get(UCAL_MONTH, status);
  const int today = calendar.get(UCAL_DATE, status);
  std::optional<Timestamp> next;
  // A week on there is each day; one more, since today may be over. The day before comes first
  // where a zone has skipped a whole day.
  for (int ahead = -1; ahead <= 8; ++ahead) {
    calendar.clear();
    calendar.set(year, month, today + ahead, 12, 0);
    const int weekday = calendar.get(UCAL_DAY_OF_WEEK, status);
    if (!days_.at(static_cast<std::size_t>(weekday - UCAL_SUNDAY))) continue;
    for (const minutes time : times_) {
      calendar.clear();
      calendar.set(year, month, today + ahead, static_cast<int>(time.count() / 60),
                   static_cast<int>(time.count() % 60));
      const Timestamp at = time_of(calendar);
      if (at > t && (!next || at < *next)) next = at;
    }
    if (next) break;
  }
  return next.value_or(t + 86'400);
}

Result<Schedule> parse_schedule(std::string_view text) {
  const std::vector<std::string> words = words_of(text, " \t");
  Schedule schedule;
  if (words.empty()) return refuse(text);
  const std::string first = lower(words[0]);
  if (words.size() == 2 && first == "at" && lower(words[1]) == "once") {
    schedule.is_at_once_ = true;
    return schedule;
  }
  if (words.size() == 1 && first == "hourly") {
    schedule.interval_ = minutes{60};
    return schedule;
  }
  if (words.size() == 2 && first == "every") {
    schedule.interval_ = interval_of(lower(words[1]));
    if (!schedule.interval_) return refuse(text);
    return schedule;
  }
  if (words.size() < 2 || words.size() > 3) return refuse(text);
  for (const std::string& day : words_of(first, ",")) {
    if (!add_days(day, schedule.days_)) return refuse(text);
  }
  for (const std::string& word : words_of(words[1], ",")) {
    const auto time = time_of(word);
    if (!time) return refuse(text);
    schedule.times_.push_back(*time);
  }
  std::ranges::sort(schedule.times_);
  const bool has_day = std::ranges::find(schedule.days_, true) != schedule.days_.end();
  if (!has_day || schedule.times_.empty()) return refuse(text);
  if (words.size() == 3) {
    if (!is_time_zone(words[2])) {
      return fail("'" + words[2] +
                  "' is no time zone; write one such as \"Europe/Berlin\", \"America/New_York\" or "
                  "\"UTC\"");
    }
    schedule.zone_ = words[2];
  }
  return schedule;
}

}  // namespace stakeout
