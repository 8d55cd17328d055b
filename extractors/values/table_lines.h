#pragma once

#include <optional>
#include <string_view>

namespace stakeout {

// Reading the tables that are compiled into the program: a row a line, cells parted by tabs. Pure.

// What stands before the next `end` in `rest`, which goes on behind it.
[[nodiscard]] std::string_view take_until(std::string_view& rest, std::string_view end);

// The next row, without empty lines and those that begin with #; nullopt at the end.
[[nodiscard]] std::optional<std::string_view> take_line(std::string_view& rest);

}  // namespace stakeout
