#include "extractors/facts/date_expressions.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "extractors/facts/date_cues.h"
#include "extractors/text/date_words.h"
#include "extractors/text/unicode.h"
#include "extractors/values/partial_date.h"

namespace stakeout {
namespace {

constexpr int first_year = 1900;
constexpr int last_year = 2099;

bool is_real(const DateParts& parts) {
  if (parts.month == 0) return true;
  // A day of February 29 may be one of a leap year.
  const int year = parts.year == 0 ? 2024 : parts.year;
  const auto day = parts.day == 0 ? std::nullopt : std::optional{parts.day};
  return PartialDate::make(year, parts.month, day).has_value();
}

class Reader {
 public:
  Reader(const Prose& prose, std::size_t at)
      : tokens_{prose.tokens()}, begin_{at}, at_{at}, limit_{tokens_.size()} {
    if (at < tokens_.size()) {
      const Sentence& sentence = prose.sentences()[prose.sentence_of(at)];
      start_ = sentence.first_token;
      limit_ = sentence.end_token;
    }
  }

  std::optional<DateExpression> read() {
    if (!may_begin()) return std::nullopt;
    for (const auto step : {&Reader::fiscal_year, &Reader::quarter, &Reader::numbers,
                            &Reader::named, &Reader::year}) {
      const std::size_t first = at_;
      auto found = (this->*step)();
      if (found && is_real(found->from) && is_real(found->to)) {
        found->first = first;
        found->end = at_;
        return found;
      }
      at_ = first;
    }
    return std::nullopt;
  }

 private:
  using Found = std::optional<DateExpression>;

  // False when no expression begins with this token: true of nearly all.
  [[nodiscard]] bool may_begin() const {
    if (!has(at_)) return false;
    const Token& token = tokens_[at_];
    if (token.kind == TokenKind::number) return true;
    if (token.kind != TokenKind::word) return false;
    const std::string_view word = token.folded;
    const bool is_short = word.size() == 2 && (word[0] == 'q' || word[0] == 'h');
    return is_short || word.starts_with("fy") || word == "fiscal" || month_value(at_) > 0 ||
           date_cue_at(tokens_, at_, DateCueKind::ordinal) ||
           date_cue_at(tokens_, at_, DateCueKind::weekday);
  }

  static DateExpression one(DateParts parts) { return {0, 0, parts, parts}; }

  [[nodiscard]] bool has(std::size_t at) const { return at < limit_; }
  [[nodiscard]] std::string_view folded(std::size_t at) const {
    return has(at) ? std::string_view{tokens_[at].folded} : std::string_view{};
  }
  [[nodiscard]] bool is_tight(std::size_t at) const { return has(at) && !tokens_[at].space_before; }

  // The value of a token of `least` to `most` digits, or -1.
  [[nodiscard]] int digits(std::size_t at, std::size_t least, std::size_t most) const {
    const std::string_view text = folded(at);
    int value = -1;
    if (text.size() < least || text.size() > most || tokens_[at].kind != TokenKind::number)
      return -1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ptr == text.data() + text.size() ? value : -1;
  }

  [[nodiscard]] int year_value(std::size_t at) const {
    const int value = digits(at, 4, 4);
    return value >= first_year && value <= last_year ? value : 0;
  }

  bool skip(std::string_view word) {
    if (folded(at_) != word) return false;
    ++at_;
    return true;
  }

  // A number that nothing touches: no part of a longer code or amount.
  [[nodiscard]] bool stands_alone(std::size_t first, std::size_t end) const {
    const auto glues = [&](std::size_t at) {
      const Token& token = tokens_[at];
      return token.kind != TokenKind::punctuation || token.folded == "-" || token.folded == "/" ||
             token.folded == ":" || token.folded == "_";
    };
    const bool before = first > 0 && is_tight(first) && glues(first - 1);
    if (before || (first > 0 && tokens_[first - 1].kind == TokenKind::symbol)) return false;
    if (!is_tight(end)) return true;
    if (folded(end) == ":" && !is_tight(end + 1)) return true;  // "in 2019: up to ten"
    return !glues(end) || folded(end) == "'s" || folded(end) == "-";
  }

