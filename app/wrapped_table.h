#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

#include "storage/reader.h"

namespace stakeout {

// How the columns of a table share the width of a terminal.
struct ColumnRoom {
  std::size_t kept = 0;             // the first so many stay, however narrow the terminal is
  std::vector<std::size_t> enough;  // of each: narrower than this it pushes out the last one
};

// Prints a table for a person, at most `width` columns wide as far as the columns that stay allow
// it; 0: as wide as it is, a line a row, and every column. Its columns are in the order in which
// people want them: where there is no room the last one goes first. Words that are too long for
// their column go on below, and what is longer than four lines is cut. With a width, columns
// without anything in them are left out.
//
// The heading stands out where colours are wanted. Returns the names of the columns with something
// in them that are missing.
std::vector<std::string> print_wrapped_table(std::ostream& out, const Table& table,
                                             const ColumnRoom& room, std::size_t width,
                                             bool is_colored = false);

}  // namespace stakeout
