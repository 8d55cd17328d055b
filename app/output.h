#pragma once

#include <iosfwd>
#include <string>

#include "storage/reader.h"

namespace stakeout {

// How a listing is printed.
enum class OutputForm {
  table,  // aligned columns for people; long cells are cut
  json,   // one object a line, keys in the order of the columns; a second "a" is "a:1"
  csv,    // RFC 4180, with a header line
};

// Prints rows. Text from outside is made harmless for where it goes: no control characters in a
// table, no cell of a CSV that a spreadsheet would take for a formula.
void print_table(std::ostream& out, const Table& table, OutputForm form);

// One cell as text: "" for NULL.
[[nodiscard]] std::string cell_text(const Cell& cell);

}  // namespace stakeout
