#include "storage/feed_rows.h"

#include "storage/alert_rows.h"
#include "storage/entry_rows.h"

namespace stakeout {
namespace {

// Weighed failures in a row after which somebody is told.
constexpr double failures_until_alert = 3;

// One alert for each run of failures: it is named by the success before it.
std::string failing_key(Connection& connection, std::string_view kind, std::int64_t feed_id) {
  Query q{connection, "SELECT coalesce(last_success_at, '') FROM feeds WHERE id = ?", feed_id};
  const std::string since = q.next() ? q.text(0) : "";
  return std::string{kind} + ":" + std::to_string(feed_id) + ":" + since;
}

void raise_recovered(Connection& connection, std::int64_t feed_id, Timestamp now) {
  if (!find_integer(connection, "SELECT 1 FROM feeds WHERE id = ? AND failing_alerted = 1",
                    feed_id)) {
    return;
  }
  raise_alert(connection,
              {.kind = AlertKind::feed_recovered,
               .key = failing_key(connection, "feed_recovered", feed_id),
               .feed_id = feed_id},
              now);
}

void save_move(Connection& connection, std::int64_t feed_id, const std::string& target,
               Timestamp now) {
  const int changed = run(connection,
                          "UPDATE feeds SET current_url = nullif(?2, url) "
                          "WHERE id = ?1 AND current_url IS NOT nullif(?2, url)",
                          feed_id, given(target));
  if (changed == 0 || target.empty()) return;
  raise_alert(connection,
              {.kind = AlertKind::feed_moved,
               .key = "feed_moved:" + std::to_string(feed_id) + ":" + target,
               .feed_id = feed_id,
               .details = "now at " + target},
              now);
}

FeedState read_feed(const Query& q) {
  FeedState feed;
  feed.id = q.integer(0);
  feed.url = q.text(1);
  feed.current_url = q.text(2);
  feed.etag = q.text(3);
  feed.last_modified = q.text(4);
  feed.status = q.text(5);
  feed.failures = q.real(6);
  feed.failed_polls = static_cast<int>(q.integer(7));
  feed.poll_interval = q.maybe_integer(8);
  feed.last_fetched_at = q.maybe_time(9);
  feed.last_new_entry_at = q.maybe_time(10);
  feed.next_fetch_at = q.maybe_time(11);
  return feed;
}

void save_plan(Connection& connection, std::int64_t feed_id, const FeedPlan& plan) {
  run(connection,
      "UPDATE feeds SET next_fetch_at = ?2, poll_interval = coalesce(?3, poll_interval) "
      "WHERE id = ?1",
      feed_id, plan.next_fetch_at, plan.poll_interval);
}

}  // namespace

void sync_feed_rows(Connection& connection, const std::vector<FeedListing>& feeds, Timestamp now) {
  run(connection, "CREATE TEMP TABLE IF NOT EXISTS on_feed_list (id INTEGER PRIMARY KEY)");
  run(connection, "DELETE FROM temp.on_feed_list");
  for (const FeedListing& feed : feeds) {
    run(connection,
        "INSERT INTO feeds (url, listed_title, first_seen_at) VALUES (?1, ?2, ?3) "
        "ON CONFLICT (url) DO UPDATE SET listed = 1, listed_title = excluded.listed_title "
        "WHERE (listed, listed_title) IS NOT (1, excluded.listed_title)",
        feed.url, given(feed.title), now);
    const auto id =
        find_integer(connection, "SELECT id FROM feeds WHERE url = ?", feed.url).value();
    run(connection, "INSERT OR IGNORE INTO temp.on_feed_list VALUES (?)", id);
    run(connection, "DELETE FROM feed_tags WHERE feed_id = ?", id);
    for (const std::string& tag : feed.tags) {
      run(connection, "INSERT OR IGNORE INTO feed_tags VALUES (?, ?)", id, tag);
    }
  }
  run(connection,
      "UPDATE feeds SET listed = 0 WHERE listed = 1 AND id NOT IN (SELECT id FROM "
      "temp.on_feed_list)");
}

std::vector<FeedState> due_feed_rows(Connection& connection, Timestamp now, bool ignore_interval) {
  std::vector<FeedState> due;
  Query q{connection,
          "SELECT id, url, current_url, etag, last_modified, status, failures, failed_polls, "
          "poll_interval, last_fetched_at, last_new_entry_at, next_fetch_at FROM feeds "
          "WHERE listed AND status <> 'gone' AND (not_before IS NULL OR not_before <= ?2) "
          "AND (?1 OR next_fetch_at IS NULL OR next_fetch_at <= ?2) "
          "ORDER BY next_fetch_at IS NOT NULL, next_fetch_at, id",
          ignore_interval, now};
  while (q.next()) due.push_back(read_feed(q));
  return due;
}

SavedFeed save_feed_rows(Connection& connection, const FeedUpdate& update, Timestamp now) {
  raise_recovered(connection, update.feed_id, now);
  if (update.current_url) save_move(connection, update.feed_id, *update.current_url, now);
  run(connection,
      "UPDATE feeds SET title = ?2, site = ?3, format = ?4, status = 'ok', etag = ?5, "
      "last_modified = ?6, last_fetched_at = ?7, last_success_at = ?7, last_error = NULL, "
      "failures = 0, failed_polls = 0, failing_alerted = 0, not_before = NULL WHERE id = ?1",
      update.feed_id, given(update.feed.title), given(update.site), given(update.feed.format),
      given(update.etag), given(update.last_modified), now);
  const SavedFeed saved = save_entry_rows(connection, update, now);
  const bool changed = saved.new_entries + saved.changed_entries > 0;
  save_plan(connection, update.feed_id, changed ? update.plan : update.plan_if_unchanged);
  if (saved.new_entries > 0) {
    run(connection, "UPDATE feeds SET last_new_entry_at = ? WHERE id = ?", now, update.feed_id);
  }
  return saved;
}

void save_feed_not_modified_rows(Connection& connection, const FeedNotModified& answer,
                                 Timestamp now) {
  raise_recovered(connection, answer.feed_id, now);
  run(connection,
      "UPDATE feeds SET status = 'ok', etag = coalesce(?2, etag), "
      "last_modified = coalesce(?3, last_modified), last_fetched_at = ?4, last_success_at = ?4, "
      "last_error = NULL, failures = 0, failed_polls = 0, failing_alerted = 0, not_before = NULL "
      "WHERE id = ?1",
      answer.feed_id, given(answer.etag), given(answer.last_modified), now);
  save_plan(connection, answer.feed_id, answer.plan);
}

void save_feed_failure_rows(Connection& connection, const FeedFailure& failure, Timestamp now) {
  run(connection,
      "UPDATE feeds SET status = ?2, last_fetched_at = ?3, last_error = ?4, "
      "failures = failures + ?5, failed_polls = failed_polls + 1, not_before = ?6 WHERE id = ?1",
      failure.feed_id, failure.gone ? "gone" : "failing", now, failure.error, failure.weight,
      failure.not_before);
  save_plan(connection, failure.feed_id, failure.plan);
  if (failure.gone) {
    raise_alert(connection,
                {.kind = AlertKind::feed_gone,
                 .key = "feed_gone:" + std::to_string(failure.feed_id),
                 .feed_id = failure.feed_id,
                 .details = failure.error},
                now);
    return;
  }
  const bool tell = run(connection,
                        "UPDATE feeds SET failing_alerted = 1 "
                        "WHERE id = ? AND failing_alerted = 0 AND failures >= ?",
                        failure.feed_id, failures_until_alert) > 0;
  if (!tell) return;
  raise_alert(connection,
              {.kind = AlertKind::feed_failing,
               .key = failing_key(connection, "feed_failing", failure.feed_id),
               .feed_id = failure.feed_id,
               .details = failure.error},
              now);
}

void postpone_feed_row(Connection& connection, std::int64_t feed_id, Timestamp until) {
  run(connection, "UPDATE feeds SET not_before = ?2 WHERE id = ?1", feed_id, until);
}

}  // namespace stakeout
