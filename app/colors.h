#pragma once

#include <string>
#include <string_view>

namespace stakeout {

// What stands out on a terminal, and how.
enum class Paint { bold, red, green, yellow };

// The words of --color, and whether they mean colours on this descriptor: "always", "never", or
// "auto", which is so on a terminal unless $NO_COLOR says something (https://no-color.org) or $TERM
// is "dumb".
[[nodiscard]] bool are_colors_wanted(std::string_view choice, int descriptor);

// The text between the signs that a terminal takes for this paint; as it is where it is not
// `wanted`. The text has no line break.
[[nodiscard]] std::string painted(std::string_view text, Paint paint, bool wanted);

}  // namespace stakeout
