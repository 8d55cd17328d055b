#pragma once

#include <cstddef>
#include <optional>

#include "extractors/facts/currencies.h"
#include "extractors/values/words.h"

namespace stakeout {

// The words around sums of money that are neither number nor currency (data/money_context.tsv has
// what each kind is for).
enum class MoneyWord {
  weight,
  cargo,
  change,
  between,
  joins_between,
  to,
  filler,
  of,
  vague,
  in_for
};

// How many tokens a word of this kind takes that begins at `at`; 0: there is none.
[[nodiscard]] std::size_t money_word_at(const MoneyTokens& text, std::size_t at, MoneyWord kind);
// The same for one that ends before token `end`.
[[nodiscard]] std::size_t money_word_before(const MoneyTokens& text, std::size_t end,
                                            MoneyWord kind);

// What the words around tokens [begin, end), one sum, say of its exactness.
[[nodiscard]] Qualifier qualifier_around(const MoneyTokens& text, std::size_t begin,
                                         std::size_t end);

}  // namespace stakeout
