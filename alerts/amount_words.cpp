#include "alerts/amount_words.h"

#include <algorithm>
#include <map>

namespace stakeout {

std::string plain_cell(const Cell& cell) {
  if (const auto* string = std::get_if<std::string>(&cell)) return *string;
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return std::to_string(*integer);
  if (const auto* real = std::get_if<double>(&cell)) {
    std::string digits = std::to_string(*real);
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.ends_with('.')) digits.pop_back();
    return digits;
  }
  return {};
}

std::string amount_words(const Cell& amount, const Cell& amount_max, const Cell& currency,
                         const Cell& qualifier) {
  const std::string low = plain_cell(amount);
  if (low.empty()) return {};
  static const std::map<std::string, std::string> words = {
      {"about", "about "}, {"up_to", "up to "}, {"at_least", "at least "}};
  const auto word = words.find(plain_cell(qualifier));
  const std::string high = plain_cell(amount_max);
  return (word == words.end() ? "" : word->second) + plain_cell(currency) + " " +
         grouped_digits(low) + (high.empty() || high == low ? "" : " to " + grouped_digits(high));
}

}  // namespace stakeout
