#include "extractors/stories/page_furniture.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "extractors/text/table.h"
#include "extractors/text/unicode.h"

namespace stakeout {

namespace stories_data {
std::string_view page_furniture();
}

namespace {

constexpr std::size_t longest_notice = 16;    // words
constexpr std::size_t longest_headline = 20;  // words
constexpr std::size_t longest_list = 12;      // headlines

struct FurnitureWords {
  std::unordered_set<std::string_view> counters, units, headings;
  std::vector<std::string_view> notices;
};

FurnitureWords read_furniture_words() {
  FurnitureWords words;
  for (const auto& row : read_table(stories_data::page_furniture())) {
    if (row.size() != 2) continue;
    if (row[0] == "counter") words.counters.insert(row[1]);
    if (row[0] == "unit") words.units.insert(row[1]);
    if (row[0] == "heading") words.headings.insert(row[1]);
    if (row[0] == "notice") words.notices.push_back(row[1]);
  }
  return words;
}

const FurnitureWords& furniture_words() {
  static const FurnitureWords words = read_furniture_words();
  return words;
}

bool is_figure(std::string_view word) {
  return word.find_first_of("0123456789") != std::string_view::npos &&
         word.find_first_not_of("0123456789.,:+%kKmM") == std::string_view::npos;
}

// "35,561 views · 813 shares", "Updated 5 minutes ago", "4 min read".
bool is_counter(const std::vector<TextWord>& words) {
  if (words.size() > longest_notice) return false;
  bool counts = false;
  bool has_figure = false;
  for (const TextWord& word : words) {
    const std::string folded = fold_case(word.bare);
    const bool is_sign = std::none_of(folded.begin(), folded.end(), [](unsigned char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
    });
    if (furniture_words().counters.contains(folded))
      counts = true;
    else if (is_figure(folded))
      has_figure = true;
    else if (!is_sign && !furniture_words().units.contains(folded))
      return false;
  }
  return counts && has_figure;
}

bool is_notice(std::string_view folded, std::size_t word_count) {
  if (word_count > longest_notice) return false;
  const auto& notices = furniture_words().notices;
  return std::any_of(notices.begin(), notices.end(), [&](std::string_view notice) {
    if (!folded.starts_with(notice)) return false;
    const bool ends_word = folded.size() == notice.size() || notice.back() == '@' ||
                           (folded[notice.size()] < 'a' || folded[notice.size()] > 'z');
    return ends_word;
  });
}

bool is_heading(std::string_view folded) {
  while (!folded.empty() && (folded.back() == ':' || folded.back() == ' ')) folded.remove_suffix(1);
  return furniture_words().headings.contains(folded);
}

// Whether a line may be the headline of another article: short, and either numbered or no sentence.
bool is_headline(std::string_view line, std::size_t word_count) {
  if (word_count > longest_headline) return false;
  const bool is_numbered = line.front() >= '1' && line.front() <= '9';
  return is_numbered || !line.ends_with('.') || line.ends_with("..");
}

// The same text whatever typography: folded, with plain marks, single blanks.
std::string plain_line(const std::vector<TextWord>& words) {
  std::string line;
  for (const TextWord& word : words) {
    if (!line.empty()) line += ' ';
    line += word.marked;
  }
  return fold_case(line);
}

std::vector<PageLine> split_lines(std::string_view text) {
  std::vector<PageLine> lines;
  bool after_empty = true;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::vector<TextWord> words = cut_words(text.substr(begin, end - begin));
    for (TextWord& word : words) {
      word.begin += begin;
      word.end += begin;
    }
    const bool is_empty = words.empty();
    if (!is_empty) lines.push_back({std::move(words), after_empty, false});
    after_empty = is_empty;
    begin = end + 1;
  }
  return lines;
}

}  // namespace

std::vector<PageLine> cut_lines(std::string_view text) {
  std::vector<PageLine> lines = split_lines(text);
  std::size_t list_left = 0;  // headlines that may still follow a heading
  // Whether each headline is a block of its own, or all stand in the block of the heading.
  bool is_list_of_blocks = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    PageLine& line = lines[i];
    const std::string plain = plain_line(line.words);
    if (is_heading(plain)) {
      line.is_furniture = true;
      list_left = longest_list;
      is_list_of_blocks = i + 1 < lines.size() && lines[i + 1].opens_block;
      continue;
    }
    if (!is_list_of_blocks && line.opens_block) list_left = 0;
    if (is_list_of_blocks && !is_headline(plain, line.words.size())) list_left = 0;
    const bool is_listed = list_left > 0;
    if (is_listed) --list_left;
    line.is_furniture = is_listed || is_counter(line.words) || is_notice(plain, line.words.size());
  }
  return lines;
}

}  // namespace stakeout
