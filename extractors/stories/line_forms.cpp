#include "extractors/stories/line_forms.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "extractors/text/table.h"
#include "extractors/text/unicode.h"

namespace stakeout {

namespace stories_data {
std::string_view line_forms();
}

namespace {

constexpr std::size_t longest_credit = 12;  // words
constexpr std::size_t longest_player = 8;
constexpr std::size_t longest_ticker = 60;
constexpr std::size_t longest_symbol = 5;  // letters

using Words = std::unordered_set<std::string_view>;

struct FormWords {
  std::vector<std::string_view> credits;
  Words agencies, links, plays, times, exchanges;
};

const FormWords& form_words() {
  static const FormWords words = [] {
    FormWords all;
    for (const auto& row : read_table(stories_data::line_forms())) {
      if (row.size() != 2) continue;
      if (row[0] == "credit") all.credits.push_back(row[1]);
      if (row[0] == "agency") all.agencies.insert(row[1]);
      if (row[0] == "link") all.links.insert(row[1]);
      if (row[0] == "play") all.plays.insert(row[1]);
      if (row[0] == "time") all.times.insert(row[1]);
      if (row[0] == "exchange") all.exchanges.insert(row[1]);
    }
    return all;
  }();
  return words;
}

// What stands in a line, folded, single blanks between the words.
std::string folded_line(const std::vector<TextWord>& words, std::size_t first = 0) {
  std::string line;
  for (std::size_t i = first; i < words.size(); ++i) {
    if (!line.empty()) line += ' ';
    line += fold_case(words[i].marked);
  }
  return line;
}

// How many words a credit has that the line begins with; 0: it begins with none.
std::size_t credit_words(const std::vector<TextWord>& words) {
  const std::string line = folded_line(words);
  for (const std::string_view credit : form_words().credits) {
    const bool is_whole = line.size() > credit.size() && line[credit.size()] == ' ';
    if (is_whole && line.starts_with(credit))
      return static_cast<std::size_t>(std::count(credit.begin(), credit.end(), ' ')) + 1;
  }
  return 0;
}

// A part of a name, or a word between names.
bool is_of_names(const TextWord& word) {
  if (is_sign(word.bare)) return true;
  if (has_digit(word.bare)) return false;
  const std::string folded = fold_case(word.bare);
  return is_upper(code_point_at(word.bare, 0).value) || form_words().links.contains(folded) ||
         form_words().agencies.contains(folded);
}

// "Jane Miller/Getty Images", "REUTERS/Jane Miller": an agency on one side of a stroke.
bool has_agency(const std::vector<TextWord>& words) {
  const std::string line = folded_line(words);
  for (std::size_t begin = 0, strokes = 0; begin <= line.size(); ++strokes) {
    const std::size_t end = std::min(line.find('/', begin), line.size());
    std::string_view part = std::string_view{line}.substr(begin, end - begin);
    while (part.starts_with(' ') || part.starts_with('(')) part.remove_prefix(1);
    while (part.ends_with(' ') || part.ends_with(')')) part.remove_suffix(1);
    const bool has_stroke = strokes > 0 || end < line.size();
    if (has_stroke && form_words().agencies.contains(part)) return true;
    begin = end + 1;
  }
  return false;
}

// "4:32", "1:04:32", "4".
bool is_duration(std::string_view word) {
  return has_digit(word) && word.find_first_not_of("0123456789:") == std::string_view::npos;
}

// "4:32": minutes and two figures of seconds.
bool is_clock(std::string_view word) {
  const std::size_t colon = word.rfind(':');
  return is_duration(word) && colon != std::string_view::npos && colon > 0 &&
         word.size() - colon == 3;
}

// "PLTR", "BRK.B".
bool is_symbol(std::string_view word) {
  return !word.empty() && word.size() <= longest_symbol + 2 &&
         word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ.") == std::string_view::npos;
}

bool is_arrow(std::string_view word) {
  return word == "▲" || word == "▼" || word == "↑" || word == "↓";
}

enum class TickerPart { none, symbol, exchange, figure, change, sign };

// "+1.26%" and "-0.4%" are changes, "24.10" and "0.30" figures.
TickerPart ticker_part(const TextWord& word) {
  std::string_view text = word.marked;
  while (text.starts_with('(')) text.remove_prefix(1);
  while (text.ends_with(')') || text.ends_with(',')) text.remove_suffix(1);
  if (is_arrow(text)) return TickerPart::change;
  if (is_sign(text)) return TickerPart::sign;
  if (has_digit(text)) {
    const std::string_view figures = text.substr(text.find_first_of("0123456789"));
    const std::string_view sign = text.substr(0, text.size() - figures.size());
    if (figures.find_first_not_of("0123456789.,%") != std::string_view::npos ||
        (!sign.empty() && sign != "+" && sign != "-" && sign != "$" && !is_arrow(sign)))
      return TickerPart::none;
    const bool is_change = figures.ends_with('%') && !sign.empty();
    return is_change ? TickerPart::change : TickerPart::figure;
  }
  const std::string_view bare = word.bare;
  if (form_words().exchanges.contains(fold_case(bare))) return TickerPart::exchange;
  return is_symbol(bare) ? TickerPart::symbol : TickerPart::none;
}

}  // namespace

bool is_picture_credit(const std::vector<TextWord>& words) {
  if (words.size() > longest_credit) return false;
  const std::size_t first = credit_words(words);
  if (first == 0 && !has_agency(words)) return false;
  const bool ends_sentence =
      words.back().marked.ends_with('.') || words.back().marked.ends_with('"');
  return !ends_sentence &&
         std::all_of(words.begin() + static_cast<std::ptrdiff_t>(first), words.end(), is_of_names);
}

bool is_player(const std::vector<TextWord>& words) {
  if (words.size() > longest_player) return false;
  bool plays = false;
  bool has_clock = false;
  bool has_time = false;
  bool has_number = false;
  for (const TextWord& word : words) {
    const std::string folded = fold_case(word.bare);
    if (form_words().plays.contains(folded)) {
      plays = true;
    } else if (form_words().times.contains(folded)) {
      has_time = true;
    } else if (is_duration(folded)) {
      has_number = true;
      has_clock = has_clock || is_clock(folded);
    } else if (!is_sign(folded)) {
      return false;
    }
  }
  return plays && (has_clock || (has_number && has_time));
}

bool is_stock_ticker(const std::vector<TextWord>& words) {
  if (words.size() > longest_ticker) return false;
  bool has_symbol = false;
  bool has_exchange = false;
  bool has_change = false;
  std::size_t figures = 0;
  for (const TextWord& word : words) {
    const TickerPart part = ticker_part(word);
    if (part == TickerPart::none) return false;
    has_symbol = has_symbol || part == TickerPart::symbol;
    has_exchange = has_exchange || part == TickerPart::exchange;
    has_change = has_change || part == TickerPart::change;
    figures += part == TickerPart::figure ? 1 : 0;
  }
  return has_symbol && has_change && (figures > 0 || has_exchange);
}

}  // namespace stakeout
