#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

// How the commands of `stakeout feeds` lay out words for a person on a terminal.

namespace stakeout {

// The columns of the terminal on standard output; 0: it is none, and nothing is cut or wrapped.
[[nodiscard]] std::size_t terminal_width();

// `text` with blanks up to `width` code points; what is longer is cut in its midst, where an
// address says least: both the scheme with the host and the end stay.
[[nodiscard]] std::string fitted(const std::string& text, std::size_t width);

// Prints words on lines of their own, each after `indent` blanks and at most `width` columns long.
// Words are never cut: one that is longer than a line, such as an address, has a line to itself.
void print_wrapped(std::ostream& out, std::string_view text, std::size_t indent, std::size_t width);

}  // namespace stakeout
