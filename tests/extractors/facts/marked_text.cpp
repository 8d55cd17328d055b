#include "tests/extractors/facts/marked_text.h"

#include <utility>

namespace stakeout {
namespace {

// Cuts the first word off.
std::string_view take_word(std::string_view& rest) {
  const std::size_t blank = rest.find(' ');
  const std::string_view word = rest.substr(0, blank);
  rest.remove_prefix(blank + 1);
  return word;
}

void add(MarkedText& out, char kind, std::string_view rest) {
  const std::size_t start = out.text.size();
  const auto span_of = [&](std::string_view words) {
    out.text += words;
    return Span{start, start + words.size()};
  };
  if (kind == 'V' || kind == 'A') {
    const std::size_t equals = rest.find('=');
    const std::string_view words = rest.substr(0, equals);
    Mention mention;
    mention.kind = kind == 'V' ? EntityKind::vendor : EntityKind::agency;
    mention.name = equals == std::string_view::npos ? words : rest.substr(equals + 1);
    mention.text = words;
    mention.span = span_of(words);
    out.facts.mentions.push_back(std::move(mention));
    return;
  }
  const std::string value{take_word(rest)};
  const Span span = span_of(rest);
  const std::string words{rest};
  if (kind == 'M' || kind == 'P') {
    const Money money = Money::exact(*parse_decimal(value), *Currency::make("USD"));
    const Role role = kind == 'M' ? Role::contract : Role::penalty;
    out.facts.money.push_back({words, span, money, Qualifier::exact, role});
  } else if (kind == 'D') {
    const PartialDate date = *parse_partial_date(value);
    out.facts.dates.push_back({words, span, date, date});
  } else {
    out.facts.durations.push_back({words, span, value});
  }
}

}  // namespace

MarkedText::MarkedText(std::string_view marked) {
  while (!marked.empty()) {
    const std::size_t open = marked.find('[');
    text += marked.substr(0, open);
    if (open == std::string_view::npos) return;
    const std::size_t close = marked.find(']', open);
    add(*this, marked[open + 1], marked.substr(open + 3, close - open - 3));
    marked.remove_prefix(close + 1);
  }
}

}  // namespace stakeout
