#pragma once

#include <vector>

#include "storage/connection.h"
#include "storage/records.h"

// Pages that are to be fetched, and how a fetch without an article ends. Called within a
// transaction.

namespace stakeout {

[[nodiscard]] std::vector<PendingPage> pending_page_rows(Connection& connection, Timestamp now,
                                                         std::size_t limit, PagePlace after);
[[nodiscard]] Entry page_entry_row(Connection& connection, std::int64_t article_id);
void save_page_failure_rows(Connection& connection, const PageFailure& failure, Timestamp now);
// A page that was gone is there: whoever was sent the alert gets a correction.
void take_back_gone(Connection& connection, std::int64_t article_id, Timestamp now);
void save_page_unchanged_rows(Connection& connection, std::int64_t article_id,
                              std::optional<Timestamp> revisit_at, Timestamp now);
// See Store::mend_plans().
std::size_t mend_page_rows(Connection& connection, Timestamp now);
std::optional<Timestamp> postpone_page_row(Connection& connection, std::int64_t article_id,
                                           Timestamp until, bool is_hosts_wish, Timestamp now);
void close_page_job_row(Connection& connection, std::int64_t article_id, std::int64_t wakes,
                        Timestamp now);

}  // namespace stakeout
