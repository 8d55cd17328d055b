#include "extractors/facts/numerals.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>
#include <limits>
#include <string>

#include "extractors/text/table.h"
#include "extractors/text/unicode.h"

namespace stakeout {

namespace facts_data {
std::string_view decimal_marks();
std::string_view number_words();
}  // namespace facts_data

namespace {

constexpr std::int64_t max_value = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t max_digits = 18;  // fit into 64 bits

enum class Kind { unit, ten, hundred, times, multiplier, article, fraction, joiner, point };

struct Word {
  Kind kind = Kind::unit;
  std::int64_t value = 0;  // of a fraction, hundredths
};

Kind kind_of(std::string_view name) {
  if (name == "ten") return Kind::ten;
  if (name == "hundred") return Kind::hundred;
  if (name == "times") return Kind::times;
  if (name == "multiplier") return Kind::multiplier;
  if (name == "article") return Kind::article;
  if (name == "fraction") return Kind::fraction;
  if (name == "and") return Kind::joiner;
  if (name == "point") return Kind::point;
  return Kind::unit;
}

// Digits with an optional point: the value times 10^decimals, and how many decimals there were.
Decimal plain_decimal(std::string_view text) {
  Decimal value;
  for (const char c : text) {
    if (c != '.') value.mantissa = value.mantissa * 10 + (c - '0');
  }
  const std::size_t point = text.find('.');
  if (point != std::string_view::npos) value.exponent = -static_cast<int>(text.size() - point - 1);
  return value;
}

// The number words of all languages; of equal ones the first counts.
class NumberTable {
 public:
  explicit NumberTable(std::string_view table) {
    for (const auto& row : read_table(table)) {
      if (words_.find(row[0]) != nullptr) continue;
      const Kind kind = kind_of(row.at(2));
      const Decimal value = plain_decimal(row.at(1));
      const int power = kind == Kind::fraction ? 2 : 0;
      words_[row[0]] = {kind, value.scaled(power).value_or(0)};
      if (row[0].size() == 2) short_endings_.set(ending_of(row[0], 2));
      if (row[0].size() > 2) endings_.set(ending_of(row[0], 3));
    }
  }

  [[nodiscard]] const Word* find(std::string_view word) const { return words_.find(word); }
  [[nodiscard]] const Word* find(const Token& token) const {
    return words_.find(token.folded, token.hash);
  }

  // May a number word of two bytes and more stand at the end of this longer one? Most words are
  // told to be none by their last bytes.
  [[nodiscard]] bool may_end(std::string_view word) const {
    return short_endings_.test(ending_of(word, 2)) || endings_.test(ending_of(word, 3));
  }

 private:
  static constexpr std::size_t ending_bits = 14;

  // The last bytes of a word, `count` of them, as a number; letters far apart may be mistaken.
  static std::size_t ending_of(std::string_view word, std::size_t count) {
    std::size_t bits = 0;
    for (const char c : word.substr(word.size() - count)) {
      bits = bits << 5 ^ static_cast<unsigned char>(c);
    }
    return bits & ((std::size_t{1} << ending_bits) - 1);
  }

  WordMap<Word> words_;
  std::bitset<std::size_t{1} << ending_bits> short_endings_;  // of words of two bytes
  std::bitset<std::size_t{1} << ending_bits> endings_;        // of longer ones: their last three
};

const NumberTable& number_table() {
  static const NumberTable table{facts_data::number_words()};
  return table;
}

// Adds up number words as they come; add() refuses a word that cannot go on the number.
class Sum {
 public:
  bool add(const Word& word, bool behind_joiner) {
    switch (word.kind) {
      case Kind::unit:
      case Kind::article:
        return add_unit(word.value);
      case Kind::ten:
        return add_ten(word.value, behind_joiner);
      case Kind::hundred:
        return add_if(current_ % 1000 == 0, word.value);
      case Kind::times:
      case Kind::multiplier:
        return multiply(word.value);
      case Kind::fraction:
      case Kind::joiner:
      case Kind::point:
        return false;
    }
    return false;
  }

  [[nodiscard]] std::int64_t value() const { return total_ + current_; }

 private:
  bool add_if(bool fits, std::int64_t value) {
    if (fits) current_ += value;
    return fits;
  }

  // "twenty-five", and the French "soixante-quinze", "quatre-vingt-dix".
  bool add_unit(std::int64_t value) {
    const std::int64_t rest = current_ % 100;
    const bool french = value >= 10 && (rest == 60 || rest == 80);
    return add_if(rest == 0 || french || (value < 10 && rest % 10 == 0 && rest >= 20), value);
  }

  // "hundred twenty", the German and Dutch "achtundsiebzig", the French "quatre-vingt".
  bool add_ten(std::int64_t value, bool behind_joiner) {
    const std::int64_t rest = current_ % 100;
    if (rest == 4 && value == 20 && !behind_joiner) return add_if(true, 76);
    return add_if(rest == 0 || (rest < 10 && behind_joiner), value);
  }

