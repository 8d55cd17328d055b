#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "extractors/text/prose.h"
#include "extractors/values/money.h"

namespace stakeout {

// Whose pesos or dollars a text means that does not say so: the country it speaks of most, by the
// words of data/currency_homes.tsv.
class CurrencyHomes {
 public:
  // Counts the words of the text. Keeps nothing of the tokens.
  explicit CurrencyHomes(std::span<const Token> tokens);

  // The currency of a family whose name alone means none ("pesos"): that of the one country named
  // more often than each other one. Null when none is.
  [[nodiscard]] std::optional<Currency> of(std::string_view family) const;

  // The same for a family whose name alone means `usual` ("$" is USD): null unless the text is
  // plainly at home elsewhere.
  [[nodiscard]] std::optional<Currency> instead_of(Currency usual, std::string_view family) const;

 private:
  struct Count {
    Currency currency;
    std::string_view family;
    std::size_t words = 0;
  };

  std::vector<Count> counts_;  // most words first
};

}  // namespace stakeout
