#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "extractors/facts/date_cues.h"
#include "extractors/facts/dates.h"
#include "extractors/facts/numerals.h"

namespace stakeout {
namespace {

// A count of one unit: "18 months".
struct Count {
  std::int64_t number = 0;
  char unit = 'D';
  std::size_t end = 0;  // token behind it
};

class Finder {
 public:
  explicit Finder(const Prose& prose) : prose_{prose}, tokens_{prose.tokens()} {}

  std::vector<DurationMention> run() {
    for (std::size_t at = 0; at < tokens_.size();) at = step(at);
    return std::move(found_);
  }

 private:
  std::size_t step(std::size_t at) {
    if (const auto adjective = date_cue_at(tokens_, at, DateCueKind::lasting)) {
      return add_adjective(at, *adjective);
    }
    const auto count = count_at(at);
    if (!count) return at + 1;
    if (is_no_duration(at, count->end)) return count->end;
    std::string iso = "P" + std::to_string(count->number) + count->unit;
    std::size_t end = count->end;
    if (count->unit == 'Y' && folded(end) == "and") {
      const auto rest = count_at(end + 1);  // "6 years and 4 months"
      if (rest && rest->unit == 'M' && !is_no_duration(at, rest->end)) {
        iso += std::to_string(rest->number) + rest->unit;
        end = rest->end;
      }
    }
    found_.push_back({std::string{prose_.words(at, end)}, prose_.span_of_tokens(at, end), iso});
    return end;
  }

  // "zweijährig", "triennale", "18-monatig".
  std::size_t add_adjective(std::size_t at, const DateCue& adjective) {
    const std::size_t end = at + adjective.tokens;
    std::string number = std::to_string(adjective.number);
    std::size_t first = at;
    if (adjective.number == 0) {
      first = at > 1 && folded(at - 1) == "-" ? at - 2 : at - std::min<std::size_t>(at, 1);
      const auto digits = first < at && tokens_[first].kind == TokenKind::number
                              ? parse_number(tokens_[first].folded, DecimalMark::point, false)
                              : std::nullopt;
      const auto value = digits ? digits->scaled(0) : std::nullopt;
      if (!value || *value < 1 || *value > 100) return end;
      number = std::to_string(*value);
    }
    // "der 20-Jährige", "die zweijährige Tochter".
    if (adjective.number == 0 && tokens_[at].starts_upper) return end;
    if (date_cue_at(tokens_, end, DateCueKind::aged) || end >= tokens_.size() ||
        tokens_[end].kind != TokenKind::word) {
      return end;
    }
    found_.push_back({std::string{prose_.words(first, end)}, prose_.span_of_tokens(first, end),
                      "P" + number + adjective.value.back()});
    return end;
  }

  [[nodiscard]] std::string_view folded(std::size_t at) const {
    return at < tokens_.size() ? std::string_view{tokens_[at].folded} : std::string_view{};
  }

  // "a $3 year", "20-year-old", "two days ago".
  [[nodiscard]] bool is_no_duration(std::size_t at, std::size_t end) const {
    if (at > 0 && tokens_[at - 1].kind == TokenKind::symbol) return true;
    if (at > 0 && !tokens_[at].space_before && folded(at - 1) == "-") return true;
    const std::size_t next = folded(end) == "-" ? end + 1 : end;
    return folded(next) == "old" || folded(next) == "ago";
  }

  [[nodiscard]] std::optional<Count> count_at(std::size_t at) const {
    if (at >= tokens_.size()) return std::nullopt;
    std::size_t end = at + 1;
    Decimal number;
    bool is_article = false;
    if (tokens_[at].kind == TokenKind::number) {
      const auto digits = parse_number(tokens_[at].folded, DecimalMark::point, false);
      if (!digits) return std::nullopt;
      number = *digits;
    } else {
      const auto words = number_words_at(tokens_, at);
      if (!words || words->is_fraction) return std::nullopt;
      number = words->value;
      is_article = words->is_article;
      end = at + words->tokens;
    }
    if (folded(end) == "-" && !tokens_[end].space_before) ++end;
    // "two more years"
    if (const auto more = date_cue_at(tokens_, end, DateCueKind::unit_filler)) end += more->tokens;
    return count_of(number, is_article, end);
  }

  // "for a year", "por un año": a duration, whose article stands before `at`.
  [[nodiscard]] bool is_for(std::size_t at) const {
    return at > 1 && date_cue_before(tokens_, at - 1, DateCueKind::lasts).has_value();
  }

  // The count with its unit at `at`. "a year" is a rate more often than a duration; "a decade" is
  // one, and so is "one year".
  [[nodiscard]] std::optional<Count> count_of(const Decimal& number, bool is_article,
                                              std::size_t at) const {
    constexpr std::int64_t most = 10'000;
    auto unit = date_cue_at(tokens_, at, DateCueKind::unit);
    if (!unit && number.mantissa == 1 && number.exponent == 0) {
      unit = date_cue_at(tokens_, at, DateCueKind::unit_of_one);
    }
    if (!unit || prose_.sentence_of(at) != prose_.sentence_of(at - 1)) return std::nullopt;
    if (is_article && unit->value != "10Y" && !is_for(at)) return std::nullopt;
    Count count{0, unit->value.back(), at + unit->tokens};
    auto value = number.scaled(0);
    if (number.exponent < 0 && count.unit == 'Y') {  // "one and a half years"
      const auto months = Decimal{number.mantissa * 12, number.exponent}.scaled(0);
      count.unit = 'M';
      value = months;
    } else if (number.exponent < 0) {
      return std::nullopt;
    }
    if (!value || *value < 1 || *value > most) return std::nullopt;
    count.number = *value * unit->number;
    return count;
  }

  const Prose& prose_;
  const std::vector<Token>& tokens_;
  std::vector<DurationMention> found_;
};

}  // namespace

std::vector<DurationMention> find_durations(const Prose& prose) {
  return Finder{prose}.run();
}

}  // namespace stakeout
