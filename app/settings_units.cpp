#include <charconv>
#include <limits>
#include <utility>

#include "app/settings.h"

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

}  // namespace

Result<std::chrono::milliseconds> parse_duration(std::string_view text) {
  const auto count = count_of(text, duration_units, "a duration such as \"15m\", \"6h\" or \"2d\"");
  if (!count) return tl::unexpected(count.error());
  return std::chrono::milliseconds{*count};
}

Result<std::int64_t> parse_size(std::string_view text) {
  return count_of(text, size_units, "a size such as \"8MiB\"");
}

}  // namespace stakeout
