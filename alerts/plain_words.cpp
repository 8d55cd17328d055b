#include "alerts/plain_words.h"

namespace stakeout {
namespace {

// U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069 (Unicode's direction controls), and the
// line and paragraph separators between them: three bytes each.
bool is_direction_control(std::string_view three) {
  if (three.size() != 3 || three[0] != '\xE2') return false;
  const auto third = static_cast<unsigned char>(three[2]);
  if (three[1] == '\x80') return third == 0x8E || third == 0x8F || (third >= 0xA8 && third <= 0xAE);
  return three[1] == '\x81' && third >= 0xA6 && third <= 0xA9;
}

// How many bytes at `at` are to be read as a blank; 0: none.
std::size_t blank_at(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte <= 0x20 || byte == 0x7F) return 1;
  // C1 control characters, U+0080 to U+009F.
  if (byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) <= 0x9F)
    return 2;
  return is_direction_control(text.substr(at, 3)) ? 3 : 0;
}

}  // namespace

std::string plain_words(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t blank = blank_at(text, at); blank > 0) {
      gap = true;
      at += blank;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += text[at++];
  }
  return out;
}

std::string html_words(std::string_view text) {
  std::string out;
  for (const char c : plain_words(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace stakeout
