#include "extractors/facts/sums.h"

#include <algorithm>
#include <charconv>

#include "extractors/facts/money_context.h"
#include "extractors/facts/phrases.h"
#include "extractors/text/table.h"

namespace stakeout {

namespace facts_data {
std::string_view scales();
}  // namespace facts_data

namespace {

struct Scale {
  int power = 0;
  bool is_short = false;
  DecimalMark mark = DecimalMark::unknown;
};

struct Scales {
  std::vector<Scale> rows;
  PhraseTable phrases;
};

const Scales& scales() {
  static const Scales table = [] {
    Scales t;
    for (const auto& row : read_table(facts_data::scales())) {
      Scale scale;
      std::from_chars(row.at(1).data(), row[1].data() + row[1].size(), scale.power);
      scale.is_short = row.at(2) == "short";
      if (row.at(3) == "point") scale.mark = DecimalMark::point;
      if (row.at(3) == "comma") scale.mark = DecimalMark::comma;
      t.phrases.add(row[0], t.rows.size());
      t.rows.push_back(scale);
    }
    return t;
  }();
  return table;
}

class SumReader {
 public:
  SumReader(const MoneyTokens& text, std::size_t at, DecimalMark mark, bool ends_range)
      : text_{text}, at_{at}, mark_{mark}, ends_range_{ends_range} {
    sum_.begin = at;
  }

  std::optional<Sum> read() {
    const auto before = currency_before_number(text_, at_);
    if (before && text_.is_one_sentence(at_, at_ + before->tokens + 1)) {
      before_ = before;
      at_ += before->tokens;
    }
    if (!read_number()) return std::nullopt;
    sum_.end = at_;
    if (before_) {
      sum_.is_named_before = true;
      sum_.currency = before_->currency;
      read_currency_again();
    } else {
      read_currency_behind();
    }
    return is_acceptable() ? std::optional{sum_} : std::nullopt;
  }

 private:
  [[nodiscard]] const Token* token(std::size_t at) const {
    return text_.is_one_sentence(sum_.begin, at + 1) ? &text_.tokens[at] : nullptr;
  }

  bool skip_hyphen() {
    const Token* hyphen = token(at_);
    const Token* next = token(at_ + 1);
    if (!hyphen || !next || hyphen->folded != "-" || hyphen->space_before || next->space_before) {
      return false;
    }
    ++at_;
    return true;
  }

  bool read_number() {
    const Token* first = token(at_);
    if (!first) return false;
    if (first->kind == TokenKind::number || first->folded == ".") return read_digits();
    if (first->kind != TokenKind::word) return false;
    const auto words = number_words_at(text_.tokens, at_);
    if (!words || !text_.is_one_sentence(at_, at_ + words->tokens)) return false;
    if (money_word_before(text_, at_, MoneyWord::vague) > 0) return false;
    sum_.number = words->value;
    sum_.is_article = words->is_article;
    at_ += words->tokens;
    if (words->is_fraction) return read_fraction_scale();
    add_digits_behind_thousands();
    read_scale();
    return !sum_.is_article || sum_.has_scale || !(first->folded == "a" || first->folded == "an");
  }

  // "mil 970 millones": a word for thousands, then the rest in digits.
  void add_digits_behind_thousands() {
    const Token* rest = token(at_);
    const std::int64_t thousands = sum_.number.exponent == 0 ? sum_.number.mantissa : 0;
    if (!rest || rest->kind != TokenKind::number || rest->folded.size() != 3) return;
    if (thousands == 0 || thousands % 1000 != 0) return;
    const auto number = parse_number(rest->folded, mark_, false);
    if (!number || number->exponent != 0) return;
    ++at_;
    if (read_scale()) {
      sum_.number.mantissa += number->mantissa;
    } else {
      --at_;
    }
  }

  // "half a million", "a quarter of a million": a fraction counts only before a scale.
  bool read_fraction_scale() {
    skip_hyphen();
    const std::size_t of = money_word_at(text_, at_, MoneyWord::of);
    at_ += of;
    const auto article =
        at_ < text_.tokens.size() ? number_words_at(text_.tokens, at_) : std::nullopt;
    if (article && article->is_article) ++at_;
    skip_hyphen();
    read_scale();
    return sum_.has_scale;
  }

