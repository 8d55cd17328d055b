#include "extractors/facts/currency_homes.h"

#include <algorithm>
#include <cstddef>

#include "extractors/facts/phrases.h"
#include "extractors/text/table.h"

namespace stakeout {

namespace facts_data {
std::string_view currency_homes();
}  // namespace facts_data

namespace {

struct Home {
  Currency currency;
  std::string_view family;
};

struct Homes {
  std::vector<Home> rows;
  PhraseTable words;
};

const Homes& homes() {
  static const Homes table = [] {
    Homes t;
    for (const auto& row : read_table(facts_data::currency_homes())) {
      const auto currency = Currency::make(row.at(1));
      if (!currency) continue;
      std::string_view rest = row[0];
      while (!rest.empty()) {
        const std::size_t bar = rest.find('|');
        t.words.add(rest.substr(0, bar), t.rows.size());
        rest.remove_prefix(bar == std::string_view::npos ? rest.size() : bar + 1);
      }
      t.rows.push_back({*currency, row.at(2)});
    }
    return t;
  }();
  return table;
}

}  // namespace

CurrencyHomes::CurrencyHomes(std::span<const Token> tokens) {
  for (const Home& home : homes().rows) counts_.push_back({home.currency, home.family});
  for (std::size_t i = 0; i < tokens.size();) {
    const auto place = homes().words.starting_at(tokens, i);
    if (place) ++counts_[place->value].words;
    i += place ? place->tokens : 1;
  }
  std::ranges::stable_sort(counts_, std::ranges::greater{}, &Count::words);
}

std::optional<Currency> CurrencyHomes::of(std::string_view family) const {
  const auto is_of_family = [&](const Count& count) { return count.family == family; };
  const auto most = std::ranges::find_if(counts_, is_of_family);
  if (most == counts_.end() || most->words == 0) return std::nullopt;
  const auto next = std::find_if(most + 1, counts_.end(), is_of_family);
  if (next != counts_.end() && next->words == most->words) return std::nullopt;
  return most->currency;
}

std::optional<Currency> CurrencyHomes::instead_of(Currency usual, std::string_view family) const {
  constexpr std::size_t fewest_words = 3;
  constexpr std::size_t outweighs = 3;
  std::size_t most = 0;
  std::size_t others = 0;
  std::optional<Currency> home;
  for (const Count& count : counts_) {
    if (count.family != family) continue;
    if (!home) {
      home = count.currency;
      most = count.words;
    } else {
      others += count.words;
    }
  }
  const bool is_plain = most >= fewest_words && most >= outweighs * others;
  return is_plain && home != usual ? home : std::nullopt;
}

}  // namespace stakeout
