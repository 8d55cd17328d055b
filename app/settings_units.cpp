#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "app/settings.h"
#include "extractors/text/unicode.h"
#include "extractors/values/money.h"

namespace stakeout {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t factor;
};

constexpr Unit duration_units[] = {
    {"ms", 1},         {"s", 1'000},       {"m", 60'000}, {"h", 3'600'000},
    {"d", 86'400'000}, {"w", 604'800'000}, {"", 1'000},
};

constexpr Unit size_units[] = {
    {"KiB", 1LL << 10}, {"MiB", 1LL << 20},    {"GiB", 1LL << 30}, {"kB", 1'000},
    {"MB", 1'000'000},  {"GB", 1'000'000'000}, {"B", 1},           {"", 1},
};

// Of amounts, in lower case; the longer ones first.
constexpr Unit amount_units[] = {
    {"bn", 1'000'000'000}, {"b", 1'000'000'000}, {"m", 1'000'000}, {"k", 1'000}, {"", 1},
};

template <std::size_t N>
Result<std::int64_t> count_of(std::string_view text, const Unit (&units)[N],
                              std::string_view example) {
  std::int64_t count = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit{read.ptr,
                              static_cast<std::size_t>(text.data() + text.size() - read.ptr)};
  if (read.ec == std::errc{} && count >= 0) {
    for (const auto& [name, factor] : units) {
      if (unit == name && count <= std::numeric_limits<std::int64_t>::max() / factor)
        return count * factor;
    }
  }
  return fail("'" + std::string{text} + "' is not " + std::string{example});
}

// Digits in groups of three without their commas; nullopt where a comma stands elsewhere.
std::optional<std::string> ungrouped(const std::string& text) {
  const std::size_t whole = std::min(text.find('.'), text.size());
  std::string digits = text.substr(whole);
  const bool is_grouped = text.find(',') != std::string::npos;
  for (std::size_t left = whole, place = 1; left > 0; --left, ++place) {
    const char c = text[left - 1];
    const bool is_comma_due = is_grouped && place % 4 == 0;
    if ((c == ',') != is_comma_due || (is_comma_due && left == 1)) return std::nullopt;
    if (!is_comma_due) digits.insert(0, 1, c);
  }
  return digits;
}

}  // namespace

Result<std::chrono::milliseconds> parse_duration(std::string_view text) {
  const auto count = count_of(text, duration_units, "a duration such as \"15m\", \"6h\" or \"2d\"");
  if (!count) return tl::unexpected(count.error());
  return std::chrono::milliseconds{*count};
}

Result<std::int64_t> parse_size(std::string_view text) {
  return count_of(text, size_units, "a size such as \"8MiB\"");
}

Result<std::int64_t> parse_amount(std::string_view text) {
  const std::string folded = fold_case(text);
  const Unit unit = *std::ranges::find_if(
      amount_units, [&](const Unit& each) { return folded.ends_with(each.name); });
  const auto digits = ungrouped(folded.substr(0, folded.size() - unit.name.size()));
  const auto number = digits ? parse_decimal(*digits) : std::nullopt;
  if (!number || *number > std::numeric_limits<std::int64_t>::max() / unit.factor) {
    return fail("'" + std::string{text} +
                "' is no amount such as 2000000, 1234.50, 2,000,000 or 2M");
  }
  return *number * unit.factor;
}

}  // namespace stakeout
