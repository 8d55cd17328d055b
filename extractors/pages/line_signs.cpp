#include "extractors/pages/line_signs.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "extractors/pages/signals.h"
#include "extractors/text/ascii.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::string_view currency_signs[] = {"$", "€", "£", "¥", "₹", "₩", "₽", "₺", "₴", "₪"};

// The end of the number that begins at `begin`: digits, and marks between two digits.
std::size_t end_of_number(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() &&
         (is_ascii_digit(text[end]) || ((text[end] == '.' || text[end] == ',') &&
                                        end + 1 < text.size() && is_ascii_digit(text[end + 1])))) {
    ++end;
  }
  return end;
}

// Whether a number has four digits in front of its decimals, which are one or two.
bool is_thousands(std::string_view number) {
  const std::size_t mark = number.find_last_of(".,");
  if (mark != std::string_view::npos && number.size() - mark <= 3) number = number.substr(0, mark);
  return std::count_if(number.begin(), number.end(), is_ascii_digit) >= 4;
}

std::string_view without_gap(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('-')) text.remove_prefix(1);
  return text;
}

bool begins_with_currency(std::string_view text) {
  return phrase_at_start(text, Phrase::currency) > 0 ||
         std::any_of(std::begin(currency_signs), std::end(currency_signs),
                     [&](std::string_view sign) { return text.starts_with(sign); });
}

bool ends_with_currency(std::string_view text) {
  if (text.ends_with(' ')) text.remove_suffix(1);
  return phrase_at_end(text, Phrase::currency) > 0 ||
         std::any_of(std::begin(currency_signs), std::end(currency_signs),
                     [&](std::string_view sign) { return text.ends_with(sign); });
}

// A word without the marks around it.
std::string_view without_marks(std::string_view word) {
  constexpr std::string_view marks = ".,;:!?()[]'\"";
  const std::size_t begin = word.find_first_not_of(marks);
  if (begin == std::string_view::npos) return {};
  return word.substr(begin, word.find_last_not_of(marks) + 1 - begin);
}

bool speaks_to_readers(std::string_view folded) {
  if (has_phrase(folded, Phrase::reader)) return true;
  const auto words = ascii_words(folded);
  return std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return is_whole_phrase(without_marks(word), Phrase::reader);
  });
}

// A folded line without what stands between quotation marks.
std::string without_quotations(std::string_view line) {
  static constexpr std::pair<std::string_view, std::string_view> marks[] = {
      {"\"", "\""}, {"“", "”"}, {"„", "“"}, {"«", "»"}, {"»", "«"}};
  std::string out{line};
  for (const auto& [opening, closing] : marks) {
    for (std::size_t begin = out.find(opening); begin != std::string::npos;) {
      const std::size_t end = out.find(closing, begin + opening.size());
      if (end == std::string::npos) break;
      out.erase(begin, end + closing.size() - begin);
      begin = out.find(opening, begin);
    }
  }
  return out;
}

}  // namespace

bool tells_something(std::string_view text, std::string_view folded) {
  constexpr std::ptrdiff_t fewest = 4;
  constexpr std::size_t long_word = 4;  // letters
  if (!ends_sentence(text) || text.ends_with(':')) return false;
  const auto words = ascii_words(text);
  const auto is_told = [](std::string_view word) {
    word = without_marks(word);
    return !word.empty() && is_lower(code_point_at(word, 0).value) &&
           count_code_points(word) >= long_word;
  };
  return std::count_if(words.begin(), words.end(), is_told) >= fewest &&
         !speaks_to_readers(without_quotations(folded));
}

bool has_code(std::string_view text) {
  constexpr std::ptrdiff_t fewest = 4;
  const auto words = ascii_words(text);
  return std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return std::count_if(word.begin(), word.end(), is_ascii_digit) >= fewest &&
           std::any_of(word.begin(), word.end(), is_ascii_letter);
  });
}

bool ends_sentence(std::string_view text) {
  static constexpr std::string_view marks[] = {".",  "!", "?", "…",  "。", "！", "？", "”",
                                               "\"", ":", "।", ".)", "»",  "’",  "؟",  ";"};
  return std::any_of(std::begin(marks), std::end(marks),
                     [&](std::string_view mark) { return text.ends_with(mark); });
}

std::string without_numbers(std::string_view folded) {
  std::string out;
  bool is_number = false;
  for (const char c : folded) {
    const bool is_digit = c >= '0' && c <= '9';
    const bool is_unit = is_number && (c == 'k' || c == 'm' || c == '+' || c == '.' || c == ',');
    const bool is_gap = c == ' ' || c == ':' || c == '|' || c == '(' || c == ')' || c == '-';
    if (!is_digit && !is_unit && !is_gap) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
    is_number = is_digit || is_unit;
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

bool has_year(std::string_view text) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool is_digit = i < text.size() && text[i] >= '0' && text[i] <= '9';
    if (is_digit) {
      ++digits;
      continue;
    }
    if (digits == 4) {
      const std::string_view year = text.substr(i - 4, 4);
      if (year >= "1500" && year <= "2099") return true;
    }
    digits = 0;
  }
  return false;
}

bool is_short_code(std::string_view text) {
  if (text.size() < 4 || text.front() != '[' || text.back() != ']') return false;
  const std::string_view inside = text.substr(1, text.size() - 2);
  const auto is_part = [](char c) { return (c >= 'A' && c <= 'Z') || c == '_' || c == '/'; };
  return inside.find_first_of("[]") == std::string_view::npos &&
         (inside.find("=\"") != std::string_view::npos ||
          (inside.find_first_of("_/") != std::string_view::npos &&
           inside.find(' ') == std::string_view::npos) ||
          std::all_of(inside.begin(), inside.end(), is_part));
}

std::string with_plain_quotes(std::string folded) {
  constexpr std::string_view quote = "’";
  for (std::size_t at = folded.find(quote); at != std::string::npos; at = folded.find(quote, at)) {
    folded.replace(at, quote.size(), "'");
  }
  return folded;
}

std::string_view first_words(std::string_view line) {
  const std::size_t first = line.find(' ');
  if (first == std::string_view::npos) return line;
  return line.substr(0, line.find(' ', first + 1));
}

bool has_large_sum(std::string_view folded) {
  for (std::size_t at = folded.find_first_of("0123456789"); at != std::string_view::npos;) {
    const std::size_t end = end_of_number(folded, at);
    const std::string_view before = folded.substr(0, at);
    std::string_view behind = without_gap(folded.substr(end));
    const std::size_t scale = phrase_at_start(behind, Phrase::scale);
    behind = without_gap(behind.substr(scale));
    const bool is_large = scale > 0 || is_thousands(folded.substr(at, end - at));
    if (is_large && (ends_with_currency(before) || begins_with_currency(behind))) return true;
    at = folded.find_first_of("0123456789", end);
  }
  return false;
}

bool has_mail_address(std::string_view text) {
  constexpr std::string_view gaps = " \t\n()<>,;:|";
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    const std::size_t end = std::min(text.find_first_of(gaps, at), text.size());
    const bool has_name = at > 0 && gaps.find(text[at - 1]) == std::string_view::npos;
    const std::size_t dot = text.find('.', at + 2);
    if (has_name && dot != std::string_view::npos && dot + 2 < end) return true;
  }
  return false;
}

}  // namespace stakeout