  // "fiscal 2026", "fiscal years 2023 through 2025", "FY26".
  Found fiscal_year() {
    int year = 0;
    const std::string_view word = folded(at_);
    if (word.starts_with("fy") && word.size() > 2) {
      const auto read = std::from_chars(word.data() + 2, word.data() + word.size(), year);
      if (read.ptr != word.data() + word.size()) return std::nullopt;
      ++at_;
    } else if (word == "fy" || word == "fiscal") {
      ++at_;
      if (!skip("years")) skip("year");
      year = digits(at_, 2, 4);
      ++at_;
    }
    if (year >= 0 && year < 100 && word.starts_with("fy")) year += 2000;
    if (year < first_year || year > last_year) return std::nullopt;
    int last = year;
    if (date_cue_at(tokens_, at_, DateCueKind::joint) && year_value(at_ + 1) > year) {
      last = year_value(at_ + 1);
      at_ += 2;
    }
    return DateExpression{0, 0, {year - 1, 10, 1}, {last, 9, 30}};
  }

  // "third quarter of 2025", "Q4 2025", "second half of 2025".
  Found quarter() {
    int number = 0;
    int months = 3;
    const std::string_view word = folded(at_);
    if (word.size() == 2 && (word[0] == 'q' || word[0] == 'h') && word[1] >= '1' &&
        word[1] <= '4') {
      number = word[1] - '0';
      months = word[0] == 'q' ? 3 : 6;
      ++at_;
    } else if (const auto ordinal = date_cue_at(tokens_, at_, DateCueKind::ordinal)) {
      number = ordinal->number;
      ++at_;
      skip("-");
      months = folded(at_) == "half" ? 6 : 3;
      if (!skip("quarter") && !skip("half")) return std::nullopt;
    }
    if (number == 0 || number > 12 / months) return std::nullopt;
    skip("of");
    const int year = year_value(at_);
    if (year == 0) return std::nullopt;
    ++at_;
    return DateExpression{0, 0, {year, (number - 1) * months + 1, 0}, {year, number * months, 0}};
  }

  // "2024-09-27", "2024-sep-1", "9/27/2024", "27/09/2024", "11/2016", "2015.5.13".
  Found numbers() {
    if (!has(at_)) return std::nullopt;
    if (const auto dotted = dotted_date()) return dotted;
    const std::string_view mark = folded(at_ + 1);
    if ((mark != "-" && mark != "/") || !is_tight(at_ + 1) || !is_tight(at_ + 2)) {
      return std::nullopt;
    }
    const std::size_t first = at_;
    const bool has_third = folded(at_ + 3) == mark && is_tight(at_ + 3) && is_tight(at_ + 4);
    at_ += has_third ? 5 : 3;
    if (!stands_alone(first, at_) || (is_tight(at_) && folded(at_) == "-")) return std::nullopt;
    return has_third ? three_numbers(first, first + 2, first + 4) : two_numbers(first, first + 2);
  }

  Found three_numbers(std::size_t a, std::size_t b, std::size_t c) const {
    const int named = month_value(b) > 0 ? month_value(b) : 0;
    const int second = digits(b, 1, 2);
    if (const int year = year_value(a)) {
      const int month = named > 0 ? named : second;
      return date_of(year, month, digits(c, 1, 2));
    }
    const int year = year_value(c);
    if (year == 0) return std::nullopt;
    if (month_value(a) > 0) return date_of(year, month_value(a), second);
    const int lead = digits(a, 1, 2);
    if (named > 0) return date_of(year, named, lead);
    return lead > 12 ? date_of(year, second, lead) : date_of(year, lead, second);
  }

