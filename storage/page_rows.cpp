#include "storage/page_rows.h"

#include "storage/alert_rows.h"
#include "storage/plans.h"

namespace stakeout {
namespace {

constexpr std::int64_t a_day = 24 * an_hour;

std::string_view status_word(PageOutcome outcome) {
  switch (outcome) {
    case PageOutcome::forbidden:
      return "forbidden";
    case PageOutcome::gone:
      return "gone";
    case PageOutcome::not_article:
      return "not_article";
    case PageOutcome::failed:
      break;
  }
  return "failed";
}

// A page that went away is news when it spoke of somebody on the watchlist.
bool mentions_listed(Connection& connection, std::int64_t article_id) {
  return find_integer(connection,
                      "SELECT 1 FROM articles a JOIN mentions m ON m.revision_id = a.revision_id "
                      "JOIN entities e ON e.id = m.entity_id WHERE a.id = ? AND e.listed LIMIT 1",
                      article_id)
      .has_value();
}

bool is_gone_twice(Connection& connection, std::int64_t article_id) {
  return find_integer(connection, "SELECT 1 FROM articles WHERE id = ? AND gone_looks >= 2",
                      article_id)
      .has_value();
}

std::string correction_of(const std::string& key) {
  return "correction:" + key;
}

// Once it was corrected that a page is gone, the next time is another.
std::string key_of_gone(Connection& connection, std::int64_t article_id) {
  const std::string prefix = "article_gone:" + std::to_string(article_id) + ":";
  int times = 1;
  while (!alerts_with_key(connection, correction_of(prefix + std::to_string(times))).empty())
    ++times;
  return prefix + std::to_string(times);
}

}  // namespace

void take_back_gone(Connection& connection, std::int64_t article_id, Timestamp now) {
  run(connection, "UPDATE articles SET gone_looks = 0 WHERE id = ?", article_id);
  const std::string key = key_of_gone(connection, article_id);
  const auto told = alerts_with_key(connection, key);
  if (told.empty() || !was_sent(connection, told.front())) {
    withdraw_alert(connection, key);
    return;
  }
  raise_correction(connection,
                   {.kind = AlertKind::correction,
                    .key = correction_of(key),
                    .article_id = article_id,
                    .details = "the page is there again"},
                   told, now);
}

// Of several entries the one that says most, then the one of the first feed.
Entry page_entry_row(Connection& connection, std::int64_t article_id) {
  Query q{
      connection,
      "SELECT guid, title, link, published_at, updated_at, author, summary, content FROM entries "
      "WHERE article_id = ? "
      "ORDER BY length(coalesce(content, '')) DESC, length(coalesce(summary, '')) DESC, feed_id, "
      "id LIMIT 1",
      article_id};
  Entry entry;
  if (!q.next()) return entry;
  entry.id = q.text(0);
  entry.title = q.text(1);
  entry.link = q.text(2);
  entry.published = q.maybe_time(3);
  entry.updated = q.maybe_time(4);
  entry.author = q.text(5);
  entry.summary = q.text(6);
  entry.content = q.text(7);
  return entry;
}

std::vector<PendingPage> pending_page_rows(Connection& connection, Timestamp now, std::size_t limit,
                                           PagePlace after) {
  std::vector<PendingPage> pages;
  Query q{connection,
          "SELECT id, url, canonical_url, feed_id, etag, last_modified, failures, "
          "revision_id IS NOT NULL AND status <> 'from_feed', next_fetch_at, "
          "(SELECT f.url FROM feeds f WHERE f.id = articles.feed_id), wakes, looks, "
          "EXISTS (SELECT 1 FROM mentions m JOIN entities e ON e.id = m.entity_id WHERE "
          "m.revision_id = articles.revision_id AND e.listed) OR EXISTS (SELECT 1 FROM claims c "
          "WHERE c.revision_id = articles.revision_id), gone_looks "
          "FROM articles INDEXED BY articles_due "
          "WHERE next_fetch_at <= ?1 AND (next_fetch_at, id) > (?2, ?3) "
          "ORDER BY next_fetch_at, id LIMIT ?4",
          now,
          after.due_at,
          after.article_id,
          limit};
  while (q.next()) {
    PendingPage page;
    page.article_id = q.integer(0);
    page.url = q.text(1);
    page.canonical_url = q.text(2);
    page.feed_id = q.maybe_integer(3).value_or(0);
    page.etag = q.text(4);
    page.last_modified = q.text(5);
    page.failures = static_cast<int>(q.integer(6));
    page.has_page = q.integer(7) != 0;
    page.due_at = q.maybe_time(8).value_or(now);
    page.feed_url = q.text(9);
    page.wakes = q.integer(10);
    page.looks = static_cast<int>(q.integer(11));
    page.is_of_note = q.integer(12) != 0;
    page.gone_looks = static_cast<int>(q.integer(13));
    page.entry = page_entry_row(connection, page.article_id);
    pages.push_back(std::move(page));
  }
  return pages;
}

void save_page_failure_rows(Connection& connection, const PageFailure& failure, Timestamp now) {
  const bool had_text =
      find_integer(connection, "SELECT revision_id FROM articles WHERE id = ?", failure.article_id)
          .has_value();
  const bool is_gone = failure.outcome == PageOutcome::gone;
  run(connection,
      "UPDATE articles SET status = iif(?2, ?3, status), reason = ?4, failures = failures + NOT "
      "?7, gone_looks = gone_looks + ?7, last_fetched_at = ?5, next_fetch_at = ?6 WHERE id = ?1",
      failure.article_id, !had_text || is_gone, status_word(failure.outcome), given(failure.reason),
      now, failure.retry_at, is_gone);
  // One look may have met a mishap of the site; where no other follows, the site says that it is
  // for good.
  const bool is_sure = !failure.retry_at || is_gone_twice(connection, failure.article_id);
  if (!had_text || !is_gone || !is_sure || !mentions_listed(connection, failure.article_id)) return;
  raise_alert(connection,
              {.kind = AlertKind::article_gone,
               .key = key_of_gone(connection, failure.article_id),
               .article_id = failure.article_id,
               .details = failure.reason},
              now);
}

void save_page_unchanged_rows(Connection& connection, std::int64_t article_id,
                              std::optional<Timestamp> revisit_at, Timestamp now) {
  take_back_gone(connection, article_id, now);
  run(connection,
      "UPDATE articles SET last_fetched_at = ?2, next_fetch_at = ?3, looks = looks + 1, reason = "
      "iif(failures = 0 "
      "AND status <> 'gone', reason, NULL), failures = 0, "
      "status = iif(status = 'gone', 'ok', status) WHERE id = ?1",
      article_id, now, revisit_at);
}

std::size_t mend_page_rows(Connection& connection, Timestamp now) {
  return static_cast<std::size_t>(
      run(connection,
          "UPDATE articles SET next_fetch_at = ?1, put_off_since = min(put_off_since, ?1) "
          "WHERE next_fetch_at > ?1 "
          "AND (coalesce(last_fetched_at, first_seen_at) > ?2 OR next_fetch_at > ?3)",
          now, now + an_hour, now + longest_plan));
}

std::optional<Timestamp> postpone_page_row(Connection& connection, std::int64_t article_id,
                                           Timestamp until, bool is_hosts_wish, Timestamp now) {
  run(connection,
      "UPDATE articles SET next_fetch_at = ?2, put_off_since = CASE "
      "WHEN NOT ?5 THEN put_off_since "
      "WHEN next_fetch_at < ?4 THEN ?3 "
      "ELSE min(coalesce(put_off_since, ?3), ?3) END WHERE id = ?1",
      article_id, until, now, now - a_day, is_hosts_wish);
  Query q{connection, "SELECT put_off_since FROM articles WHERE id = ?", article_id};
  return q.next() ? q.maybe_time(0) : std::nullopt;
}

void close_page_job_row(Connection& connection, std::int64_t article_id, std::int64_t wakes,
                        Timestamp now) {
  run(connection,
      "UPDATE articles SET put_off_since = NULL, next_fetch_at = iif(wakes = ?2, next_fetch_at, "
      "?3) WHERE id = ?1 AND (put_off_since IS NOT NULL OR wakes <> ?2)",
      article_id, wakes, now);
}

}  // namespace stakeout
