#pragma once

#include "storage/connection.h"
#include "storage/retention.h"
#include "storage/search_index.h"

// What is dropped by the settings of retention.

namespace stakeout {

// As in Store.
[[nodiscard]] std::optional<Timestamp> last_work(Connection& connection);

// As Store::drop_old(). Called within SearchIndex::write().
[[nodiscard]] DropStep drop_old_rows(Connection& connection, SearchIndex& search,
                                     const RetentionLimits& limits, std::int64_t after,
                                     Timestamp now);

// What of all articles that would drop.
[[nodiscard]] Dropped droppable_rows(Connection& connection, const RetentionLimits& limits);

}  // namespace stakeout