  Found two_numbers(std::size_t a, std::size_t b) const {
    if (const int year = year_value(a)) {
      const int month = digits(b, 2, 2);
      return month > 0 ? month_of(year, month) : std::nullopt;
    }
    const int year = year_value(b);
    const int month = month_value(a) > 0 ? month_value(a) : digits(a, 1, 2);
    return year > 0 ? month_of(year, month) : std::nullopt;
  }

  static Found date_of(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1) return std::nullopt;
    return one({year, month, day});
  }

  static Found month_of(int year, int month) {
    return month >= 1 && month <= 12 ? Found{one({year, month, 0})} : std::nullopt;
  }

  // "2015.5.13", "27.09.2024": one number token.
  Found dotted_date() {
    const std::string_view text = folded(at_);
    const std::size_t first = text.find('.');
    const std::size_t second = first == text.npos ? text.npos : text.find('.', first + 1);
    if (tokens_[at_].kind != TokenKind::number || second == text.npos) return std::nullopt;
    const auto part = [&](std::size_t from, std::size_t to) {
      int value = -1;
      const auto read = std::from_chars(text.data() + from, text.data() + to, value);
      return read.ptr == text.data() + to ? value : -1;
    };
    const int a = part(0, first);
    const int b = part(first + 1, second);
    const int c = part(second + 1, text.size());
    if (!stands_alone(at_, at_ + 1)) return std::nullopt;
    ++at_;
    if (a >= first_year && a <= last_year) return date_of(a, b, c);
    if (c >= first_year && c <= last_year && a <= 31) return date_of(c, b, a);
    return std::nullopt;
  }

  [[nodiscard]] int month_value(std::size_t at) const {
    if (!has(at) || tokens_[at].kind != TokenKind::word || tokens_[at].folded.size() < 3) return 0;
    const Token& token = tokens_[at];
    const auto word = token.is_ascii ? find_date_word(token.folded, token.hash)
                                     : find_date_word(fold_accents(token.folded));
    if (!word || date_cue_at(tokens_, at, DateCueKind::not_month)) return 0;
    return word->month;
  }

  // A month's name in running text: short ones need a capital ("may", "set", "dec").
  [[nodiscard]] int written_month(std::size_t at) const {
    const bool is_clear = has(at) && (tokens_[at].starts_upper || tokens_[at].folded.size() > 3);
    return is_clear && !(folded(at) == "march" && !tokens_[at].starts_upper) ? month_value(at) : 0;
  }

  // "27", "27th", "3.", "fourth"; moves on behind it.
  int read_day() {
    const std::size_t first = at_;
    if (const auto ordinal = date_cue_at(tokens_, at_, DateCueKind::ordinal)) {
      at_ += ordinal->tokens;
      return ordinal->number;
    }
    const int day = digits(at_, 1, 2);
    if (day < 1 || day > 31) return 0;
    ++at_;
    if (is_tight(at_) && date_cue_at(tokens_, at_, DateCueKind::suffix)) ++at_;
    const bool is_code = is_tight(at_) && (tokens_[at_].kind != TokenKind::punctuation ||
                                           folded(at_) == ":" || folded(at_) == "/");
    if (is_code && folded(at_) != "'s") {
      at_ = first;
      return 0;
    }
    return day;
  }

  void skip_of() {
    for (const std::string_view word : {"of", "de", "del", "di", "do"})
      if (skip(word)) return;
  }

  // ", 2024", "of 2024", "2024"; 0 and nothing read when no year follows.
  int read_year() {
    const std::size_t first = at_;
    if (!skip(",")) skip_of();
    const int value = year_value(at_);
    if (value > 0 && stands_alone(at_, at_ + 1)) {
      ++at_;
      return value;
    }
    at_ = first;
    return 0;
  }

  // Dates with the name of a month.
  Found named() {
    if (const auto weekday = date_cue_at(tokens_, at_, DateCueKind::weekday)) {
      at_ += weekday->tokens;
      if (is_tight(at_)) skip(".");
      skip(",");
      skip("the");
    }
    if (written_month(at_) > 0) return month_first();
    if (const int year = year_value(at_)) {
      const int month = stands_alone(at_, at_ + 1) ? written_month(at_ + 1) : 0;
      at_ += 2;
      return month > 0 ? month_of(year, month) : std::nullopt;
    }
    return day_first();
  }

