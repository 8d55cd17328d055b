#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "extractors/text/prose.h"

namespace stakeout {

// A number as prose writes it: mantissa * 10^exponent, so that "1.25" and "2 billion" are exact.
struct Decimal {
  std::int64_t mantissa = 0;
  int exponent = 0;

  // The value times 10^power as a whole number; digits beyond that are cut off. nullopt when it
  // does not fit.
  [[nodiscard]] std::optional<std::int64_t> scaled(int power) const;
};

// Which mark a text puts before decimals; it decides what "1.250" and "1,250" are.
enum class DecimalMark { unknown, point, comma };

// What the function words of a text tell of its language, and so of its numbers.
[[nodiscard]] DecimalMark decimal_mark_of(std::span<const Token> tokens);

// Reads a number token: "1,234.56", "1.234,56", "12,34,567", "1'050". `mark` decides where the
// number itself leaves it open. `has_scale` says that "million" or the like follows, before which
// an English "4.125" and a German "4,125" have decimals. nullopt for versions, dates and addresses
// ("10.0.0.1").
[[nodiscard]] std::optional<Decimal> parse_number(std::string_view digits, DecimalMark mark,
                                                  bool has_scale);

// A number in words, as long as the words allow: "two hundred and fifty", "half", "dreizehn",
// "quatre-vingt-dix", in English, Spanish, French, Dutch, German, Italian, Portuguese, Swedish.
struct NumberWords {
  Decimal value;
  std::size_t tokens = 0;
  bool is_article = false;   // "a", "un", "eine": one, or just an article
  bool is_fraction = false;  // "half", "quarter": "half a million"
};
[[nodiscard]] std::optional<NumberWords> number_words_at(std::span<const Token> tokens,
                                                         std::size_t at);

// The folded form of a token without accents: how the number and currency tables are spelled.
[[nodiscard]] std::string plain_form(const Token& token);

}  // namespace stakeout
