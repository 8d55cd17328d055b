#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "storage/connection.h"

// The upkeep of the file itself, a small step at a time.

namespace stakeout {

// As in Store.
[[nodiscard]] std::vector<std::string> countable_tables(Connection& connection);
void analyze_table(Connection& connection, const std::string& table);
// The words of so many texts were taken out of the full-text index.
void note_search_waste(Connection& connection, std::size_t texts);
bool merge_search_rows(Connection& connection);
bool give_back_free_pages(Connection& connection);

}  // namespace stakeout
