#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace stakeout {

// The rows of a shipped data table: one row a line, cells parted by tabs, blanks around cells cut
// off; empty lines and lines that start with '#' are left out. The views point into `text`.
[[nodiscard]] std::vector<std::vector<std::string_view>> read_table(std::string_view text);

// What a word of a table stands for; nothing when it is none of those that are known.
template <class Value, std::size_t count>
[[nodiscard]] constexpr std::optional<Value> named(
    const std::array<std::pair<std::string_view, Value>, count>& names, std::string_view name) {
  for (const auto& [known, value] : names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

}  // namespace stakeout