  // "Sept. 27, 2024", "Sept. 27-29", "September 2024", "in September".
  Found month_first() {
    const std::size_t first = at_;
    DateParts from{0, written_month(at_), 0};
    ++at_;
    if (is_tight(at_) && has(at_ + 1)) skip(".");
    from.year = read_year();
    if (from.year > 0) return with_range(from);
    const std::size_t behind_name = at_;
    if (folded(at_) == "the") ++at_;
    from.day = tokens_.size() > at_ && digits(at_, 1, 2) > 0 ? read_day() : 0;
    if (from.day == 0) {
      at_ = behind_name;
      return is_bare_month(first) ? with_range(from) : std::nullopt;
    }
    int last_day = 0;
    if ((folded(at_) == "-" || folded(at_) == "–") && digits(at_ + 1, 1, 2) > from.day) {
      last_day = digits(at_ + 1, 1, 2);
      at_ += 2;
    }
    from.year = read_year();
    if (last_day == 0) return with_range(from);
    DateParts to = from;
    to.day = last_day;
    return DateExpression{0, 0, from, to};
  }

  // "27 September 2024", "4th of July", "3. Oktober", "27 de septiembre de 2024".
  Found day_first() {
    const std::size_t first = at_;
    DateParts from{0, 0, read_day()};
    if (from.day == 0) return std::nullopt;
    if (is_tight(at_)) skip(".");
    if (const auto range = days_of_one_month(from.day)) return range;
    skip_of();
    from.month = written_month(at_);
    if (from.month == 0 || (first > 0 && !stands_alone(first, first + 1) && !is_tight(first + 1))) {
      return std::nullopt;
    }
    ++at_;
    if (is_tight(at_) && year_value(at_ + 1) > 0) skip(".");
    from.year = read_year();
    return with_range(from);
  }

  // "5 to 10 May 2024", "between 5 and 10 May", behind the first day.
  Found days_of_one_month(int first_day) {
    const std::size_t start = at_;
    if (const auto joint = joint_at(at_)) at_ += joint->tokens;
    DateParts to{0, 0, at_ > start ? read_day() : 0};
    if (to.day > first_day) {
      if (is_tight(at_)) skip(".");
      skip_of();
      to.month = written_month(at_);
    }
    if (to.month == 0) {
      at_ = start;
      return std::nullopt;
    }
    ++at_;
    to.year = read_year();
    return DateExpression{0, 0, {to.year, to.month, first_day}, to};
  }

  // The name of a month alone counts behind "in", "by" and the like, and not as part of a name
  // ("August Wilson").
  [[nodiscard]] bool is_bare_month(std::size_t first) const {
    if (tokens_[first].folded.size() < 3) return false;
    if (!tokens_[first].starts_upper) {
      return date_cue_before(tokens_, first, DateCueKind::month_lead).has_value();
    }
    const Token* next = has(at_) ? &tokens_[at_] : nullptr;
    if (next && next->kind == TokenKind::number) return false;
    if (next && next->kind == TokenKind::word && next->starts_upper) {
      return date_cue_before(tokens_, first, DateCueKind::month_in).has_value();
    }
    return date_cue_before(tokens_, first, DateCueKind::before_month).has_value();
  }

  // What joins the ends of a range: "to", and behind "between" "and".
  [[nodiscard]] std::optional<DateCue> joint_at(std::size_t at) const {
    if (const auto joint = date_cue_at(tokens_, at, DateCueKind::joint)) return joint;
    const bool is_between = date_cue_before(tokens_, begin_, DateCueKind::between).has_value();
    return is_between ? date_cue_at(tokens_, at, DateCueKind::and_) : std::nullopt;
  }

