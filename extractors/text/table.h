#pragma once

#include <string_view>
#include <vector>

namespace stakeout {

// The rows of a shipped data table: one row a line, cells parted by tabs, blanks around cells cut
// off; empty lines and lines that start with '#' are left out. The views point into `text`.
[[nodiscard]] std::vector<std::vector<std::string_view>> read_table(std::string_view text);

}  // namespace stakeout