  bool multiply(std::int64_t value) {
    if (current_ == 0 && total_ != 0) return false;
    if (value == 100) {
      if (current_ >= 100) return false;
      current_ = std::max<std::int64_t>(current_, 1) * 100;
      return true;
    }
    if (total_ != 0) return false;
    total_ = std::max<std::int64_t>(current_, 1) * value;
    current_ = 0;
    return true;
  }

  std::int64_t total_ = 0;
  std::int64_t current_ = 0;
};

constexpr std::size_t longest_compound = 60;  // bytes
constexpr std::size_t longest_part = 14;

// Cuts a word into number words, longer ones first where there is a choice; empty when it is not
// made of them throughout. parts[i] is the size of the word that begins at byte i.
std::array<std::size_t, longest_compound + 1> parts_of(std::string_view word) {
  std::array<std::size_t, longest_compound + 1> parts{};
  for (std::size_t at = word.size(); at-- > 0;) {
    for (std::size_t size = std::min(word.size() - at, longest_part); size > 0; --size) {
      const bool goes_on = at + size == word.size() || parts[at + size] > 0;
      if (goes_on && number_table().find(word.substr(at, size)) != nullptr) {
        parts[at] = size;
        break;
      }
    }
  }
  return parts;
}

// Most words end in no number word; this spares them parts_of().
bool ends_in_number(std::string_view word) {
  if (!number_table().may_end(word)) return false;
  for (std::size_t size = 2; size <= std::min(word.size(), longest_part); ++size) {
    if (number_table().find(word.substr(word.size() - size)) != nullptr) return true;
  }
  return false;
}

// The value of a number written as one word: "dreizehn", "siebenhundert", "quarantacinque".
std::optional<Word> compound_word(std::string_view word) {
  if (word.size() < 5 || word.size() > longest_compound || !ends_in_number(word)) {
    return std::nullopt;
  }
  const auto parts = parts_of(word);
  if (parts[0] == 0) return std::nullopt;
  Sum sum;
  bool joined = false;
  for (std::size_t at = 0; at < word.size(); at += parts[at]) {
    const std::string_view part = word.substr(at, parts[at]);
    const Word number = *number_table().find(part);
    // "en" is the article of Swedish and the "and" of Dutch; inside a word it is the latter.
    const bool joins = number.kind == Kind::joiner || part == "en";
    if (!joins && !sum.add(number, joined)) return std::nullopt;
    joined = joins;
  }
  if (joined) return std::nullopt;
  return Word{Kind::unit, sum.value()};
}

std::optional<Word> word_of_token(const Token& token) {
  if (token.kind != TokenKind::word) return std::nullopt;
  if (!token.is_ascii) {
    const std::string plain = plain_form(token);
    const Word* word = number_table().find(plain);
    return word != nullptr ? std::optional{*word} : compound_word(plain);
  }
  const Word* word = number_table().find(token);
  return word != nullptr ? std::optional{*word} : compound_word(token.folded);
}

bool is_joint(std::span<const Token> tokens, std::size_t at) {
  return tokens[at].folded == "-" && !tokens[at].space_before && at + 1 < tokens.size() &&
         !tokens[at + 1].space_before;
}

// Groups of digits as they stand between marks, and whether they are thousands: three digits each,
// but for the Indian "12,34,567".
bool are_thousands(std::string_view digits, char mark) {
  const std::size_t first = digits.find(mark);
  if (first == 0 || first > 3) return false;
  std::size_t last_size = 0;
  for (std::size_t at = first; at != std::string_view::npos;) {
    const std::size_t next = digits.find(mark, at + 1);
    last_size = (next == std::string_view::npos ? digits.size() : next) - at - 1;
    if (last_size != 3 && !(mark == ',' && last_size == 2)) return false;
    at = next;
  }
  return last_size == 3;
}

std::string without(std::string_view text, char mark) {
  std::string out{text};
  std::erase(out, mark);
  return out;
}

// A number with one kind of mark that stands in it once: whether it parts decimals.
bool parts_decimals(std::string_view digits, char mark, DecimalMark own, bool has_scale) {
  const std::size_t at = digits.find(mark);
  const std::size_t decimals = digits.size() - at - 1;
  if (decimals != 3 || at > 3) return true;
  if (digits.substr(0, at) == "0") return true;  // "0.125"
  const bool is_own = own == (mark == '.' ? DecimalMark::point : DecimalMark::comma);
  // An English "$4.125" has decimals; a German "4,125" only before a scale, since English marks
  // are often taken over.
  return mark == '.' ? is_own || (own == DecimalMark::unknown && has_scale) : is_own && has_scale;
}

// "one point five": digits in words behind a word for the decimal mark.
void add_decimals(std::span<const Token> tokens, std::size_t at, NumberWords& number) {
  constexpr int most_decimals = 4;
  constexpr std::int64_t largest_whole = 1'000'000;
  std::size_t next = at + number.tokens;
  const auto mark = next < tokens.size() ? word_of_token(tokens[next]) : std::nullopt;
  if (!mark || mark->kind != Kind::point || number.value.mantissa > largest_whole) return;
  for (++next; next < tokens.size() && number.value.exponent > -most_decimals; ++next) {
    const auto digit = word_of_token(tokens[next]);
    if (!digit || digit->kind != Kind::unit || digit->value > 9) return;
    number.value = {number.value.mantissa * 10 + digit->value, number.value.exponent - 1};
    number.tokens = next + 1 - at;
    number.is_article = false;
  }
}

}  // namespace

std::optional<std::int64_t> Decimal::scaled(int power) const {
  std::int64_t value = mantissa;
  for (int i = exponent + power; i > 0; --i) {
    if (value > max_value / 10) return std::nullopt;
    value *= 10;
  }
  for (int i = exponent + power; i < 0; ++i) value /= 10;
  return value;
}

DecimalMark decimal_mark_of(std::span<const Token> tokens) {
  static const auto marks = [] {
    WordMap<DecimalMark> table;
    for (const auto& row : read_table(facts_data::decimal_marks())) {
      if (table.find(row[0]) != nullptr) continue;  // of equal rows the first counts
      table[row[0]] = row.at(1) == "point" ? DecimalMark::point : DecimalMark::comma;
    }
    return table;
  }();
  int points = 0;
  int commas = 0;
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::word) continue;
    const DecimalMark* mark = marks.find(token.folded, token.hash);
    if (mark != nullptr) ++(*mark == DecimalMark::point ? points : commas);
  }
  if (points == commas) return DecimalMark::unknown;
  return points > commas ? DecimalMark::point : DecimalMark::comma;
}

