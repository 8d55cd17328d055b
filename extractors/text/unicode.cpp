#include "extractors/text/unicode.h"

#include <algorithm>
#include <cstring>

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "extractors/text/ascii.h"

namespace stakeout {
namespace {

constexpr UChar32 replacement = 0xFFFD;
constexpr char32_t zero_width_space = 0x200B;
constexpr char32_t byte_order_mark = 0xFEFF;

bool is_forbidden(char32_t c) {
  if (c < 0x20) return c != '\t' && c != '\n';
  if (c >= 0x7F && c <= 0x9F) return true;
  if (c == byte_order_mark) return true;
  return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

void append_word(std::string& out, std::string_view word) {
  if (word.empty()) return;
  if (!out.empty()) out += ' ';
  out += word;
}

}  // namespace

std::size_t skip_ascii(std::string_view text, std::size_t at) {
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & 0x8080808080808080U) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

CodePoint code_point_beyond_ascii(std::string_view text, std::size_t at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  // ICU counts in int32_t: look only at a window, so that a text may be longer than that.
  const auto length = static_cast<std::int32_t>(std::min<std::size_t>(text.size() - at, 4));
  std::int32_t next = 0;
  UChar32 value = 0;
  U8_NEXT_OR_FFFD(bytes + at, next, length, value);
  return {static_cast<char32_t>(value), at + static_cast<std::size_t>(next)};
}

void append_utf8(std::string& out, char32_t code_point) {
  auto value = static_cast<UChar32>(code_point);
  if (value > 0x10FFFF || U_IS_SURROGATE(value)) value = replacement;
  char bytes[U8_MAX_LENGTH];
  std::int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, value);
  out.append(bytes, static_cast<std::size_t>(size));
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at = code_point_at(text, at).next) ++count;
  return count;
}

std::string_view first_bytes(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  return text.substr(0, most);
}

std::string shortened(std::string_view text, std::size_t most) {
  std::size_t end = 0;  // behind the first most - 1 characters
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < most; ++count) {
    end = at;
    at = code_point_at(text, at).next;
  }
  if (at == text.size()) return std::string{text};
  return std::string{text.substr(0, end)} + "…";
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
    const CodePoint point = code_point_beyond_ascii(text, at);
    const bool written = text.substr(at, 3) == "\xEF\xBF\xBD";
    if (point.value == static_cast<char32_t>(replacement) && !written) return false;
    at = point.next;
  }
  return true;
}

std::string to_valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    append_utf8(out, point.value);
    at = point.next;
  }
  return out;
}

std::string without_control_characters(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t kept_from = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (is_forbidden(point.value)) {
      out += text.substr(kept_from, at - kept_from);
      kept_from = point.next;
    }
    at = point.next;
  }
  out += text.substr(kept_from);
  return out;
}

std::string collapse_white_space(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t word = 0;  // begin of the word around the place
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (is_white_space(point.value)) {
      append_word(out, text.substr(word, at - word));
      word = point.next;
    }
    at = point.next;
  }
  append_word(out, text.substr(word));
  return out;
}

bool is_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (!is_white_space(point.value)) return false;
    at = point.next;
  }
  return true;
}

bool is_letter(char32_t c) {
  if (c < 0x80) return is_ascii_letter(static_cast<char>(c));
  return u_isalpha(static_cast<UChar32>(c)) != 0;
}
bool is_upper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return u_isupper(static_cast<UChar32>(c)) != 0;
}
bool is_lower(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  return u_islower(static_cast<UChar32>(c)) != 0;
}
bool is_digit(char32_t c) {
  if (c < 0x80) return is_ascii_digit(static_cast<char>(c));
  return u_isdigit(static_cast<UChar32>(c)) != 0;
}

bool is_white_space(char32_t c) {
  if (c < 0x80) return is_ascii_space(static_cast<char>(c)) || c == '\v';
  return c == zero_width_space || u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

std::string fold_case(std::string_view text) {
  if (is_ascii(text)) return ascii_lower(text);
  std::string out;
  icu::StringByteSink<std::string> sink{&out, static_cast<std::int32_t>(text.size())};
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8Fold(0, icu::StringPiece{text.data(), static_cast<std::int32_t>(text.size())},
                         sink, nullptr, status);
  return out;
}

std::string fold_accents(std::string_view text) {
  if (is_ascii(text)) return ascii_lower(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status)) return fold_case(text);
  const icu::UnicodeString decomposed =
      normalizer->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece{
                                text.data(), static_cast<std::int32_t>(text.size())}),
                            status);
  icu::UnicodeString bare;
  for (std::int32_t at = 0; at < decomposed.length(); at = decomposed.moveIndex32(at, 1)) {
    const UChar32 c = decomposed.char32At(at);
    if (u_getCombiningClass(c) == 0) bare.append(c);
  }
  std::string out;
  bare.foldCase().toUTF8String(out);
  return out;
}

}  // namespace stakeout
