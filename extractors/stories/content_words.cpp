#include "extractors/stories/content_words.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "extractors/text/table.h"

namespace stakeout {

namespace stories_data {
std::string_view function_words();
std::string_view word_frequency();
}  // namespace stories_data

namespace {

constexpr std::size_t shortest_stem = 3;

WordMap<bool> read_function_words() {
  WordMap<bool> words;
  for (const auto& row : read_table(stories_data::function_words())) {
    for (const std::string_view word : row) words[word] = true;
  }
  return words;
}

// The rarity of each stem: that of the commonest word with it.
WordMap<std::uint8_t> read_rarities() {
  WordMap<std::uint8_t> rarities;
  for (const auto& row : read_table(stories_data::word_frequency())) {
    if (row.size() != 2) continue;
    int tenths = 0;
    std::from_chars(row[0].data(), row[0].data() + row[0].size(), tenths);
    const auto rarity = static_cast<std::uint8_t>(std::max(16, tenths * 16 / 10));
    for (std::string_view words = row[1]; !words.empty();) {
      const std::size_t end = std::min(words.find(' '), words.size());
      std::uint8_t& known = rarities[stem_of(words.substr(0, end))];
      known = known == 0 ? rarity : std::min(known, rarity);
      words.remove_prefix(std::min(end + 1, words.size()));
    }
  }
  return rarities;
}

bool cut_ending(std::string_view& word, std::string_view ending) {
  if (!word.ends_with(ending) || word.size() < ending.size() + shortest_stem) return false;
  word.remove_suffix(ending.size());
  return true;
}

}  // namespace

bool is_function_word(std::string_view word, WordHash hash) {
  static const auto words = read_function_words();
  return words.find(word, hash) != nullptr;
}

bool is_function_word(std::string_view word) {
  return is_function_word(word, hash_of_word(word));
}

bool is_common_word(std::string_view word) {
  const std::string_view stem = stem_of(word);
  return is_function_word(word) || rarity_of_stem(stem, hash_of_word(stem)) < max_rarity;
}

bool is_month(std::string_view word) {
  constexpr std::array<std::string_view, 24> names = {
      "january", "february", "march", "april",    "may", "june", "july", "august",
      "jan",     "feb",      "mar",   "apr",      "jun", "jul",  "aug",  "september",
      "october", "november", "sept",  "december", "sep", "oct",  "nov",  "dec"};
  return std::find(names.begin(), names.end(), word) != names.end();
}

std::string_view stem_of(std::string_view word) {
  if (word.size() > shortest_stem && !word.ends_with("ss") && !word.ends_with("us")) {
    cut_ending(word, "s");
  }
  cut_ending(word, "ly");
  if (cut_ending(word, "ing") || cut_ending(word, "ed")) {
    const std::size_t size = word.size();
    const bool is_doubled = size > shortest_stem && word[size - 1] == word[size - 2];
    if (is_doubled && word.back() != 'l' && word.back() != 's') word.remove_suffix(1);
  }
  if (!cut_ending(word, "ie") && !cut_ending(word, "y")) cut_ending(word, "e");
  return word;
}

std::uint8_t rarity_of_stem(std::string_view stem, WordHash hash) {
  static const auto rarities = read_rarities();
  const std::uint8_t* rarity = rarities.find(stem, hash);
  return rarity == nullptr ? max_rarity : *rarity;
}

std::uint8_t rarity_of_number(std::string_view digits) {
  constexpr std::array<std::uint8_t, 6> by_length = {16, 24, 40, 64, 72, 88};
  const bool is_year = digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
  if (is_year) return 48;
  return digits.size() < by_length.size() ? by_length[digits.size()] : max_rarity;
}

}  // namespace stakeout
