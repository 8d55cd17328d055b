#include "extractors/stories/page_furniture.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "extractors/stories/content_words.h"
#include "extractors/stories/line_forms.h"
#include "extractors/stories/passage.h"
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
constexpr std::size_t shortest_topic = 4;     // bytes
constexpr int enough_of_a_statement = 2;      // signs that a line says something
constexpr std::size_t longest_list = 12;      // headlines
constexpr std::size_t lines_of_page_head = 8;
constexpr std::size_t longest_comment = 15;  // lines

struct FurnitureWords {
  std::unordered_set<std::string_view> counters, units, labels, headings, comments, answers,
      addresses, authors;
  std::vector<std::string_view> notices, imperatives, openers, breaking, stamps, pleas, paywalls,
      teasers;
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
    if (row[0] == "address") words.addresses.insert(row[1]);
    if (row[0] == "author") words.authors.insert(row[1]);
    if (row[0] == "imperative") words.imperatives.push_back(row[1]);
    if (row[0] == "breaking") words.breaking.push_back(row[1]);
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

// "7:2" and "12.50": a result or a price, not a count of readers.
bool is_result_or_price(std::string_view word) {
  const std::size_t mark = word.find_last_of(".:");
  if (mark == std::string_view::npos || !is_figure(word)) return false;
  const std::size_t behind = word.size() - mark - 1;
  return word[mark] == ':' ? behind == 1 : behind == 2 && is_figure(word.substr(mark + 1));
}

// "35,561 views · 813 shares", "Updated 5 minutes ago", "4 min read".
bool is_counter(const std::vector<TextWord>& words) {
  if (words.size() > longest_notice) return false;
  bool counts = false;
  bool has_count = false;
  if (words.size() == 2 && is_result_or_price(words.back().bare)) return false;
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

bool is_word_of_dates(const TextWord& word) {
  const std::string folded = fold_case(word.bare);
  return is_sign(folded) || folded.find_first_not_of("0123456789.,:/-+h") == std::string::npos ||
         furniture_words().units.contains(folded) || furniture_words().counters.contains(folded) ||
         find_date_word(fold_accents(folded)) || find_zone_offset(word.bare, 0);
}

// "18 March 2025, 09:12 GMT", "12 marzo 2025 - 18:04, aggiornato alle 21:30": a time of day and
// nothing but words of dates.
bool is_time_stamp(const std::vector<TextWord>& words) {
  if (words.size() > longest_notice) return false;
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

// Not "D.C.".
bool ends_sentence(const TextWord& word) {
  if (word.marked.ends_with('"')) return true;
  return word.marked.ends_with('.') && word.bare.find('.') == std::string::npos;
}

std::size_t word_count_of(std::string_view phrase) {
  return static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1;
}

bool is_name_inside(const TextWord& before, const TextWord& word) {
  constexpr std::string_view breaks = ".:!?|-";
  const std::string folded = fold_case(word.bare);
  return is_upper(code_point_at(word.bare, 0).value) &&
         breaks.find(before.marked.back()) == std::string_view::npos &&
         !furniture_words().labels.contains(folded) && !find_date_word(fold_accents(folded));
}

// Whether the number at `i` is a year or a day beside its month.
bool is_dated(const std::vector<TextWord>& words, std::size_t i) {
  const auto is_month = [&](std::size_t at) {
    if (at >= words.size()) return false;
    const auto date_word = find_date_word(fold_accents(fold_case(words[at].bare)));
    return date_word && date_word->month > 0;
  };
  const std::string& word = words[i].bare;
  const bool is_year =
      word.size() == 4 && (word.starts_with("19") || word.starts_with("20")) && is_figure(word);
  return is_year || (word.size() <= 4 && (is_month(i + 1) || (i > 0 && is_month(i - 1))));
}

// Whether what stands behind the first `phrase` words of a line reads like the article: a line of
// furniture seldom has more than one of a full stop, a pause, a sum and a name in the middle.
bool is_statement(const std::vector<TextWord>& words, std::size_t phrase,
                  int enough = enough_of_a_statement) {
  if (words.front().marked.front() == '"') return true;
  bool has_pause = false;
  bool has_number = false;
  bool has_name = false;
  for (std::size_t i = phrase; i < words.size(); ++i) {
    const bool is_last = i + 1 == words.size();
    has_pause |= !is_last && words[i].marked.find_first_of(",;:", words[i].marked.size() - 1) !=
                                 std::string::npos;
    has_number |= states_number(words[i]) && !is_dated(words, i);
    has_name |= i > phrase && is_name_inside(words[i - 1], words[i]);
  }
  has_pause |= phrase > 0 && phrase < words.size() && words[phrase - 1].marked.ends_with(',');
  const int signs = (ends_sentence(words.back()) ? 1 : 0) + (has_pause ? 1 : 0) +
                    (has_number ? 1 : 0) + (has_name ? 1 : 0);
  return signs >= enough;
}

// Whether the line begins with one of the phrases and goes on with no statement; behind a colon one
// sign of it is enough.
bool only_begins_with(const std::vector<TextWord>& words, std::string_view line,
                      const std::vector<std::string_view>& phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) {
    const int enough = phrase.ends_with(':') ? 1 : enough_of_a_statement;
    return stands_at(line, 0, phrase) && !is_statement(words, word_count_of(phrase), enough);
  });
}

// "Published 18 March 2025 by Ruth Moss": the phrase, dates, times, and who wrote it.
bool is_stamp(const std::vector<TextWord>& words, std::string_view line) {
  const auto& stamps = furniture_words().stamps;
  const auto found =
      std::max_element(stamps.begin(), stamps.end(), [&](std::string_view a, std::string_view b) {
        return (stands_at(line, 0, a) ? a.size() : 0) < (stands_at(line, 0, b) ? b.size() : 0);
      });
  if (found == stamps.end() || !stands_at(line, 0, *found) || !has_digit(line)) return false;
  bool is_author = false;
  for (std::size_t i = word_count_of(*found); i < words.size(); ++i) {
    const bool is_name = is_upper(code_point_at(words[i].bare, 0).value);
    is_author = furniture_words().authors.contains(fold_case(words[i].bare)) ||
                (is_author && is_name && !is_word_of_dates(words[i]));
    if (!is_author && !is_word_of_dates(words[i])) return false;
  }
  return true;
}

bool is_notice(const std::vector<TextWord>& words, std::string_view line) {
  if (words.size() > longest_notice) return false;
  if (begins_with_any(line, furniture_words().notices)) return true;
  if (only_begins_with(words, line, furniture_words().imperatives)) return true;
  if (is_stamp(words, line)) return true;
  return !line.ends_with('.') && only_begins_with(words, line, furniture_words().openers);
}

// Whether the line begins with one of the phrases, or has one and is addressed to the reader, or
// has one and says nothing else.
bool asks_reader(const std::vector<TextWord>& words, std::string_view line,
                 const std::vector<std::string_view>& phrases) {
  if (words.size() > longest_plea || !has_any(line, phrases)) return false;
  if (begins_with_any(line, phrases)) {
    return words.size() <= longest_notice || !is_statement(words, 0);
  }
  const bool is_address = furniture_words().addresses.contains(fold_case(words.front().bare));
  return is_address || (words.size() <= longest_notice && !ends_sentence(words.back()) &&
                        !is_statement(words, 0));
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

// "1.", "12)": the place of an item in a list.
bool is_place(std::string_view marked) {
  return marked.size() >= 2 && marked.size() <= 3 &&
         marked.find_first_not_of("0123456789") == marked.size() - 1 &&
         (marked.back() == '.' || marked.back() == ')');
}

// "Writing for the Web Is Easy. Writing for Users Is Not."
bool is_title_case(const std::vector<TextWord>& words) {
  return std::all_of(words.begin(), words.end(), [](const TextWord& word) {
    return word.bare.size() < shortest_topic || !is_letter(code_point_at(word.bare, 0).value) ||
           is_upper(code_point_at(word.bare, 0).value);
  });
}

// Whether a line may be the headline of another article: short, and numbered, in title case or no
// sentence.
bool is_headline(const std::vector<TextWord>& words) {
  if (words.size() > longest_headline) return false;
  const std::string& last = words.back().marked;
  const bool ends_in_quotation = last.ends_with('"') && last.find_first_of(".,!?") != last.npos;
  const bool is_quotation = words.front().marked.front() == '"' && last.ends_with('"');
  if (ends_in_quotation || is_quotation) return false;
  return is_place(words.front().marked) || last.ends_with("..") || last.ends_with('"') ||
         !ends_sentence(words.back()) || is_title_case(words);
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

// What a line speaks of, by stem.
std::vector<std::string> topics_of(const PageLine& line) {
  std::vector<std::string> topics;
  for (const TextWord& word : line.words) {
    const std::string folded = fold_case(word.bare);
    if (folded.size() < shortest_topic || is_function_word(folded)) continue;
    topics.emplace_back(stem_of(folded));
  }
  return topics;
}

// The line of the latest news above the article, unless it speaks of what the article does: then
// the article says so itself.
void mark_breaking(std::vector<PageLine>& lines) {
  for (std::size_t i = 0; i < lines.size() && i < lines_of_page_head; ++i) {
    if (ends_sentence(lines[i].words.back())) return;
    if (!begins_with_any(plain_line(lines[i].words), furniture_words().breaking)) continue;
    const std::vector<std::string> topics = topics_of(lines[i]);
    const std::unordered_set<std::string_view> spoken_of(topics.begin(), topics.end());
    lines[i].is_furniture = std::none_of(
        lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, lines.end(), [&](const PageLine& line) {
          const std::vector<std::string> others = topics_of(line);
          return std::any_of(others.begin(), others.end(),
                             [&](const std::string& topic) { return spoken_of.contains(topic); });
        });
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
    if (!is_headline(line.words)) list_left = 0;
    const bool is_listed = list_left > 0;
    if (is_listed) --list_left;
    line.is_paywall = asks_reader(line.words, plain, furniture_words().paywalls);
    const bool may_be_stamp = i < lines_of_page_head;
    line.is_furniture = is_listed || (may_be_stamp && is_time_stamp(line.words)) ||
                        line.is_paywall || is_counter(line.words) || is_label(line.words) ||
                        is_notice(line.words, plain) || is_picture_credit(line.words) ||
                        is_player(line.words) || is_stock_ticker(line.words) ||
                        asks_reader(line.words, plain, furniture_words().pleas);
  }
  mark_breaking(lines);
  mark_comments(lines);
  return lines;
}

}  // namespace stakeout
