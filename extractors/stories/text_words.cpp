#include "extractors/stories/text_words.h"

#include <xxhash.h>

#include "extractors/text/ascii.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// What a reader sees of a code point that is written so: a plain form of it, a blank for white
// space, nothing for what cannot be seen.
std::string_view seen_as(char32_t c, std::string_view written) {
  switch (c) {
    case U'‘':
    case U'’':
    case U'‚':
    case U'‛':
    case U'′':
    case U'`':
    case U'´':
      return "'";
    case U'“':
    case U'”':
    case U'„':
    case U'‟':
    case U'″':
    case U'«':
    case U'»':
      return "\"";
    case U'‐':
    case U'‑':
    case U'‒':
    case U'–':
    case U'—':
    case U'―':
    case U'−':
      return "-";
    case U'…':
      return "...";
    case 0x00AD:  // soft hyphen
    case 0x200B:  // zero-width space, joiners, direction marks
    case 0x200C:
    case 0x200D:
    case 0x200E:
    case 0x200F:
    case 0x2060:  // word joiner
    case 0xFEFF:  // byte order mark
      return "";
    default:
      return (c < 0x80 ? is_ascii_space(static_cast<char>(c)) : is_white_space(c)) ? " " : written;
  }
}

bool is_mark(char c) {
  return std::string_view{".,;:!?\"'()[]{}*|-"}.find(c) != std::string_view::npos;
}

std::string without_marks_around(const std::string& word) {
  std::size_t begin = 0;
  std::size_t end = word.size();
  while (begin < end && is_mark(word[begin])) ++begin;
  while (end > begin && is_mark(word[end - 1])) --end;
  return begin == end ? word : word.substr(begin, end - begin);
}

}  // namespace

std::vector<TextWord> cut_words(std::string_view text) {
  std::vector<TextWord> words;
  TextWord word;
  const auto finish = [&](std::size_t end) {
    if (word.marked.empty()) return;
    word.end = end;
    word.bare = without_marks_around(word.marked);
    words.push_back(std::move(word));
    word = TextWord{};
  };
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    const std::string_view seen = seen_as(point.value, text.substr(at, point.next - at));
    if (seen == " ") {
      finish(at);
    } else if (!seen.empty()) {
      if (word.marked.empty()) word.begin = at;
      word.marked += seen;
    }
    at = point.next;
  }
  finish(text.size());
  return words;
}

std::vector<std::uint64_t> hashes_of(const std::vector<TextWord>& words) {
  std::vector<std::uint64_t> hashes;
  hashes.reserve(words.size());
  for (const TextWord& word : words) {
    hashes.push_back(XXH3_64bits(word.bare.data(), word.bare.size()));
  }
  return hashes;
}

bool has_digit(std::string_view words) {
  return words.find_first_of("0123456789") != std::string_view::npos;
}

bool is_sign(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint point = code_point_at(word, at);
    if (is_letter(point.value) || is_digit(point.value)) return false;
    at = point.next;
  }
  return true;
}

}  // namespace stakeout
