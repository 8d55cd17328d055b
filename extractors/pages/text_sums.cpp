#include "extractors/pages/text_sums.h"

#include <algorithm>

#include "extractors/text/ascii.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

bool is_wide_script(char32_t c) {  // scripts that are written without gaps between words
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
         (c >= 0x0E00 && c <= 0x0E7F) || (c >= 0xF900 && c <= 0xFAFF);
}

bool is_sentence_mark(char32_t c) {
  switch (c) {
    case '.':
    case '!':
    case '?':
    case ',':
    case 0x2026:
    case 0x3002:
    case 0x3001:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF0C:
    case 0x0964:
    case 0x061F:
    case 0x060C:
    case 0x06D4:
      return true;
    default:
      return false;
  }
}

TextMeasure measured(std::string_view text) {
  TextMeasure result;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    if (c.value < 0x80 && is_ascii_alphanumeric(static_cast<char>(c.value))) {  // nearly always
      ++result.chars;
    } else if (is_wide_script(c.value)) {
      result.chars += 2;
    } else if (is_letter(c.value) || is_digit(c.value)) {
      ++result.chars;
    } else if (is_sentence_mark(c.value)) {
      result.has_sentence = true;
    }
    at = c.next;
  }
  return result;
}

}  // namespace

TextSums::TextSums(const PageTree& tree)
    : tree_{tree},
      measures_(tree.size()),
      chars_before_(tree.size() + std::size_t{1}),
      link_chars_before_(chars_before_),
      prose_before_(chars_before_) {
  constexpr std::uint32_t long_text = 40;
  std::uint32_t link_end = 0;
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    if (tree[i].tag == Tag::a) link_end = std::max(link_end, tree[i].end);
    if (tree[i].tag == Tag::text) measures_[i] = measured(tree.text(i));
    const std::uint32_t chars = measures_[i].chars;
    const bool is_link = i < link_end;
    chars_before_[i + 1] = chars_before_[i] + chars;
    link_chars_before_[i + 1] = link_chars_before_[i] + (is_link ? chars : 0);
    prose_before_[i + 1] = prose_before_[i] + (!is_link && chars >= long_text ? chars : 0);
  }
}

}  // namespace stakeout
