#include "alerts/mail_encoding.h"

#include <algorithm>
#include <vector>

#include "alerts/plain_words.h"

namespace stakeout {
namespace {

constexpr std::size_t line_length = 76;
constexpr std::string_view encoded_begin = "=?UTF-8?Q?";
constexpr std::string_view encoded_end = "?=";

// The length of the well-formed code point at the beginning (Unicode, table 3-7); 0: there is none.
std::size_t code_point_length(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                             : first >= 0xE0 && first <= 0xEF ? 3
                             : first >= 0xF0 && first <= 0xF4 ? 4
                                                              : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xC0U) != 0x80U) return 0;
  }
  const unsigned second = byte(1);
  const bool is_off = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                      (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return is_off ? 0 : length;
}

std::string hex(char c) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {'=', digits[byte >> 4U], digits[byte & 15U]};
}

// What may stand in an encoded word wherever it is (RFC 2047, 5 (3)).
bool is_plain_in_encoded_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '!' || c == '*' || c == '+' || c == '/';
}

// The text as encoded words, each on a line of its own but the first, which begins at `column`.
std::string encoded_words(std::string_view text, std::size_t column) {
  std::string out{encoded_begin};
  std::size_t length = column + out.size();
  while (!text.empty()) {
    const std::size_t size = code_point_length(text);
    std::string sign;
    for (const char c : text.substr(0, size))
      sign += c == ' ' ? "_" : is_plain_in_encoded_word(c) ? std::string{c} : hex(c);
    if (length + sign.size() + encoded_end.size() > line_length) {
      out.append(encoded_end).append("\r\n ").append(encoded_begin);
      length = 1 + encoded_begin.size();
    }
    out += sign;
    length += sign.size();
    text.remove_prefix(size);
  }
  return out.append(encoded_end);
}

std::size_t longest_word(std::string_view text) {
  std::size_t longest = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    longest = std::max(longest, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return longest;
}

// Whether it can stand in a header as it is, and is not taken for encoded words.
bool is_plain_header(std::string_view text, std::size_t longest) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; }) &&
         text.find("=?") == std::string_view::npos && longest_word(text) <= longest;
}

}  // namespace

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = code_point_length(text);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::string text_header(std::string_view name, std::string_view value) {
  const std::string text = plain_words(valid_utf8(value));
  std::string out = std::string{name} + ": ";
  if (!is_plain_header(text, line_length - out.size()))
    return out + encoded_words(text, out.size()) + "\r\n";
  std::size_t length = out.size();
  std::string_view rest = text;
  bool is_first = true;
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    if (!is_first && length + 1 + word.size() > line_length) {
      out += "\r\n";
      length = 0;
    }
    if (!is_first) out += ' ';
    out += word;
    length += word.size() + (is_first ? 0 : 1);
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    is_first = false;
  }
  return out + "\r\n";
}

std::string phrase(std::string_view text, std::size_t column) {
  const std::string words = plain_words(valid_utf8(text));
  if (!is_plain_header(words, line_length) || column + words.size() + 2 > line_length)
    return encoded_words(words, column);
  std::string out = "\"";
  for (const char c : words) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string quoted_printable(std::string_view text) {
  std::string out;
  std::string line;
  const auto add = [&](const std::string& sign) {
    if (line.size() + sign.size() > line_length - 1) {
      out += line + "=\r\n";
      line.clear();
    }
    line += sign;
  };
  const auto end_line = [&] {
    // A blank at the end of a line may be lost on the way.
    if (line.ends_with(' ') || line.ends_with('\t')) {
      const char blank = line.back();
      line.pop_back();
      add(hex(blank));
    }
    out += line + "\r\n";
    line.clear();
  };
  for (const char c : valid_utf8(text)) {
    if (c == '\n') {
      end_line();
    } else if ((c >= ' ' && c <= '~' && c != '=') || c == '\t') {
      // "From " at the beginning of a line is changed by mailboxes that are one file, and a dot
      // alone ends a message on its way.
      const bool is_at_risk = line.empty() && (c == 'F' || c == '.');
      add(is_at_risk ? hex(c) : std::string{c});
    } else {
      add(hex(c));
    }
  }
  if (!line.empty()) end_line();
  return out;
}

}  // namespace stakeout
