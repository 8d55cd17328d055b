#pragma once

#include <string>
#include <string_view>
#include <vector>

// What formats and protocols need of text and define over ASCII alone: names, keywords, separators.
// Bytes above 0x7F are never changed. Text for people goes through extractors/text/unicode.h.

namespace stakeout {

// Space, tab, line feed, form feed or carriage return.
[[nodiscard]] constexpr bool is_ascii_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}
[[nodiscard]] constexpr bool is_ascii_digit(char c) {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr bool is_ascii_alphanumeric(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c);
}
[[nodiscard]] constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// No byte above 0x7F.
[[nodiscard]] bool is_ascii(std::string_view text);

[[nodiscard]] std::string ascii_lower(std::string_view text);

// Without white space at both ends.
[[nodiscard]] std::string_view ascii_trimmed(std::string_view text);

// Runs of white space become one blank; none is left at the ends.
[[nodiscard]] std::string ascii_collapsed(std::string_view text);

// The runs of text between white space.
[[nodiscard]] std::vector<std::string_view> ascii_words(std::string_view text);

// Equal but for the case of A to Z.
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);
[[nodiscard]] bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);

// The first place at or after `from` where `needle` stands in any case; npos when there is none.
[[nodiscard]] std::size_t find_ignoring_case(std::string_view text, std::string_view needle,
                                             std::size_t from = 0);

}  // namespace stakeout
