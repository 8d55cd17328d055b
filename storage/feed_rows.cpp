#include "storage/feed_rows.h"

#include "storage/entry_rows.h"
#include "storage/feed_alerts.h"
#include "storage/plans.h"

namespace stakeout {
namespace {

const std::string end_of_time = "9999-12-31T23:59:59Z";

void save_move(Connection& connection, std::int64_t feed_id, const std::string& target,
               Timestamp now) {
  std::string before;
  std::string after;
  {
    Query q{connection, "SELECT current_url, nullif(?2, url) FROM feeds WHERE id = ?1", feed_id,
            given(target)};
    if (!q.next()) return;
    before = q.text(0);
    after = q.text(1);
  }
  if (after == before) return;
  run(connection, "UPDATE feeds SET current_url = ?2 WHERE id = ?1", feed_id, given(after));
  raise_moved(connection, feed_id, before, after, now);
}

std::string_view word_of(Trust trust) {
  switch (trust) {
    case Trust::suspected:
      return "suspected";
    case Trust::lying:
      return "lying";
    case Trust::trusted:
      break;
  }
  return "trusted";
}

Trust trust_of(std::string_view word) {
  if (word == "suspected") return Trust::suspected;
  return word == "lying" ? Trust::lying : Trust::trusted;
}

FeedState read_feed(const Query& q) {
  FeedState feed;
  int at = 0;
  feed.id = q.integer(at++);
  feed.url = q.text(at++);
  feed.current_url = q.text(at++);
  feed.listed_asked_at = q.maybe_time(at++);
  feed.etag = q.text(at++);
  feed.last_modified = q.text(at++);
  feed.trust = trust_of(q.text(at++));
  feed.trust_since = q.maybe_time(at++);
  feed.not_modified = static_cast<int>(q.integer(at++));
  feed.last_document_at = q.maybe_time(at++);
  feed.status = q.text(at++);
  feed.last_status = static_cast<int>(q.integer(at++));
  feed.failures = q.real(at++);
  feed.failed_polls = static_cast<int>(q.integer(at++));
  feed.poll_interval = q.maybe_integer(at++);
  feed.publisher_interval = q.maybe_integer(at++);
  feed.skip_hours = static_cast<std::uint32_t>(q.integer(at++));
  feed.skip_days = static_cast<std::uint32_t>(q.integer(at++));
  feed.habits = q.text(at++);
  feed.usual_gap = q.maybe_integer(at++);
  feed.newest_at = q.maybe_time(at++);
  feed.document_entries = static_cast<std::size_t>(q.integer(at++));
  feed.last_fetched_at = q.maybe_time(at++);
  feed.last_success_at = q.maybe_time(at++);
  feed.last_new_entry_at = q.maybe_time(at++);
  feed.next_fetch_at = q.maybe_time(at++);
  return feed;
}

void save_plan(Connection& connection, std::int64_t feed_id, const FeedPlan& plan) {
  run(connection,
      "UPDATE feeds SET next_fetch_at = ?2, poll_interval = coalesce(?3, poll_interval) "
      "WHERE id = ?1",
      feed_id, plan.next_fetch_at, plan.poll_interval);
}

// Bit n for each number n, of which there are less than 32.
std::int64_t bits_of(const std::vector<int>& numbers) {
  std::int64_t bits = 0;
  for (const int number : numbers) bits |= std::int64_t{1} << number;
  return bits;
}

// The feed has answered as one that works, with a document.
void save_document(Connection& connection, const FeedUpdate& update, Timestamp now) {
  raise_if_recovered(connection, update.feed_id, now);
  run(connection,
      "UPDATE feeds SET title = ?2, site = ?3, format = ?4, publisher_interval = ?5, "
      "skip_hours = ?6, skip_days = ?7, last_document_at = ?8, not_modified = 0, "
      "status_since = iif(status = 'ok', status_since, ?8), status = 'ok', last_status = 200, "
      "last_fetched_at = ?8, last_success_at = ?8, last_error = NULL, advice = NULL, "
      "failures = 0, failed_polls = 0, failing_alerted = 0, not_before = NULL, "
      "listed_asked_at = iif(?9, ?8, listed_asked_at) WHERE id = ?1",
      update.feed_id, given(update.feed.title), given(update.site), given(update.feed.format),
      update.feed.poll_interval, bits_of(update.feed.skip_hours), bits_of(update.feed.skip_days),
      now, update.asked_listed);
}

void save_trust(Connection& connection, std::int64_t feed_id, Trust trust, Timestamp now) {
  run(connection, "UPDATE feeds SET trust = ?2, trust_since = ?3 WHERE id = ?1 AND trust <> ?2",
      feed_id, word_of(trust), now);
}

}  // namespace

void sync_feed_rows(Connection& connection, const std::vector<FeedListing>& feeds, Timestamp now) {
  run(connection, "CREATE TEMP TABLE IF NOT EXISTS on_feed_list (id INTEGER PRIMARY KEY)");
  run(connection, "DELETE FROM temp.on_feed_list");
  for (const FeedListing& feed : feeds) {
    run(connection,
        "INSERT INTO feeds (url, listed_title, first_seen_at, status_since) "
        "VALUES (?1, ?2, ?3, ?3) "
        "ON CONFLICT (url) DO UPDATE SET listed_title = excluded.listed_title "
        "WHERE listed_title IS NOT excluded.listed_title",
        feed.url, given(feed.title), now);
    run(connection,
        "UPDATE feeds SET listed = 1, status = 'new', status_since = ?2, failures = 0, "
        "failed_polls = 0, failing_alerted = 0, last_error = NULL, advice = NULL, "
        "current_url = NULL, etag = NULL, last_modified = NULL, trust = 'trusted', "
        "next_fetch_at = NULL WHERE url = ?1 AND listed = 0",
        feed.url, now);
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
          "SELECT id, url, current_url, listed_asked_at, etag, last_modified, trust, trust_since, "
          "not_modified, last_document_at, status, last_status, failures, failed_polls, "
          "poll_interval, publisher_interval, skip_hours, skip_days, habits, usual_gap, newest_at, "
          "document_entries, last_fetched_at, last_success_at, last_new_entry_at, next_fetch_at "
          "FROM feeds INDEXED BY feeds_due WHERE listed AND status <> 'gone' AND due_at <= ?1 "
          "AND (not_before IS NULL OR not_before <= ?2) ORDER BY due_at, id",
          ignore_interval ? end_of_time : to_rfc3339(now), now};
  while (q.next()) due.push_back(read_feed(q));
  return due;
}

SavedFeed save_feed_rows(Connection& connection, const FeedUpdate& update, Timestamp now) {
  const bool is_first =
      find_integer(connection, "SELECT 1 FROM feeds WHERE id = ? AND last_document_at IS NULL",
                   update.feed_id)
          .has_value();
  save_document(connection, update, now);
  if (update.current_url) save_move(connection, update.feed_id, *update.current_url, now);
  SavedFeed saved = save_entry_rows(connection, update, is_first, now);
  const bool changed = saved.new_entries + saved.changed_entries > 0;
  if (update.validators_on_trial && changed) {
    save_trust(connection, update.feed_id, Trust::suspected, now);
  } else {
    save_trust(connection, update.feed_id, update.trust, now);
    run(connection, "UPDATE feeds SET etag = ?2, last_modified = ?3 WHERE id = ?1", update.feed_id,
        given(update.etag), given(update.last_modified));
  }
  if (saved.new_entries > 0) {
    run(connection, "UPDATE feeds SET last_new_entry_at = ?2, entries = entries + ?3 WHERE id = ?1",
        update.feed_id, now, saved.new_entries);
  }
  return saved;
}

void save_feed_lesson_rows(Connection& connection, const FeedLesson& lesson, Timestamp now) {
  run(connection,
      "UPDATE feeds SET habits = ?2, usual_gap = ?3, silent_from = ?5, "
      "missed_entries = missed_entries + ?6, "
      "silent_alerted = iif(newest_at IS ?4, silent_alerted, 0), newest_at = ?4 WHERE id = ?1",
      lesson.feed_id, given(lesson.habits), lesson.usual_gap, lesson.newest_at, lesson.silent_from,
      lesson.missed_entries);
  save_plan(connection, lesson.feed_id, lesson.plan);
  raise_if_silent(connection, lesson.feed_id, now);
}

// One statement for what most polls come to.
void save_feed_not_modified_rows(Connection& connection, const FeedNotModified& answer,
                                 Timestamp now) {
  raise_if_recovered(connection, answer.feed_id, now);
  run(connection,
      "UPDATE feeds SET status_since = iif(status = 'ok', status_since, ?4), status = 'ok', "
      "last_status = 304, last_fetched_at = ?4, last_success_at = ?4, last_error = NULL, "
      "advice = NULL, failures = 0, failed_polls = 0, failing_alerted = 0, not_before = NULL, "
      "not_modified = not_modified + 1, etag = coalesce(?2, etag), "
      "last_modified = coalesce(?3, last_modified), next_fetch_at = ?5, "
      "poll_interval = coalesce(?6, poll_interval) WHERE id = ?1",
      answer.feed_id, given(answer.etag), given(answer.last_modified), now,
      answer.plan.next_fetch_at, answer.plan.poll_interval);
  if (answer.is_lie) save_trust(connection, answer.feed_id, Trust::lying, now);
  raise_if_silent(connection, answer.feed_id, now);
}

void save_feed_failure_rows(Connection& connection, const FeedFailure& failure, Timestamp now) {
  const std::string_view status = failure.gone ? "gone" : "failing";
  const bool is_news = run(connection,
                           "UPDATE feeds SET status = ?2, status_since = ?3 "
                           "WHERE id = ?1 AND status <> ?2",
                           failure.feed_id, status, now) > 0;
  run(connection,
      "UPDATE feeds SET last_fetched_at = ?2, last_status = ?3, last_error = ?4, advice = ?5, "
      "failures = failures + ?6, failed_polls = failed_polls + 1, not_before = ?7 WHERE id = ?1",
      failure.feed_id, now, failure.status, failure.error, given(failure.advice), failure.weight,
      failure.not_before);
  save_plan(connection, failure.feed_id, failure.plan);
  if (!failure.gone) {
    raise_if_failing(connection, failure.feed_id, now);
  } else if (is_news) {
    raise_gone(connection, failure.feed_id, now);
  }
}

void plan_feed_row(Connection& connection, std::int64_t feed_id, const FeedPlan& plan,
                   bool asked_listed, Timestamp now) {
  save_plan(connection, feed_id, plan);
  if (asked_listed)
    run(connection, "UPDATE feeds SET listed_asked_at = ?2 WHERE id = ?1", feed_id, now);
}

std::size_t mend_feed_rows(Connection& connection, Timestamp now) {
  return static_cast<std::size_t>(
      run(connection,
          // What the server asked for counts from the poll, whenever that was.
          "UPDATE feeds SET next_fetch_at = ?1, last_fetched_at = min(last_fetched_at, ?1), "
          "not_before = (SELECT iif(wish BETWEEN 1 AND ?4, "
          "strftime('%Y-%m-%dT%H:%M:%SZ', ?1, wish || ' seconds'), NULL) "
          "FROM (SELECT unixepoch(not_before) - unixepoch(last_fetched_at) AS wish)) "
          "WHERE due_at > ?1 AND (coalesce(last_fetched_at, first_seen_at) > ?2 OR due_at > ?3)",
          now, now + an_hour, now + longest_plan, longest_plan));
}

FeedCounts count_feed_rows(Connection& connection, Timestamp now) {
  Query q{connection,
          "SELECT (SELECT count(*) FROM feeds INDEXED BY feeds_by_status WHERE listed), "
          "(SELECT count(*) FROM feeds INDEXED BY feeds_due "
          "WHERE listed AND status <> 'gone' AND due_at <= ?1), "
          "(SELECT count(*) FROM feeds INDEXED BY feeds_by_status "
          "WHERE listed AND status IN ('failing', 'gone'))",
          now};
  if (!q.next()) return {};
  return {q.integer(0), q.integer(1), q.integer(2)};
}

void postpone_feed_row(Connection& connection, std::int64_t feed_id, Timestamp until) {
  // Since when the feed is due stays known, also of one that was never asked.
  run(connection,
      "UPDATE feeds SET not_before = ?2, next_fetch_at = coalesce(next_fetch_at, status_since) "
      "WHERE id = ?1",
      feed_id, until);
}

}  // namespace stakeout
