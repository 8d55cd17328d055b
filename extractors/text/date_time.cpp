#include "extractors/text/date_time.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "extractors/text/ascii.h"
#include "extractors/text/date_words.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

using std::optional;
using std::string_view;

constexpr std::size_t longest_date = 200;
constexpr int largest_zone = 16 * 3'600;

struct Number {
  std::int64_t value = 0;
  std::size_t digits = 0;
  char before = '\0';  // the last mark or blank before it
};

struct TimeOfDay {
  int hour = 0;
  int minute = 0;
  int second = 0;
};

// What was found so far while reading from left to right.
struct Parts {
  std::vector<Number> numbers;  // that are no time: day, year, perhaps month
  int month = 0;                // by name
  int weak_month = 0;           // by a name that is a weekday, too
  bool is_week = false;         // "2024-W39-5"
  optional<TimeOfDay> time;
  bool before_noon = false;
  bool after_noon = false;
  optional<int> offset;   // seconds east of UTC
  std::string zone_name;  // or the name of a zone
};

// The text without remarks in brackets, folded, white space as single blanks.
std::string prepared(string_view text) {
  std::string plain;
  std::size_t depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0) plain += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  std::string folded = fold_accents(collapse_white_space(plain));
  // The minus sign and the dashes that typographers put for a hyphen.
  for (const string_view dash : {"\xE2\x88\x92", "\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x93"}) {
    for (std::size_t at = 0; (at = folded.find(dash, at)) != std::string::npos;) {
      folded.replace(at, dash.size(), "-");
    }
  }
  return folded;
}

class DateReader {
 public:
  explicit DateReader(string_view text) : text_{text} {}

