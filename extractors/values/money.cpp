#include "extractors/values/money.h"

#include <charconv>
#include <limits>

namespace stakeout {

std::string decimal_string(std::int64_t thousandths) {
  const std::int64_t whole = thousandths / Money::per_major;
  const std::int64_t rest = thousandths % Money::per_major;
  std::string out = std::to_string(whole);
  if (rest == 0) return out;
  std::string digits = std::to_string(rest < 0 ? -rest : rest);
  digits.insert(0, 3 - digits.size(), '0');
  while (digits.back() == '0') digits.pop_back();
  if (whole == 0 && rest < 0) out.insert(0, "-");
  return out + "." + digits;
}

std::optional<std::int64_t> parse_decimal(std::string_view text) {
  const std::size_t dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  const std::string_view decimals =
      dot == std::string_view::npos ? std::string_view{"0"} : text.substr(dot + 1);
  if (whole.empty() || decimals.empty() || decimals.size() > 3) return std::nullopt;

  std::int64_t major = 0;
  const auto read = std::from_chars(whole.data(), whole.data() + whole.size(), major);
  if (read.ec != std::errc{} || read.ptr != whole.data() + whole.size() || major < 0) {
    return std::nullopt;
  }
  if (major > std::numeric_limits<std::int64_t>::max() / Money::per_major - 1) return std::nullopt;

  std::int64_t rest = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const char digit = i < decimals.size() ? decimals[i] : '0';
    if (digit < '0' || digit > '9') return std::nullopt;
    rest = rest * 10 + (digit - '0');
  }
  return major * Money::per_major + rest;
}

}  // namespace stakeout
