#pragma once

#include <string_view>
#include <vector>

namespace stakeout {

// A word that vendors and agencies are sorted by, and what it stands for.
struct Category {
  std::string_view word;
  std::string_view meaning;
};

// The shipped ones (data/categories.tsv), in the order of the table.
[[nodiscard]] const std::vector<Category>& known_categories();

}  // namespace stakeout
