#pragma once

#include <optional>
#include <vector>

#include "storage/connection.h"
#include "storage/records.h"

// Feeds, their entries, and the pages that entries point to. Called within a transaction.

namespace stakeout {

void sync_feed_rows(Connection& connection, const std::vector<FeedListing>& feeds, Timestamp now);
[[nodiscard]] std::vector<FeedState> due_feed_rows(Connection& connection, Timestamp now,
                                                   bool ignore_interval);
SavedFeed save_feed_rows(Connection& connection, const FeedUpdate& update, Timestamp now);
void save_feed_lesson_rows(Connection& connection, const FeedLesson& lesson, Timestamp now);
void save_feed_not_modified_rows(Connection& connection, const FeedNotModified& answer,
                                 Timestamp now);
void save_feed_failure_rows(Connection& connection, const FeedFailure& failure, Timestamp now);
void plan_feed_row(Connection& connection, std::int64_t feed_id, const FeedPlan& plan,
                   bool asked_listed, Timestamp now);
// See Store::mend_plans().
std::size_t mend_feed_rows(Connection& connection, Timestamp now);
[[nodiscard]] FeedCounts count_feed_rows(Connection& connection, Timestamp now);
void postpone_feed_row(Connection& connection, std::int64_t feed_id, Timestamp until);

// The article of a page: known by its canonical address, or made and due at once. `feed_id` may be
// absent.
struct PageRow {
  std::int64_t article_id = 0;
  bool is_new = false;
};
PageRow page_row(Connection& connection, const std::string& url, const std::string& canonical_url,
                 std::optional<std::int64_t> feed_id, Timestamp now);

}  // namespace stakeout
