#include "extractors/pages/written_dates.h"

#include <algorithm>
#include <array>
#include <variant>
#include <vector>

#include "extractors/text/ascii.h"
#include "extractors/text/date_time.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr int first_year = 1990;
constexpr int last_year = 2100;
constexpr std::int64_t day = 86'400;

// "2024-09-27T00:00:00+02:00": the day is meant, in the page's own zone.
bool is_midnight(std::string_view written) {
  return written.size() >= 16 && written[4] == '-' && written[7] == '-' &&
         (written.substr(10, 6) == "T00:00" || written.substr(10, 6) == " 00:00") &&
         (written.size() == 16 || written.substr(16, 3) == ":00" || written[16] != ':');
}

// The text with the decimal digits of other scripts as 0 to 9; `kept` holds it where it has any.
std::string_view with_ascii_digits(std::string_view text, std::string& kept) {
  // The zeros of Arabic, Persian, Devanagari, Bengali and the wide digits of East Asia.
  constexpr std::array<char32_t, 5> zeros{0x0660, 0x06F0, 0x0966, 0x09E6, 0xFF10};
  bool has_digits = false;
  for (std::size_t at = skip_ascii(text, 0); at < text.size() && !has_digits;) {
    const CodePoint c = code_point_at(text, at);
    has_digits = c.value >= zeros.front() && is_digit(c.value);
    at = c.next;
  }
  if (!has_digits) return text;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    const auto zero = std::find_if(zeros.begin(), zeros.end(),
                                   [c](char32_t z) { return c.value >= z && c.value < z + 10; });
    append_utf8(kept, zero == zeros.end() ? c.value : U'0' + (c.value - *zero));
    at = c.next;
  }
  return kept;
}

// A date as a line of a page shows it has a year of four digits, or three numbers.
bool may_be_date(std::string_view words) {
  int digits = 0;
  int numbers = 0;
  bool has_year = false;
  for (const char c : words) {
    if (is_ascii_digit(c)) {
      if (digits++ == 0) ++numbers;
      has_year = has_year || digits == 4;
    } else {
      digits = 0;
    }
  }
  return numbers >= 2 && (has_year || numbers >= 3);
}

// Without the marks that stand around a date in a line.
std::string_view bare(std::string_view piece) {
  constexpr std::string_view behind = ",.;:|()[]-/";
  constexpr std::string_view before = "([|,:;";
  while (!piece.empty() && behind.find(piece.back()) != std::string_view::npos) {
    piece.remove_suffix(1);
  }
  while (!piece.empty() && before.find(piece.front()) != std::string_view::npos) {
    piece.remove_prefix(1);
  }
  return piece;
}

std::string_view span_of(const std::vector<std::string_view>& words, std::size_t first,
                         std::size_t end) {
  const char* begin = words[first].data();
  const char* stop = words[end - 1].data() + words[end - 1].size();
  return {begin, static_cast<std::size_t>(stop - begin)};
}

constexpr std::size_t most_words = 9;  // of a date