std::optional<Decimal> parse_number(std::string_view digits, DecimalMark mark, bool has_scale) {
  std::string number{digits};
  for (const std::string_view apostrophe : {"'", "\u2019"}) {
    for (std::size_t at = number.find(apostrophe); at != std::string::npos;
         at = number.find(apostrophe, at)) {
      number.erase(at, apostrophe.size());
    }
  }
  const std::size_t point = number.rfind('.');
  const std::size_t comma = number.rfind(',');
  if (point != std::string::npos && comma != std::string::npos) {
    const char decimal = point > comma ? '.' : ',';
    const char group = point > comma ? ',' : '.';
    const std::string whole = number.substr(0, std::max(point, comma));
    if (!are_thousands(whole, group) || whole.find(decimal) != std::string::npos) {
      return std::nullopt;
    }
    number = without(number, group);
  } else if (point != std::string::npos || comma != std::string::npos) {
    const char only = point != std::string::npos ? '.' : ',';
    if (std::ranges::count(number, only) > 1 || !parts_decimals(number, only, mark, has_scale)) {
      if (!are_thousands(number, only)) return std::nullopt;
      number = without(number, only);
    }
  }
  std::ranges::replace(number, ',', '.');
  const bool is_ascii =
      std::ranges::all_of(number, [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
  if (!is_ascii || number.empty() || number.size() > max_digits) return std::nullopt;
  return plain_decimal(number);
}

std::optional<NumberWords> number_words_at(std::span<const Token> tokens, std::size_t at) {
  constexpr std::size_t most_tokens = 16;
  const auto first = word_of_token(tokens[at]);
  if (!first || first->kind == Kind::joiner || first->kind == Kind::multiplier ||
      first->kind == Kind::point) {
    return std::nullopt;
  }
  if (first->kind == Kind::fraction) return NumberWords{{first->value, -2}, 1, false, true};

  Sum sum;
  sum.add(*first, false);
  std::size_t end = at + 1;
  bool is_article = first->kind == Kind::article;
  while (end + 1 <= tokens.size() && end - at < most_tokens) {
    std::size_t next = end;
    bool joined = false;
    if (next < tokens.size() && is_joint(tokens, next)) ++next;
    if (next >= tokens.size()) break;
    auto word = word_of_token(tokens[next]);
    if (word && (word->kind == Kind::joiner) && next + 1 < tokens.size()) {
      joined = true;
      if (is_joint(tokens, ++next)) ++next;
      if (next < tokens.size()) word = word_of_token(tokens[next]);
      if (word && word->kind == Kind::article && next + 1 < tokens.size()) {
        const auto half = word_of_token(tokens[next + 1]);  // "one and a half"
        if (half && half->kind == Kind::fraction) {
          word = half;
          ++next;
        }
      }
    }
    if (!word) break;
    if (word->kind == Kind::fraction && joined) {
      return NumberWords{{sum.value() * 100 + word->value, -2}, next + 1 - at, false, false};
    }
    if (word->kind == Kind::article && !joined) break;
    if (is_article && word->kind == Kind::fraction) {
      return NumberWords{{word->value, -2}, next + 1 - at, false, true};  // "a quarter", "een half"
    }
    if (!sum.add(*word, joined && word->kind != Kind::ten)) break;
    is_article = false;
    end = next + 1;
  }
  NumberWords number{{sum.value(), 0}, end - at, is_article, false};
  add_decimals(tokens, at, number);
  return number;
}

std::string plain_form(const Token& token) {
  return token.is_ascii ? token.folded : fold_accents(token.folded);
}

}  // namespace stakeout
