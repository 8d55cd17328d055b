#pragma once

#include <string>
#include <vector>

#include "storage/connection.h"

// The upkeep of the file itself, a small step at a time.

namespace stakeout {

// As in Store.
[[nodiscard]] std::vector<std::string> stale_tables(Connection& connection);
void analyze_table(Connection& connection, const std::string& table);
bool merge_search_rows(Connection& connection);
bool give_back_free_pages(Connection& connection);

}  // namespace stakeout