  // Goes on to the other end of a range: "January to March 2025".
  Found with_range(DateParts from) {
    DateExpression found = one(from);
    const auto joint = joint_at(at_);
    if (!joint) return found;
    const std::size_t other = at_ + joint->tokens;
    DateParts to;
    const std::size_t end = range_end(other, from.day > 0, to);
    if (end == 0 || (from.year > 0 && to.year == 0)) return found;
    if (to.year > 0 && from.year == 0) {
      found.from.year = from.month > to.month ? to.year - 1 : to.year;
    }
    if (to.year == 0) return found;
    found.to = to;
    at_ = end;
    return found;
  }

  // Reads "[day] month [day] year" at `at` and says where it ends; 0: there is none.
  std::size_t range_end(std::size_t at, bool needs_day, DateParts& to) {
    const std::size_t start = at_;
    at_ = at;
    if (written_month(at_) > 0) {
      to.month = written_month(at_++);
      if (is_tight(at_)) skip(".");
      if (needs_day) to.day = read_day();
    } else if (needs_day) {
      to.day = read_day();
      to.month = written_month(at_);
      ++at_;
    }
    to.year = read_year();
    const bool is_whole = to.month > 0 && (to.day > 0) == needs_day;
    const std::size_t end = is_whole ? at_ : 0;
    at_ = start;
    return end;
  }

  // "in 2028", "from 2018 to 2022".
  Found year() {
    const int value = year_value(at_);
    if (value == 0 || !stands_alone(at_, at_ + 1) ||
        !(date_cue_before(tokens_, at_, DateCueKind::before_year) || goes_on_years(at_)) ||
        counts_things(at_ + 1)) {
      return std::nullopt;
    }
    ++at_;
    DateExpression found = one({value, 0, 0});
    const auto joint = joint_at(at_);
    const int last = joint ? year_value(at_ + joint->tokens) : 0;
    if (last > value) {
      found.to.year = last;
      at_ += joint->tokens + 1;
    }
    return found;
  }

  // "in 2021, 2022 and 2023": a list that begins as a lone year does.
  [[nodiscard]] bool goes_on_years(std::size_t at) const {
    constexpr int most_years = 10;
    for (int i = 0; i < most_years; ++i) {
      const auto joint = date_cue_before(tokens_, at, DateCueKind::and_);
      if (!joint || at < start_ + joint->tokens + 1 || year_value(at - joint->tokens - 1) == 0) {
        return false;
      }
      at -= joint->tokens + 1;
      if (date_cue_before(tokens_, at, DateCueKind::before_year)) return true;
    }
    return false;
  }

  // "in 2000 cities", "to 2000%".
  [[nodiscard]] bool counts_things(std::size_t next) const {
    if (!has(next)) return false;
    const Token& token = tokens_[next];
    if (token.kind == TokenKind::symbol || token.kind == TokenKind::number) return true;
    const bool is_plural = token.kind == TokenKind::word && !token.starts_upper &&
                           token.folded.size() > 3 && token.folded.ends_with('s') &&
                           token.folded != "plus" && token.folded != "this";
    return is_plural && token.space_before;
  }

  const std::vector<Token>& tokens_;
  std::size_t begin_;  // of the expression
  std::size_t at_;
  std::size_t start_ = 0;  // of the sentence
  std::size_t limit_;      // its end
};

}  // namespace

std::optional<DateExpression> date_expression_at(const Prose& prose, std::size_t at) {
  return Reader{prose, at}.read();
}

std::vector<DayMonth> find_day_months(const Prose& prose) {
  std::vector<DayMonth> found;
  for (std::size_t at = 0; at < prose.tokens().size();) {
    const auto date = date_expression_at(prose, at);
    if (!date) {
      ++at;
      continue;
    }
    if (date->from.year == 0 && date->from.month > 0) {
      const auto day = date->from.day == 0 ? std::nullopt : std::optional{date->from.day};
      found.push_back({prose.span_of_tokens(date->first, date->end), date->first, date->end,
                       date->from.month, day});
    }
    at = date->end;
  }
  return found;
}

}  // namespace stakeout