  bool read_digits() {
    std::string digits;
    if (token(at_)->folded == ".") {  // "$.50"
      const Token* next = token(at_ + 1);
      if (!next || next->kind != TokenKind::number || next->space_before) return false;
      digits = "0.";
      ++at_;
    }
    digits += token(at_)->folded;
    ++at_;
    if (may_have_blanks(digits)) read_groups(digits);
    sum_.is_grouped = digits.find_first_of(",.'") != std::string::npos || sum_.is_grouped;
    const bool has_fraction = read_vulgar_fraction();
    const auto scale = read_scale();
    const DecimalMark mark = scale && scale->mark != DecimalMark::unknown ? scale->mark : mark_;
    const auto number = parse_number(digits, mark, sum_.has_scale);
    if (!number) return false;
    sum_.number = *number;
    if (has_fraction && number->exponent == 0)
      sum_.number = {number->mantissa * 100 + fraction_, -2};
    return true;
  }

  // Groups parted by blanks: "1 250 000". After a sign that touches its number ("$5 300 people")
  // blanks part nothing.
  [[nodiscard]] bool may_have_blanks(std::string_view digits) const {
    if (digits.size() > 3 || digits.front() == '0') return false;
    const bool touches = before_ && !text_.tokens[at_ - 1].space_before;
    return !(touches && before_->family == "dollar");
  }

  void read_groups(std::string& digits) {
    constexpr std::size_t most_digits = 18;
    while (const Token* next = digits.size() < most_digits ? token(at_) : nullptr) {
      const std::string_view group = next->folded;
      const bool has_decimals = group.size() > 3 && (group[3] == ',' || group[3] == '.');
      const bool fits = next->kind == TokenKind::number && (group.size() == 3 || has_decimals) &&
                        group.find_first_of(".,'") >= 3 && blank_bytes(at_) <= 3;
      if (!fits) return;
      digits += group;
      sum_.is_grouped = true;
      ++at_;
      if (has_decimals) return;
    }
  }

  // Bytes between a token and the one before it: one blank, or a no-break or thin one.
  [[nodiscard]] std::size_t blank_bytes(std::size_t at) const {
    return text_.tokens[at].begin - text_.tokens[at - 1].end;
  }

  bool read_vulgar_fraction() {
    const Token* next = token(at_);
    if (!next) return false;
    const std::string_view word = next->folded;
    fraction_ = word == "½" ? 50 : word == "¼" ? 25 : word == "¾" ? 75 : 0;
    if (fraction_ == 0) return false;
    ++at_;
    return true;
  }

  // The scale behind the number, perhaps behind a hyphen.
  const Scale* read_scale() {
    const std::size_t start = at_;
    const bool hyphen = skip_hyphen();
    for (const auto& match : scales().phrases.all_starting_at(text_.tokens, at_)) {
      const Scale& scale = scales().rows[match.value];
      const std::size_t end = at_ + match.tokens;
      if (!text_.is_one_sentence(sum_.begin, end)) continue;
      if (scale.is_short && (hyphen || !is_short_scale(scale, end))) continue;
      at_ = end;
      sum_.scale = scale.power;
      sum_.has_scale = true;
      return &scale;
    }
    at_ = start;
    return nullptr;
  }

  // An abbreviation that touches the number ("$2m") or the currency behind it ("45 M€"); longer
  // ones need no more than a currency ("25 Mio. Euro", "EUR 1 to 1.5 bn").
  [[nodiscard]] bool is_short_scale(const Scale& scale, std::size_t end) const {
    if (scale.mark == DecimalMark::comma && mark_ == DecimalMark::point) return false;
    const bool touches = !text_.tokens[at_].space_before;
    const bool is_letter = text_.tokens[at_].end - text_.tokens[at_].begin == 1;
    if (!is_letter && (before_ || ends_range_)) return true;
    return (touches && (before_ || ends_range_)) || currency_behind_number(text_, end).has_value();
  }

  // "£94.50 GBP" says it twice; "$10 CAD" says it better.
  void read_currency_again() {
    const auto again = currency_behind_number(text_, at_);
    if (!again || again->is_part || !token(at_ + again->tokens - 1)) return;
    const bool refines =
        before_->family == "dollar" && (again->is_code || again->is_name) && !again->is_weight;
    if (again->currency != before_->currency && !refines) return;
    const Token* next = token(at_ + again->tokens);
    if (next && next->kind == TokenKind::number && !again->is_name) return;
    if (!again->currency) return;
    sum_.currency = again->currency;
    sum_.end = at_ += again->tokens;
  }

