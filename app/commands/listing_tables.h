#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "alerts/change_words.h"
#include "app/wrapped_table.h"
#include "storage/reader.h"

// What the listings show a person on a terminal: what they were asked for, days in place of
// instants, few columns. JSON and CSV have everything.

namespace stakeout {

// A row of a listing, by the names of its columns.
class NamedRow {
 public:
  NamedRow(const Table& table, const std::vector<Cell>& row) : table_{table}, row_{row} {}

  // NULL where the listing has no such column.
  [[nodiscard]] Cell cell(std::string_view column) const;
  [[nodiscard]] std::string text(std::string_view column) const;

 private:
  const Table& table_;
  const std::vector<Cell>& row_;
};

struct ShownColumn {
  std::string_view heading;
  std::string_view column;  // of the listing; empty: of several
  Cell (*shown)(const NamedRow& row, std::string_view column);
  std::size_t enough = 0;  // as in ColumnRoom
};

// Cells that several listings have: the column as it is; a word of ours ("stop_work") or a term
// ("P1Y") as people say it; the day of an instant, or of a date what there is of it; the amount
// with its currency; the outlet by its name or host; "VENDOR / AGENCY"; what is new, by an alert.
[[nodiscard]] Cell as_is(const NamedRow& row, std::string_view column);
[[nodiscard]] Cell in_words(const NamedRow& row, std::string_view column);
[[nodiscard]] Cell term_of(const NamedRow& row, std::string_view column);
[[nodiscard]] Cell day_of(const NamedRow& row, std::string_view column);
[[nodiscard]] Cell amount_of(const NamedRow& row, std::string_view column);
[[nodiscard]] Cell outlet_of(const NamedRow& row, std::string_view column);
[[nodiscard]] Cell parties_of(const NamedRow& row, std::string_view column);
[[nodiscard]] Cell news_of(const NamedRow& row, std::string_view column);

// What changed, by the columns of that name.
[[nodiscard]] FactChange change_of(const NamedRow& row);

// The columns in the order in which people want them, and how many of them always stay.
struct ListingTable {
  std::span<const ShownColumn> columns;
  std::size_t kept;
};

extern const ListingTable mentions_table;
extern const ListingTable contracts_table;
extern const ListingTable stories_table;
extern const ListingTable changes_table;
extern const ListingTable alerts_table;
extern const ListingTable search_table;

// The rows as they are shown.
[[nodiscard]] Table shown_table(const Table& rows, const ListingTable& shape);
[[nodiscard]] ColumnRoom room_of(const ListingTable& shape);

}  // namespace stakeout
