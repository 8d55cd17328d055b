#pragma once

#include <string>
#include <vector>

#include "storage/connection.h"

// The upkeep of the file itself, a small step at a time.

namespace stakeout {

// As in Store.
[[nodiscard]] std::vector<std::string> stale_tables(Connection& connection);
void analyze_table(Connection& connection, const std::string& table);
// `all`: every piece of the index is to become one in this call and those that follow.
bool merge_search_rows(Connection& connection, bool all);
bool give_back_free_pages(Connection& connection);

}  // namespace stakeout
