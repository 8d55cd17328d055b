#include "extractors/stories/page_furniture.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "extractors/text/date_words.h"
#include "extractors/text/table.h"
#include "extractors/text/unicode.h"

namespace stakeout {

namespace stories_data {
std::string_view page_furniture();
}

namespace {

constexpr std::size_t longest_notice = 16;    // words
constexpr std::size_t longest_plea = 45;      // words
constexpr std::size_t longest_teaser = 7;     // words
constexpr std::size_t longest_headline = 20;  // words
constexpr std::size_t longest_list = 12;      // headlines
constexpr std::size_t lines_of_page_head = 8;
constexpr std::size_t longest_comment = 15;  // lines

struct FurnitureWords {
  std::unordered_set<std::string_view> counters, units, labels, headings, comments, answers;
  std::vector<std::string_view> notices, openers, stamps, pleas, paywalls, teasers;
};

FurnitureWords read_furniture_words() {
  FurnitureWords words;
  for (const auto& row : read_table(stories_data::page_furniture())) {
    if (row.size() != 2) continue;
    if (row[0] == "counter") words.counters.insert(row[1]);
    if (row[0] == "unit") words.units.insert(row[1]);
    if (row[0] == "label") words.labels.insert(row[1]);
    if (row[0] == "heading") words.headings.insert(row[1]);
    if (row[0] == "comments") words.comments.insert(row[1]);
    if (row[0] == "answer") words.answers.insert(row[1]);
    if (row[0] == "notice") words.notices.push_back(row[1]);
    if (row[0] == "opener") words.openers.push_back(row[1]);
    if (row[0] == "teaser") words.teasers.push_back(row[1]);
    if (row[0] == "stamp") words.stamps.push_back(row[1]);
    if (row[0] == "plea") words.pleas.push_back(row[1]);
    if (row[0] == "paywall") words.paywalls.push_back(row[1]);
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

bool has_figure(std::string_view line) {
  return line.find_first_of("0123456789") != std::string_view::npos;
}

// No letter and no figure of any script.
bool is_sign(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint point = code_point_at(word, at);
    if (is_letter(point.value) || is_digit(point.value)) return false;
    at = point.next;
  }
  return true;
}

// "35,561 views · 813 shares", "Updated 5 minutes ago", "4 min read".
bool is_counter(const std::vector<TextWord>& words) {
  if (words.size() > longest_notice) return false;
  bool counts = false;
  bool has_count = false;
  for (const TextWord& word : words) {
    const std::string folded = fold_case(word.bare);
    if (furniture_words().counters.contains(folded))
      counts = true;
    else if (is_figure(folded))
      has_count = true;
    else if (!is_sign(folded) && !furniture_words().units.contains(folded))
      return false;
  }
  return counts && has_count;
}

bool is_clock_time(std::string_view word) {
  const std::size_t colon = word.find_first_of(":hH.");
  return is_figure(word.substr(0, colon)) && colon != std::string_view::npos && colon <= 2 &&
         word.size() >= colon + 3 && is_figure(word.substr(colon + 1, 2)) && word.size() <= 8;
}

// "18 March 2025, 09:12 GMT", "12 marzo 2025 - 18:04, aggiornato alle 21:30": a time of day and
// nothing but words of dates.
bool is_time_stamp(const std::vector<TextWord>& words) {
  if (words.size() > longest_notice) return false;
  const auto is_word_of_dates = [](const TextWord& word) {
    const std::string folded = fold_case(word.bare);
    return is_sign(folded) || folded.find_first_not_of("0123456789.,:/-+h") == std::string::npos ||
           furniture_words().units.contains(folded) ||
           furniture_words().counters.contains(folded) || find_date_word(fold_accents(folded)) ||
           find_zone_offset(word.bare, 0);
  };
  return std::any_of(words.begin(), words.end(),
                     [](const TextWord& word) { return is_clock_time(word.bare); }) &&
         std::all_of(words.begin(), words.end(), is_word_of_dates);
}

// "Share Save Print": buttons.
bool is_label(const std::vector<TextWord>& words) {
  if (words.size() > longest_notice) return false;
  return std::all_of(words.begin(), words.end(), [](const TextWord& word) {
    return is_sign(word.bare) || furniture_words().labels.contains(fold_case(word.bare));
  });
}

// Whether the phrase stands at `at` in the line and ends there with a word.
bool stands_at(std::string_view line, std::size_t at, std::string_view phrase) {
  if (!line.substr(at).starts_with(phrase)) return false;
  const std::size_t end = at + phrase.size();
  return end == line.size() || phrase.back() == '@' || !is_letter(code_point_at(line, end).value);
}

bool begins_with_any(std::string_view line, const std::vector<std::string_view>& phrases) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](std::string_view phrase) { return stands_at(line, 0, phrase); });
}

