#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string_view>

#include "extractors/pages/page_tree.h"

namespace stakeout {

// Equal for elements that are built alike and stand side by side: those of one parent with the same
// tag and the same first word in their class.
[[nodiscard]] inline std::uint64_t row_name(const PageTree& tree, std::uint32_t node) {
  const std::string_view words = tree.attribute(node, Attribute::class_words);
  const std::size_t begin = std::min(words.find_first_not_of(" \t\n"), words.size());
  const std::size_t end = std::min(words.find_first_of(" \t\n", begin), words.size());
  const std::uint64_t name = std::hash<std::string_view>{}(words.substr(begin, end - begin));
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
  const std::uint64_t place =
      (std::uint64_t{tree[node].parent} << 8U) | static_cast<std::uint64_t>(tree[node].tag);
  return (name ^ place * odd) * odd;
}

}  // namespace stakeout
