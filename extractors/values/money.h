#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stakeout {

// A currency by its ISO 4217 code, three capital letters.
class Currency {
 public:
  // nullopt unless `code` is three letters A to Z; whether such a currency exists is the caller's
  // table's business.
  [[nodiscard]] static constexpr std::optional<Currency> make(std::string_view code) {
    if (code.size() != 3) return std::nullopt;
    for (const char c : code) {
      if (c < 'A' || c > 'Z') return std::nullopt;
    }
    return Currency{{code[0], code[1], code[2]}};
  }

  [[nodiscard]] constexpr std::string_view code() const { return {code_.data(), code_.size()}; }
  friend constexpr auto operator<=>(const Currency&, const Currency&) = default;

 private:
  constexpr explicit Currency(std::array<char, 3> code) : code_{code} {}
  std::array<char, 3> code_;
};

// A sum of money as an article states it: "$2 million", "€1-1.5bn".
//
// Always true of a Money: 0 <= low() <= high(), and the two differ only for a range. Amounts count
// thousandths of the major unit (the smallest subdivision of any currency in use; 9 * 10^15 major
// units fit); floating point never touches money.
class Money {
 public:
  static constexpr std::int64_t per_major = 1000;

  static constexpr Money exact(std::int64_t thousandths, Currency currency) {
    return Money{thousandths, thousandths, currency};
  }
  // The ends may come in either order: "between $5m and $3m" happens.
  static constexpr Money between(std::int64_t a, std::int64_t b, Currency currency) {
    return a <= b ? Money{a, b, currency} : Money{b, a, currency};
  }

  [[nodiscard]] constexpr std::int64_t low() const { return low_; }
  [[nodiscard]] constexpr std::int64_t high() const { return high_; }
  [[nodiscard]] constexpr bool is_range() const { return low_ != high_; }
  [[nodiscard]] constexpr Currency currency() const { return currency_; }
  friend constexpr bool operator==(const Money&, const Money&) = default;

 private:
  constexpr Money(std::int64_t low, std::int64_t high, Currency currency)
      : low_{low}, high_{high}, currency_{currency} {}

  std::int64_t low_;
  std::int64_t high_;
  Currency currency_;
};

// Thousandths as a plain decimal string in major units, without needless zeros: "2000000",
// "1234567.89", "0.005".
[[nodiscard]] std::string decimal_string(std::int64_t thousandths);

// Reads what decimal_string() prints. nullopt on anything else, on more than three decimals, and on
// what does not fit.
[[nodiscard]] std::optional<std::int64_t> parse_decimal(std::string_view text);

}  // namespace stakeout