bool has_any(std::string_view line, const std::vector<std::string_view>& phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) {
    const std::size_t at = line.find(phrase);
    return at != std::string_view::npos && stands_at(line, at, phrase);
  });
}

bool is_notice(std::string_view line, std::size_t word_count) {
  if (word_count > longest_notice) return false;
  if (begins_with_any(line, furniture_words().notices)) return true;
  if (line.ends_with('.')) return false;
  if (begins_with_any(line, furniture_words().openers)) return true;
  return has_figure(line) && begins_with_any(line, furniture_words().stamps);
}

bool is_paywall(std::string_view line, std::size_t word_count) {
  return word_count <= longest_plea && has_any(line, furniture_words().paywalls);
}

bool is_plea(std::string_view line, std::size_t word_count) {
  return word_count <= longest_plea && has_any(line, furniture_words().pleas);
}

bool is_heading(std::string_view folded) {
  while (!folded.empty() && (folded.back() == ':' || folded.back() == ' ')) folded.remove_suffix(1);
  return furniture_words().headings.contains(folded);
}

// "You might also be interested in".
bool is_teaser(std::string_view line, std::size_t word_count) {
  return word_count <= longest_teaser && !line.ends_with('.') &&
         has_any(line, furniture_words().teasers);
}

// "18 Comments", "Comments (3)", "Join the conversation".
bool opens_comments(const std::vector<TextWord>& words) {
  if (words.size() > longest_notice) return false;
  std::string rest;
  for (const TextWord& word : words) {
    if (is_figure(word.bare) || is_sign(word.bare)) continue;
    if (!rest.empty()) rest += ' ';
    rest += fold_case(word.bare);
  }
  return furniture_words().comments.contains(rest);
}

// "Reply", "Like · Reply (2) · Report".
bool ends_comment(const std::vector<TextWord>& words) {
  if (words.size() > longest_notice) return false;
  bool answers = false;
  for (const TextWord& word : words) {
    const std::string folded = fold_case(word.bare);
    if (furniture_words().answers.contains(folded))
      answers = true;
    else if (!is_sign(folded) && !is_figure(folded) && !furniture_words().labels.contains(folded))
      return false;
  }
  return answers;
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

// A mark that sets a line apart as an item of a list.
bool is_bullet(std::string_view word) {
  static const std::unordered_set<std::string_view> bullets = {"•", "·", "‣", "▪", "●", "◦", "■",
                                                               "*", "-", "○", "►", "▶", "»"};
  return bullets.contains(word);
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
    if (words.size() > 1 && is_bullet(words.front().bare)) words.erase(words.begin());
    const bool is_empty = words.empty();
    if (!is_empty) lines.push_back({std::move(words), after_empty, false, false});
    after_empty = is_empty;
    begin = end + 1;
  }
  return lines;
}

// What readers wrote, from the heading of the comments to the last "Reply". Without such buttons
// nothing tells the comments from the article.
void mark_comments(std::vector<PageLine>& lines) {
  const std::size_t none = lines.size();
  std::size_t section = none;  // the first line after the latest heading, or after a comment
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (opens_comments(lines[i].words)) section = i;
    if (section == none || i - section > longest_comment) continue;
    if (!ends_comment(lines[i].words)) continue;
    for (; section <= i; ++section) lines[section].is_furniture = true;
  }
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
    if (is_heading(plain) || is_teaser(plain, line.words.size())) {
      line.is_furniture = true;
      list_left = longest_list;
      is_list_of_blocks = i + 1 < lines.size() && lines[i + 1].opens_block;
      continue;
    }
    if (!is_list_of_blocks && line.opens_block) list_left = 0;
    if (is_list_of_blocks && !is_headline(plain, line.words.size())) list_left = 0;
    const bool is_listed = list_left > 0;
    if (is_listed) --list_left;
    const std::size_t word_count = line.words.size();
    line.is_paywall = is_paywall(plain, word_count);
    const bool may_be_stamp = i < lines_of_page_head;
    line.is_furniture = is_listed || (may_be_stamp && is_time_stamp(line.words)) ||
                        line.is_paywall || is_counter(line.words) || is_label(line.words) ||
                        is_notice(plain, word_count) || is_plea(plain, word_count);
  }
  mark_comments(lines);
  return lines;
}

}  // namespace stakeout
