#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/connection.h"
#include "storage/reader.h"

// What the Reader is made of. Not for other folders.

namespace stakeout {

// The rows of a statement of our own, with `values` bound to ?1, ?2, ...
[[nodiscard]] Table table_of(Connection& connection, const std::string& sql,
                             const std::vector<Cell>& values = {});

// The same, each row as soon as it is there.
void take_rows(Connection& connection, const std::string& sql, const std::vector<Cell>& values,
               const TakeRow& take);
[[nodiscard]] std::vector<std::string> column_names(Connection& connection, const std::string& sql);

// A statement of a person's, read-only and within the time limit. Throws StorageError (bad_query,
// interrupted).
[[nodiscard]] Table table_of_query(Connection& connection, std::string_view sql,
                                   std::chrono::milliseconds time_limit);

// The listings of Reader, one function each.
[[nodiscard]] Table list_mentions(Connection& connection, const Filter& filter);
[[nodiscard]] Table list_contracts(Connection& connection, const Filter& filter);
[[nodiscard]] Table list_stories(Connection& connection, const Filter& filter);
[[nodiscard]] Table list_changes(Connection& connection, const Filter& filter);
[[nodiscard]] Table list_alerts(Connection& connection, const Filter& filter);
[[nodiscard]] Table list_feeds(Connection& connection, const Filter& filter);
[[nodiscard]] Table list_entities(Connection& connection, const Filter& filter);
[[nodiscard]] Table search_articles(Connection& connection, const std::string& query,
                                    const Filter& filter);

}  // namespace stakeout