  // False when something stands in the text that belongs to no date.
  bool read() {
    if (next_is('-')) return false;  // a year before Christ: "-0001-11-30"
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (is_ascii_digit(c)) {
        if (!read_number()) return false;
      } else if (is_letter(code_point_at(text_, at_).value)) {
        if (!read_word()) return false;
      } else if (string_view{" ,./-:;'|"}.find(c) != string_view::npos) {
        before_ = c;
        ++at_;
      } else {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] const Parts& parts() const { return parts_; }

 private:
  bool next_is(char c) const { return at_ < text_.size() && text_[at_] == c; }
  bool next_is_digit() const { return at_ < text_.size() && is_ascii_digit(text_[at_]); }
  void skip_blanks() {
    while (next_is(' ')) ++at_;
  }

  // Reads the digits at the cursor; more than 18 are no number that a date has.
  optional<Number> digits() {
    const std::size_t begin = at_;
    while (next_is_digit()) ++at_;
    Number number{0, at_ - begin, before_};
    if (number.digits == 0 || number.digits > 18) return std::nullopt;
    std::from_chars(text_.data() + begin, text_.data() + at_, number.value);
    return number;
  }

  // The letters at the cursor; a mark such as 年 is a word by itself.
  string_view word() {
    const std::size_t begin = at_;
    while (at_ < text_.size()) {
      const CodePoint point = code_point_at(text_, at_);
      if (!is_letter(point.value)) break;
      const auto meaning = find_date_word(text_.substr(at_, point.next - at_));
      const bool is_mark = meaning && meaning->is_mark;
      if (is_mark && at_ > begin) break;
      at_ = point.next;
      if (is_mark && begin > 0 && is_ascii_digit(text_[begin - 1])) break;
    }
    return text_.substr(begin, at_ - begin);
  }

  bool read_number() {
    const auto number = digits();
    if (!number) return false;
    before_ = '\0';
    const bool is_hour = number->digits <= 2 && !parts_.time;
    if (is_hour && next_is(':')) return read_time(*number, ':');
    const bool has_more_digits = at_ + 1 < text_.size() && is_ascii_digit(text_[at_ + 1]);
    if (is_hour && next_is('h') && has_more_digits) return read_time(*number, 'h');
    if (is_hour && skip_mark('h')) return read_marked_time(*number);
    if (is_hour && has_date()) {
      if (next_is('.') && has_more_digits) return read_time(*number, '.');
      if (skip_blanks_before_half_of_day()) return read_bare_hour(*number);
    }
    parts_.numbers.push_back(*number);
    return parts_.numbers.size() <= 3;
  }

  // Whether day, month and year were there already.
  bool has_date() const {
    const bool has_month = parts_.month != 0 || parts_.weak_month != 0;
    return parts_.numbers.size() + (has_month ? 1 : 0) == 3;
  }

  // Steps over the mark behind an hour, a minute or a second in Chinese, Japanese or Korean, if it
  // is the one of `unit` ("h", "m", "s").
  bool skip_mark(char unit) {
    const std::size_t begin = at_;
    const auto meaning = find_date_word(word());
    if (meaning && meaning->clock_mark == unit) return true;
    at_ = begin;
    return false;
  }

  // "30分05秒" after "14時"; the rest may be missing.
  bool read_marked_time(const Number& hour) {
    TimeOfDay time{static_cast<int>(hour.value), 0, 0};
    for (const char unit : {'m', 's'}) {
      const std::size_t begin = at_;
      skip_blanks();
      const auto number = digits();
      if (number && number->digits <= 2 && skip_mark(unit)) {
        (unit == 'm' ? time.minute : time.second) = static_cast<int>(number->value);
      } else {
        at_ = begin;
      }
    }
    parts_.time = time;
    return read_zone();
  }

  // Whether "am" or "pm" follows an hour without minutes.
  bool skip_blanks_before_half_of_day() {
    const std::size_t begin = at_;
    skip_blanks();
    const string_view rest = text_.substr(at_);
    for (const string_view half : {"am", "pm", "a.m", "p.m"}) {
      const bool ends = rest.size() <= half.size() || !is_ascii_letter(rest[half.size()]);
      if (rest.starts_with(half) && ends) return true;
    }
    at_ = begin;
    return false;
  }

  bool read_bare_hour(const Number& hour) {
    parts_.time = TimeOfDay{static_cast<int>(hour.value), 0, 0};
    return read_zone();
  }

  // Minutes, seconds, fraction and zone after the hour; the cursor stands on `separator`.
  bool read_time(const Number& hour, char separator) {
    TimeOfDay time;
    time.hour = static_cast<int>(hour.value);
    ++at_;
    const auto minute = digits();
    if (!minute || minute->digits > 2) return false;
    time.minute = static_cast<int>(minute->value);
    const bool has_more_digits = at_ + 1 < text_.size() && is_ascii_digit(text_[at_ + 1]);
    if (next_is(':') || (next_is(separator) && has_more_digits)) {
      ++at_;
      const auto second = digits();
      if (!second || second->digits > 2) return false;
      time.second = static_cast<int>(second->value);
    }
    if (next_is(':')) return false;
    parts_.time = time;
    skip_fraction();
    return read_zone();
  }

  // "1430", "143000" after the "t" of a compact time.
  bool read_compact_time() {
    const auto number = digits();
    if (!number || (number->digits != 2 && number->digits != 4 && number->digits != 6))
      return false;
    auto value = static_cast<int>(number->value);
    if (number->digits == 2) value *= 10'000;
    if (number->digits == 4) value *= 100;
    parts_.time = TimeOfDay{value / 10'000, value / 100 % 100, value % 100};
    skip_fraction();
    return read_zone();
  }

  // A fraction of a second; a lone comma before it is forgiven ("14:30:00,5").
  void skip_fraction() {
    if (!next_is('.') && !next_is(',')) return;
    if (at_ + 1 >= text_.size() || !is_ascii_digit(text_[at_ + 1])) return;
    ++at_;
    while (next_is_digit()) ++at_;
  }

  // A zone right behind the time, if there is one; what is no zone is left for read().
  bool read_zone() {
    skip_blanks();
    read_half_of_day();
    if (at_ >= text_.size()) return true;
    const char c = text_[at_];
    if (c == '+' || c == '-') return read_offset();
    if (!is_ascii_letter(c)) return true;
    const std::size_t begin = at_;
    while (
        at_ < text_.size() &&
        (is_ascii_alphanumeric(text_[at_]) || text_[at_] == '_' || text_[at_] == '/' ||
         (text_[at_] == '-' && text_.substr(begin, at_ - begin).find('/') != string_view::npos))) {
      ++at_;
    }
    const string_view name = text_.substr(begin, at_ - begin);
    if (find_zone_offset(name, 0)) {
      parts_.zone_name = name;
      if (next_is('+') || next_is('-')) return read_offset();  // "GMT+0200"
      return true;
    }
    at_ = begin;
    return true;
  }

  void read_half_of_day() {
    const std::size_t begin = at_;
    std::string letters;
    while (at_ < text_.size() && (is_ascii_letter(text_[at_]) || text_[at_] == '.')) {
      if (text_[at_] != '.') letters += text_[at_];
      ++at_;
    }
    parts_.before_noon |= letters == "am";
    parts_.after_noon |= letters == "pm";
    if (letters != "am" && letters != "pm") at_ = begin;
    skip_blanks();
  }

  // "+0200", "-05:00", "+2". A sign before a blank is a dash between time and date.
  bool read_offset() {
    const bool is_west = text_[at_] == '-';
    ++at_;
    if (next_is(' ') || at_ == text_.size()) return true;
    const auto number = digits();
    if (!number || number->digits > 4) return false;
    int hours = static_cast<int>(number->value);
    int minutes = 0;
    if (number->digits > 2) {
      minutes = hours % 100;
      hours /= 100;
    } else if (next_is(':')) {
      ++at_;
      const auto rest = digits();
      if (!rest || rest->digits > 2) return false;
      minutes = static_cast<int>(rest->value);
    }
    const int seconds = hours * 3'600 + minutes * 60;
    if (minutes > 59 || seconds > largest_zone) return false;
    parts_.offset = is_west ? -seconds : seconds;
    parts_.zone_name.clear();
    return true;
  }

  bool read_word() {
    const bool touches_number = at_ > 0 && is_ascii_digit(text_[at_ - 1]);
    const string_view found = word();
    const auto meaning = find_date_word(found);
    if (found == "t" && !parts_.numbers.empty() && !parts_.time) {
      skip_blanks();
      return next_is_digit() && read_time_after_t();
    }
    if (found == "w" && next_is_digit() && parts_.numbers.size() == 1) {
      parts_.is_week = true;
      return true;
    }
    if (touches_number && found == "z") return true;
    if (!meaning) return parts_.time && is_unknown_zone(found);
    if (meaning->month != 0) {
      (meaning->is_weekday ? parts_.weak_month : parts_.month) = meaning->month;
    }
    parts_.before_noon |= meaning->is_before_noon;
    parts_.after_noon |= meaning->is_after_noon;
    return true;
  }

  bool read_time_after_t() {
    const std::size_t begin = at_;
    const auto hour = digits();
    if (hour && hour->digits <= 2 && next_is(':')) return read_time(*hour, ':');
    at_ = begin;
    return read_compact_time();
  }

  // Letters behind a time that could be the abbreviation of a zone: RFC 2822 (4.3) takes unknown
  // ones as UTC.
  static bool is_unknown_zone(string_view found) {
    return found.size() <= 5 && std::ranges::all_of(found, is_ascii_letter);
  }

  string_view text_;
  std::size_t at_ = 0;
  char before_ = '\0';
  Parts parts_;
};

int full_year(const Number& number) {
  const auto year = static_cast<int>(std::min<std::int64_t>(number.value, 100'000));
  if (number.digits > 3) return year;
  if (number.digits == 3) return year + 1'900;  // RFC 2822, 4.3
  return year < 50 ? year + 2'000 : year + 1'900;
}

optional<PartialDate> make_date(const Number& year, std::int64_t month, std::int64_t day) {
  if (month > 12 || day > 31) return std::nullopt;
  return PartialDate::make(full_year(year), static_cast<int>(month), static_cast<int>(day));
}

optional<PartialDate> day_of_year(int year, std::int64_t day) {
  const auto january = PartialDate::make(year, 1, 1);
  if (!january || day < 1 || day > 366) return std::nullopt;
  const PartialDate date =
      PartialDate::from_days(january->first_day() + std::chrono::days{day - 1});
  return date.year() == year ? optional{date} : std::nullopt;
}

// ISO 8601 weeks: the first one has the year's first Thursday.
optional<PartialDate> day_of_week(int year, std::int64_t week, std::int64_t weekday) {
  const auto fourth = PartialDate::make(year, 1, 4);
  if (!fourth || week < 1 || week > 53 || weekday < 1 || weekday > 7) return std::nullopt;
  const auto day = fourth->first_day();
  const auto monday = day - (std::chrono::weekday{day} - std::chrono::Monday);
  return PartialDate::from_days(monday + std::chrono::days{(week - 1) * 7 + weekday - 1});
}

optional<PartialDate> date_with_month_name(const std::vector<Number>& numbers, int month) {
  if (numbers.size() == 1 && numbers[0].digits == 4) {
    return PartialDate::make(full_year(numbers[0]), month);
  }
  if (numbers.size() != 2) return std::nullopt;
  const bool year_first = numbers[0].digits > 2 || (numbers[1].digits < 3 && numbers[0].value > 31);
  const Number& year = numbers[year_first ? 0 : 1];
  const Number& day = numbers[year_first ? 1 : 0];
  if (day.digits > 2) return std::nullopt;
  return make_date(year, month, day.value);
}

// "20240927", "2024271", "2024".
optional<PartialDate> date_of_one_number(const Number& number) {
  const std::int64_t value = number.value;
  if (number.digits == 4) return PartialDate::make(static_cast<int>(value));
  if (number.digits == 7) return day_of_year(static_cast<int>(value / 1'000), value % 1'000);
  if (number.digits != 8) return std::nullopt;
  return make_date({value / 10'000, 4}, value / 100 % 100, value % 100);
}

optional<PartialDate> date_of_numbers(const std::vector<Number>& numbers, bool is_week) {
  if (numbers.size() == 1) return date_of_one_number(numbers[0]);
  const Number& first = numbers[0];
  const Number& second = numbers[1];
  if (numbers.size() == 2) {
    if (first.digits == 4 && is_week) {
      if (second.digits != 3) return day_of_week(full_year(first), second.value, 1);
      return day_of_week(full_year(first), second.value / 10, second.value % 10);
    }
    if (first.digits == 4 && second.digits == 3) return day_of_year(full_year(first), second.value);
    const bool year_first = first.digits == 4;
    const Number& month = year_first ? second : first;
    const Number& year = year_first ? first : second;
    if (year.digits != 4 || month.digits > 2) return std::nullopt;
    return PartialDate::make(full_year(year), static_cast<int>(month.value));
  }
  const Number& third = numbers[2];
  if (is_week) return day_of_week(full_year(first), second.value, third.value);
  if (first.digits > 2) return make_date(first, second.value, third.value);
  if (third.digits < 3 && first.value > 31) return make_date(first, second.value, third.value);
  const bool month_first = second.before == '/' ? first.value <= 12 : second.value > 12;
  return month_first ? make_date(third, first.value, second.value)
                     : make_date(third, second.value, first.value);
}

// Seconds, or milliseconds, since 1970; or "20240927143000" and "202409271430".
optional<Timestamp> instant_of_number(const Number& number) {
  constexpr std::int64_t first_plausible = 100'000'000;  // 1973
  const std::int64_t value = number.value;
  if (number.digits == 9 || number.digits == 10) {
    return value >= first_plausible ? optional{Timestamp{value}} : std::nullopt;
  }
  if (number.digits == 13) return Timestamp{value / 1'000};
  if (number.digits != 12 && number.digits != 14) return std::nullopt;
  const std::int64_t full = number.digits == 12 ? value * 100 : value;
  const auto date = date_of_one_number({full / 1'000'000, 8});
  const auto clock = static_cast<int>(full % 1'000'000);
  if (!date || clock / 10'000 > 23 || clock / 100 % 100 > 59 || clock % 100 > 59)
    return std::nullopt;
  return make_timestamp(date->year(), *date->month(), *date->day(), clock / 10'000,
                        clock / 100 % 100, clock % 100);
}

// The hour of 0 to 24, or nullopt when the time of day does not exist.
optional<int> hour_of_day(const Parts& parts) {
  const TimeOfDay& time = *parts.time;
  int hour = time.hour;
  const bool has_half = parts.before_noon || parts.after_noon;
  if (has_half && hour <= 12) hour = hour % 12 + (parts.after_noon ? 12 : 0);
  const bool is_midnight = hour == 24 && time.minute == 0 && time.second == 0;
  if ((hour > 23 && !is_midnight) || time.minute > 59 || time.second > 60) return std::nullopt;
  return hour;
}

optional<Timestamp> instant_of(const Parts& parts, const PartialDate& date) {
  const auto hour = hour_of_day(parts);
  if (!hour || !date.is_full()) return std::nullopt;
  // A leap second is read as the last second before it.
  const Timestamp local = make_timestamp(date.year(), *date.month(), *date.day(), *hour,
                                         parts.time->minute, std::min(parts.time->second, 59));
  if (parts.offset) return local - *parts.offset;
  if (parts.zone_name.empty()) return local;
  return local - find_zone_offset(parts.zone_name, local.seconds).value_or(0);
}

}  // namespace

Result<DateTime> parse_date_time(string_view text) {
  if (text.size() > longest_date) return fail("too long for a date");
  const std::string plain = prepared(text);
  DateReader reader{plain};
  if (!reader.read()) return fail("not a date: '" + std::string{text} + "'");
  const Parts& parts = reader.parts();
  if (parts.numbers.empty()) return fail("a date without a year: '" + std::string{text} + "'");

  const int month = parts.month != 0 ? parts.month : parts.weak_month;
  const bool has_fraction = parts.numbers.size() == 2 && parts.numbers[1].before == '.';
  if (month == 0 && (parts.numbers.size() == 1 || has_fraction) && !parts.time) {
    if (const auto instant = instant_of_number(parts.numbers[0])) return DateTime{*instant};
  }
  const auto date = month != 0 ? date_with_month_name(parts.numbers, month)
                               : date_of_numbers(parts.numbers, parts.is_week);
  // January 1 of the year 1 is what programs write that have no date.
  if (!date || (date->year() == 1 && date->month() == 1)) {
    return fail("no such day: '" + std::string{text} + "'");
  }
  if (!parts.time) return DateTime{*date};
  const auto instant = instant_of(parts, *date);
  if (!instant) return fail("no such time: '" + std::string{text} + "'");
  return DateTime{*instant};
}

Timestamp instant_of(const DateTime& date) {
  if (const auto* instant = std::get_if<Timestamp>(&date)) return *instant;
  const auto& day = std::get<PartialDate>(date);
  return make_timestamp(day.year(), day.month().value_or(1), day.day().value_or(1));
}

}  // namespace stakeout
