#include "extractors/facts/name_scripts.h"

#include <algorithm>
#include <array>

#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t shortest_word = 2;  // letters that a fused letter leaves
constexpr std::size_t most_fused = 5;     // such letters

// ו ה ב כ ל מ ש, and و ف ب ك ل; the Arabic article is two letters.
constexpr std::array<std::string_view, 13> fused = {
    "\u05d5", "\u05d4", "\u05d1", "\u05db", "\u05dc", "\u05de",      "\u05e9",
    "\u0648", "\u0641", "\u0628", "\u0643", "\u0644", "\u0627\u0644"};

// Scripts written without white space, or with particles fused to words.
bool is_unspaced(char32_t c) {
  return (c >= 0x0E00 && c <= 0x0E7F) || (c >= 0x3040 && c <= 0x30FF) ||
         (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF);
}

bool is_hebrew_or_arabic(char32_t c) {
  return c >= 0x0590 && c <= 0x06FF;
}

std::vector<std::string_view> parts_without_fused(std::string_view word) {
  std::vector<std::string_view> parts;
  while (parts.size() < most_fused) {
    const auto letter =
        std::find_if(fused.begin(), fused.end(), [&](std::string_view fused_letter) {
          return word.starts_with(fused_letter) &&
                 count_code_points(word.substr(fused_letter.size())) >= shortest_word;
        });
    if (letter == fused.end()) break;
    parts.push_back(word.substr(0, letter->size()));
    word.remove_prefix(letter->size());
  }
  if (!parts.empty()) parts.push_back(word);
  return parts;
}

std::vector<std::string_view> parts_by_character(std::string_view word) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;  // of a run of other letters
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint c = code_point_at(word, at);
    if (is_unspaced(c.value)) {
      if (begin < at) parts.push_back(word.substr(begin, at - begin));
      parts.push_back(word.substr(at, c.next - at));
      begin = c.next;
    }
    at = c.next;
  }
  if (begin < word.size()) parts.push_back(word.substr(begin));
  return parts;
}

}  // namespace

std::vector<std::string_view> name_parts(std::string_view word) {
  constexpr unsigned char first_lead =
      0xD6;  // of Hebrew; no letter of these scripts has a lower one
  const bool is_candidate = std::any_of(
      word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) >= first_lead; });
  if (!is_candidate) return {};
  const auto has = [word](bool (*is_such)(char32_t)) {
    for (std::size_t at = 0; at < word.size();) {
      const CodePoint c = code_point_at(word, at);
      if (is_such(c.value)) return true;
      at = c.next;
    }
    return false;
  };
  if (has(is_unspaced)) return parts_by_character(word);
  return has(is_hebrew_or_arabic) ? parts_without_fused(word) : std::vector<std::string_view>{};
}

}  // namespace stakeout
