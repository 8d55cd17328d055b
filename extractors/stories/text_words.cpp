#include "extractors/stories/text_words.h"

#include <xxhash.h>

#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// What a code point is evened out to; nullptr when it stays as it is, "" when it cannot be seen.
const char* plain_form(char32_t c) {
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
    case 0x00AD:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x200E:
    case 0x200F:
    case 0x2060:
    case 0xFEFF:
      return "";
    default:
      return nullptr;
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
    if (!word.marked.empty()) {
      word.end = end;
      word.bare = without_marks_around(word.marked);
      words.push_back(std::move(word));
    }
    word = TextWord{};
  };
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    const char* plain = plain_form(point.value);
    const bool is_invisible = plain != nullptr && *plain == '\0';
    if (!is_invisible && is_white_space(point.value)) {
      finish(at);
    } else if (!is_invisible) {
      if (word.marked.empty()) word.begin = at;
      if (plain != nullptr)
        word.marked += plain;
      else
        word.marked.append(text.substr(at, point.next - at));
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

}  // namespace stakeout