int number_at(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (!is_ascii_digit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<PartialDate> day_of(int year, int month, int day_of_month) {
  if (year < 0 || month < 1 || day_of_month < 1) return std::nullopt;
  return PartialDate::make(year, month, day_of_month);
}

// The day that numbers parted by one kind of mark give, or eight digits; `piece` has ten bytes, or
// eight.
std::optional<PartialDate> day_of_numbers(std::string_view piece) {
  if (piece.size() == 8) {
    return day_of(number_at(piece.substr(0, 4)), number_at(piece.substr(4, 2)),
                  number_at(piece.substr(6, 2)));
  }
  const auto parts_at = [piece](std::size_t first, std::size_t second) {
    const char mark = piece[first];
    return piece[second] == mark && (mark == '/' || mark == '-' || mark == '_' || mark == '.');
  };
  if (parts_at(4, 7)) {
    return day_of(number_at(piece.substr(0, 4)), number_at(piece.substr(5, 2)),
                  number_at(piece.substr(8, 2)));
  }
  if (parts_at(2, 5)) {
    return day_of(number_at(piece.substr(6, 4)), number_at(piece.substr(3, 2)),
                  number_at(piece.substr(0, 2)));
  }
  return std::nullopt;
}

}  // namespace

WrittenDates::WrittenDates(std::optional<Timestamp> fetched)
    : latest_{make_timestamp(last_year, 1, 1)} {
  if (fetched && *fetched > make_timestamp(2000, 1, 1)) latest_ = *fetched + day;
}

bool WrittenDates::is_plausible(int year, Timestamp begin) const {
  return year >= first_year && begin <= latest_;
}

std::optional<std::string> WrittenDates::whole(std::string_view written) const {
  if (written.size() < 6) return std::nullopt;
  if (is_midnight(written)) written = written.substr(0, 10);
  const auto parsed = parse_date_time(written);
  if (!parsed) return std::nullopt;
  if (const auto* date = std::get_if<PartialDate>(&*parsed)) {
    if (!date->month() || !is_plausible(date->year(), instant_of(*date))) return std::nullopt;
    return to_string(*date);
  }
  const Timestamp time = std::get<Timestamp>(*parsed);
  if (!is_plausible(PartialDate::day_of(time).year(), time)) return std::nullopt;
  return to_rfc3339(time);
}

std::optional<std::string> WrittenDates::within(std::string_view line) const {
  std::string kept;
  line = with_ascii_digits(first_bytes(line, 300), kept);
  if (!may_be_date(line)) return std::nullopt;
  if (auto date = whole(line)) return date;
  const std::vector<std::string_view> words = ascii_words(line);
  for (std::size_t first = 0; first < words.size(); ++first) {
    const std::size_t last = std::min(words.size(), first + most_words);
    for (std::size_t end = last; end > first; --end) {
      const std::string_view piece = bare(span_of(words, first, end));
      if (!may_be_date(piece)) continue;
      if (auto date = whole(piece)) return date;
    }
  }
  return std::nullopt;
}

std::optional<std::string> WrittenDates::at_start(std::string_view text) const {
  std::string kept;
  text = with_ascii_digits(first_bytes(text, 100), kept);
  const std::vector<std::string_view> words = ascii_words(text);
  const bool starts_with_number = !text.empty() && is_ascii_digit(text.front());
  for (std::size_t first = 0; first < std::min<std::size_t>(words.size(), 4); ++first) {
    const bool follows_place = first > 0 && words[first - 1].ends_with(',');
    if (first == 0 ? !starts_with_number : !follows_place) continue;
    // A place's date is parted from the text by a mark; a sentence may begin with both.
    for (std::size_t end = std::min(words.size(), first + most_words); end > first; --end) {
      const std::string_view next = end < words.size() ? words[end] : std::string_view{};
      const std::string_view piece = span_of(words, first, end);
      const bool is_parted = next == "-" || next == "–" || next == "—" || piece.ends_with(':') ||
                             piece.ends_with('.') || piece.ends_with(')');
      if ((first > 0 && !is_parted) || !may_be_date(piece)) continue;
      if (auto date = whole(bare(piece))) return date;
    }
  }
  return std::nullopt;
}

std::optional<std::string> WrittenDates::in_address(std::string_view address) const {
  for (std::size_t at = 0; at < address.size(); ++at) {
    if (!is_ascii_digit(address[at]) || (at > 0 && is_ascii_digit(address[at - 1]))) continue;
    for (const std::size_t length : {std::size_t{10}, std::size_t{8}}) {
      if (at + length > address.size()) continue;
      if (at + length < address.size() && is_ascii_digit(address[at + length])) continue;
      const auto date = day_of_numbers(address.substr(at, length));
      if (date && is_plausible(date->year(), instant_of(*date))) return to_string(*date);
    }
  }
  return std::nullopt;
}

}  // namespace stakeout
