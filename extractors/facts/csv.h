#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stakeout {

// One record of a CSV file. A record that breaks the grammar has no cells and says why in `fault`.
struct CsvRecord {
  std::size_t line = 0;  // counted from 1: where the record begins
  std::vector<std::string> cells;
  std::string fault;
};

// Reads CSV as RFC 4180 has it:
//
//     file   := record *(newline record)
//     record := cell *("," cell)
//     cell   := *(any but "," newline or quote) | quote *(any | quote quote) quote
//
// and forgives what people's editors do: a byte order mark, LF or CR for CRLF, blanks around cells,
// quotes inside a cell that does not begin with one. Empty lines and lines that begin with '#' are
// no records. A quote that is never closed spoils the line it stands in and not the rest of the
// file.
[[nodiscard]] std::vector<CsvRecord> read_csv(std::string_view text);

}  // namespace stakeout
