#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/facts/currency_homes.h"
#include "extractors/text/prose.h"
#include "extractors/values/money.h"

namespace stakeout {

// The tokens of a text as sums of money need them: codes are parted from digits ("USD1,350,000" is
// "USD" and "1,350,000"), and folded forms have no accents. Borrows the prose.
struct MoneyTokens {
  explicit MoneyTokens(const Prose& prose);
  MoneyTokens(const MoneyTokens&) = delete;
  MoneyTokens& operator=(const MoneyTokens&) = delete;

  std::string_view text;
  std::span<const Token> tokens;         // the prose's own, unless some of them differ
  std::vector<std::uint32_t> sentences;  // of each token

  [[nodiscard]] std::string_view words(std::size_t token) const {
    return text.substr(tokens[token].begin, tokens[token].end - tokens[token].begin);
  }
  // What the whole text tells of whose money it means; counted when first asked.
  [[nodiscard]] const CurrencyHomes& homes() const;
  // True when tokens [first, end) exist and belong to one sentence.
  [[nodiscard]] bool is_one_sentence(std::size_t first, std::size_t end) const {
    return first < end && end <= tokens.size() && sentences[first] == sentences[end - 1];
  }

 private:
  std::vector<Token> own_;
  mutable std::optional<CurrencyHomes> homes_;
};

// How a text names a currency, found in data/currencies.tsv.
struct CurrencyName {
  std::optional<Currency> currency;  // none for cents, which count beside a whole sum only
  std::size_t tokens = 0;
  bool is_code = false;
  bool is_name = false;      // "dollars"
  bool has_origin = false;   // "Canadian dollars"
  bool is_part = false;      // hundredths: pence, cents
  bool is_weight = false;    // "pounds"
  bool needs_scale = false;  // the form means other things, too: "Euro 2024"
  std::string_view family;   // "dollar"; "-" when origins do not apply
};

// The currency named by the tokens from `at`: before a number, or behind one. A name that several
// countries use ("pesos", "$") is taken for that of the country the text is about.
[[nodiscard]] std::optional<CurrencyName> currency_before_number(const MoneyTokens& text,
                                                                 std::size_t at);
[[nodiscard]] std::optional<CurrencyName> currency_behind_number(const MoneyTokens& text,
                                                                 std::size_t at);

}  // namespace stakeout
