#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace stakeout {

// Most text is ASCII for the most part: what is asked for each character answers for ASCII here and
// now, and asks ICU for the rest.

// One code point and the byte after it. Ill-formed bytes are read as U+FFFD, one at a time.
struct CodePoint {
  char32_t value = 0;
  std::size_t next = 0;
};

// The code point that begins at byte `at`, which is not ASCII.
[[nodiscard]] CodePoint code_point_beyond_ascii(std::string_view text, std::size_t at);

// The code point that begins at byte `at`; `at` must be less than text.size().
[[nodiscard]] inline CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte < 0x80 ? CodePoint{byte, at + 1} : code_point_beyond_ascii(text, at);
}

// The first byte at or after `at` that is not ASCII; text.size() when there is none.
[[nodiscard]] std::size_t skip_ascii(std::string_view text, std::size_t at);

void append_utf8(std::string& out, char32_t code_point);

[[nodiscard]] std::size_t count_code_points(std::string_view text);

// The first `most` bytes at most, without half a character at the end.
[[nodiscard]] std::string_view first_bytes(std::string_view text, std::size_t most);

// The first `most` characters, the last of them "…" where there are more.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most);

[[nodiscard]] bool is_valid_utf8(std::string_view text);

// The text with every ill-formed sequence replaced by U+FFFD.
[[nodiscard]] std::string to_valid_utf8(std::string_view text);

// Without control characters (C0 but for tab and line feed, DEL, C1), non-characters and the byte
// order mark; what is left is as it was.
[[nodiscard]] std::string without_control_characters(std::string_view text);

// Runs of white space (all that Unicode calls White_Space, and zero-width space) become one blank;
// none is left at the ends.
[[nodiscard]] std::string collapse_white_space(std::string_view text);

// Whether there is nothing but such white space in a text.
[[nodiscard]] bool is_blank(std::string_view text);

[[nodiscard]] bool is_letter(char32_t c);
[[nodiscard]] bool is_upper(char32_t c);
[[nodiscard]] bool is_lower(char32_t c);
[[nodiscard]] bool is_digit(char32_t c);  // any decimal digit of Unicode
[[nodiscard]] bool is_white_space(char32_t c);

// Full case folding (ICU), so that equal results mean equal words whatever their case.
[[nodiscard]] std::string fold_case(std::string_view text);

// Case folded, compatibility-normalised, accents taken off: for comparison, never for display.
[[nodiscard]] std::string fold_accents(std::string_view text);

}  // namespace stakeout
