#include "extractors/facts/money.h"

#include <string>
#include <utility>

#include "extractors/facts/money_context.h"
#include "extractors/facts/numerals.h"
#include "extractors/facts/sums.h"

namespace stakeout {
namespace {

class Finder {
 public:
  explicit Finder(const Prose& prose)
      : prose_{prose}, text_{prose}, mark_{decimal_mark_of(prose.tokens())} {}

  std::vector<MoneyMention> run() {
    for (std::size_t i = 0; i < text_.tokens.size();) {
      const auto sum = sum_at(text_, i, mark_);
      i = sum ? take(*sum) : i + 1;
    }
    return std::move(found_);
  }

 private:
  // Keeps the sum, or the range that it opens, and says where to go on.
  std::size_t take(const Sum& first) {
    if (const auto last = range_end(first)) {
      const Currency currency = *(first.currency ? first.currency : last->currency);
      Sum low = first;
      if (shares_scale(first, *last)) low.scale = last->scale;
      const auto from = low.thousandths();
      const auto to = last->thousandths();
      if (from && to && *from < *to) {
        add(first.begin, last->end, Money::between(*from, *to, currency), Qualifier::range);
        return last->end;
      }
    }
    const auto amount = first.thousandths();
    if (!first.currency || !amount) return first.begin + 1;
    add(first.begin, first.end, Money::exact(*amount, *first.currency),
        qualifier_around(text_, first.begin, first.end));
    return first.end;
  }

  // "$2-3 million": a scale said once holds for both ends.
  static bool shares_scale(const Sum& first, const Sum& last) {
    const auto value = first.number.scaled(0);
    return !first.has_scale && last.has_scale && value && *value < 1000;
  }

  // The sum at the other end when `first` opens a range.
  [[nodiscard]] std::optional<Sum> range_end(const Sum& first) const {
    const bool between = money_word_before(text_, first.begin, MoneyWord::between) > 0;
    std::size_t joint = money_word_at(text_, first.end, MoneyWord::to);
    if (joint == 0 && between) joint = money_word_at(text_, first.end, MoneyWord::joins_between);
    if (joint == 0 || !text_.is_one_sentence(first.begin, first.end + joint + 1))
      return std::nullopt;
    const auto last = sum_at(text_, first.end + joint, mark_, first.currency.has_value());
    if (!last || last->is_article || first.is_article) return std::nullopt;
    const bool is_dash = text_.tokens[first.end].kind != TokenKind::word;
    return fits(first, *last, is_dash, between) ? last : std::nullopt;
  }

  [[nodiscard]] bool fits(const Sum& first, const Sum& last, bool is_dash, bool between) const {
    if (first.currency && last.currency) {
      return first.currency == last.currency && (is_dash || between || !is_change(first));
    }
    if (first.currency) return is_dash || between || last.has_scale;
    if (!last.currency || last.is_named_before) return false;
    return is_dash || between || !is_change(first);
  }

  // "rose from $5 million to $7 million": two sums, and no range.
  [[nodiscard]] bool is_change(const Sum& first) const {
    constexpr std::size_t reach = 12;
    for (std::size_t end = first.begin; end > 0 && first.begin - end < reach; --end) {
      if (text_.sentences[end - 1] != text_.sentences[first.begin]) return false;
      if (money_word_before(text_, end, MoneyWord::change) > 0) return true;
    }
    return false;
  }

  void add(std::size_t begin, std::size_t end, Money money, Qualifier qualifier) {
    const std::size_t first_byte = text_.tokens[begin].begin;
    const std::size_t last_byte = text_.tokens[end - 1].end;
    found_.push_back({.text = std::string{text_.text.substr(first_byte, last_byte - first_byte)},
                      .span = prose_.span_of_bytes(first_byte, last_byte),
                      .money = money,
                      .qualifier = qualifier});
  }

  const Prose& prose_;
  MoneyTokens text_;
  DecimalMark mark_;
  std::vector<MoneyMention> found_;
};

}  // namespace

std::vector<MoneyMention> find_money(const Prose& prose) {
  return Finder{prose}.run();
}

}  // namespace stakeout
