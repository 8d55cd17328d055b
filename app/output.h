#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

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
//
// An aligned table is at most `width` columns wide (0: as wide as it is): empty columns are left
// out, then those that people want least, and long words are cut. Returns the names of the columns
// with something in them that are missing. Its heading stands out where colours are wanted.
std::vector<std::string> print_table(std::ostream& out, const Table& table, OutputForm form,
                                     std::size_t width = 0, bool is_colored = false);

// Prints rows one by one, as JSON or CSV.
class RowPrinter {
 public:
  // Prints the header line of a CSV. The stream outlives the printer.
  RowPrinter(std::ostream& out, const std::vector<std::string>& columns, OutputForm form);

  // As many cells as there are columns.
  void print(const std::vector<Cell>& row);

 private:
  std::ostream& out_;
  std::vector<std::string> keys_;  // the columns, each name once
  bool is_csv_ = false;
};

// One cell as text: "" for NULL.
[[nodiscard]] std::string cell_text(const Cell& cell);

}  // namespace stakeout