  void read_currency_behind() {
    skip_hyphen();
    const std::size_t of = sum_.has_scale ? money_word_at(text_, at_, MoneyWord::of) : 0;
    const auto behind = currency_behind_number(text_, at_ + of);
    if (!behind || !behind->currency) return;
    const std::size_t end = at_ + of + behind->tokens;
    if (!token(end - 1) || belongs_to_next(end, *behind)) return;
    if (behind->needs_scale && !sum_.has_scale && !sum_.is_grouped) return;
    if (sum_.is_article && !sum_.has_scale && !behind->is_name) return;
    behind_ = behind;
    sum_.currency = behind->currency;
    sum_.end = at_ = end;
    if (behind->is_part) sum_.number.exponent -= 2;
    if (behind->is_code && !sum_.has_scale && read_scale()) sum_.end = at_;  // "75 USD million"
    if (behind->is_name && !sum_.has_scale) read_cents();
  }

  // "3 USD50 cards": the code touches the number behind it, not the one before.
  [[nodiscard]] bool belongs_to_next(std::size_t end, const CurrencyName& name) const {
    const Token* next = token(end);
    return next && next->kind == TokenKind::number && !next->space_before && !name.is_name &&
           text_.tokens[end - name.tokens].space_before;
  }

  // "3 dollars 50 cents", "zwei Euro und fünfzig Cent".
  void read_cents() {
    constexpr std::size_t most_tokens = 8;
    std::size_t at = at_ + money_word_at(text_, at_, MoneyWord::joins_between);
    std::size_t part = at + 1;
    while (part < at + most_tokens && token(part) && !is_part(part)) ++part;
    if (part == at + most_tokens || !token(part)) return;
    const auto number = cents_of(at, part);
    if (!number || sum_.number.exponent != 0 || sum_.number.mantissa > 1'000'000'000) return;
    sum_.number = {sum_.number.mantissa * 100 + *number, -2};
    sum_.end = at_ = part + 1;
  }

  [[nodiscard]] bool is_part(std::size_t at) const {
    const auto name = currency_behind_number(text_, at);
    return name && name->is_part && name->tokens == 1;
  }

  // Tokens [at, end) as one number below 100.
  [[nodiscard]] std::optional<std::int64_t> cents_of(std::size_t at, std::size_t end) const {
    std::optional<Decimal> value;
    if (text_.tokens[at].kind == TokenKind::number) {
      if (end == at + 1) value = parse_number(text_.tokens[at].folded, mark_, false);
    } else {
      const auto words = number_words_at(text_.tokens.first(end), at);
      if (words && at + words->tokens == end) value = words->value;
    }
    if (!value || value->exponent != 0 || value->mantissa >= 100) return std::nullopt;
    return value->mantissa;
  }

  [[nodiscard]] bool is_acceptable() const {
    if (before_ && before_->needs_scale && !sum_.has_scale && !sum_.is_grouped) return false;
    if (behind_ && behind_->is_weight && is_weight()) return false;
    return !is_year_of_prices();
  }

  // "180 pounds", "2 million pounds of cocaine", "a 300-pound man".
  [[nodiscard]] bool is_weight() const {
    if (token(sum_.end) && text_.tokens[sum_.end].folded == "of") {
      return money_word_at(text_, sum_.end + 1, MoneyWord::cargo) == 0;
    }
    if (sum_.has_scale) return false;
    if (text_.words(sum_.end - 1) == "pound" && text_.tokens[sum_.end - 2].folded == "-")
      return true;
    constexpr std::size_t reach = 12;
    const std::size_t first = sum_.begin > reach ? sum_.begin - reach : 0;
    const std::size_t last = std::min(text_.tokens.size(), sum_.end + reach);
    for (std::size_t i = first; i < last; ++i) {
      if (text_.sentences[i] != text_.sentences[sum_.begin]) continue;
      if (money_word_at(text_, i, MoneyWord::weight) > 0) return true;
    }
    return false;
  }

  // "in 2020 dollars" is the prices of a year.
  [[nodiscard]] bool is_year_of_prices() const {
    const bool year = !sum_.has_scale && !sum_.is_grouped && sum_.number.exponent == 0 &&
                      sum_.number.mantissa >= 1900 && sum_.number.mantissa < 2100;
    return year && behind_ && behind_->is_name && sum_.begin > 0 &&
           text_.tokens[sum_.begin - 1].folded == "in";
  }

  const MoneyTokens& text_;
  std::size_t at_;
  DecimalMark mark_;
  bool ends_range_;
  Sum sum_;
  std::optional<CurrencyName> before_;
  std::optional<CurrencyName> behind_;
  std::int64_t fraction_ = 0;  // hundredths
};

}  // namespace

std::optional<std::int64_t> Sum::thousandths() const {
  constexpr int power_of_thousandths = 3;
  return number.scaled(scale + power_of_thousandths);
}

std::optional<Sum> sum_at(const MoneyTokens& text, std::size_t at, DecimalMark mark,
                          bool ends_range) {
  return SumReader{text, at, mark, ends_range}.read();
}

}  // namespace stakeout
