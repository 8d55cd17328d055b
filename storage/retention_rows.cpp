#include "storage/retention_rows.h"

#include <vector>

#include "storage/upkeep_rows.h"

namespace stakeout {
namespace {

// What a step of some milliseconds has time for: articles to look at, and to drop something of.
constexpr std::size_t most_looked_at = 500;
constexpr std::size_t most_articles = 10;

// Of an article a: nobody asks for its page any more, and its last fetch was before ?3.
#define IS_AT_REST                                              \
  "a.revision_id IS NOT NULL AND a.next_fetch_at IS NULL AND "  \
  "coalesce(a.last_fetched_at, a.first_seen_at) < ?3 AND a.id " \
  "> ?1 AND a.id <= ?2"

// Nothing that is kept rests on the words of an article a.
#define IS_OF_NO_NOTE                                                                  \
  "NOT EXISTS (SELECT 1 FROM revisions x JOIN mentions m ON m.revision_id = x.id "     \
  "WHERE x.article_id = a.id) AND "                                                    \
  "NOT EXISTS (SELECT 1 FROM revisions x JOIN claims c ON c.revision_id = x.id WHERE " \
  "x.article_id = a.id) AND "                                                          \
  "NOT EXISTS (SELECT 1 FROM alerts l WHERE l.article_id = a.id) AND "                 \
  "NOT EXISTS (SELECT 1 FROM archive_records k WHERE k.article_id = a.id) AND "        \
  "NOT EXISTS (SELECT 1 FROM rejected_mentions x WHERE x.article_id = a.id) AND "      \
  "NOT EXISTS (SELECT 1 FROM remembered_claims x WHERE x.article_id = a.id)"

// Of an article a.
#define KEPT_TEXTS "revisions r WHERE r.article_id = a.id AND r.text_dropped_at IS NULL"
#define KEPT_FEED_TEXTS(before)                                       \
  "entries n WHERE n.article_id = a.id AND n.first_seen_at < " before \
  " AND (n.summary IS NOT NULL OR n.content IS NOT NULL)"

#define TEXT_BYTES "coalesce(sum(length(CAST(r.text AS BLOB))), 0)"
#define FEED_TEXT_BYTES                                        \
  "coalesce(sum(length(CAST(coalesce(n.summary, '') AS BLOB))" \
  " + length(CAST(coalesce(n.content, '') AS BLOB))), 0)"

struct Range {
  std::int64_t after = 0;
  std::int64_t last = INT64_MAX;
};

// The first of those articles whose ids `sql` selects.
std::vector<std::int64_t> first_articles(Connection& connection, const char* sql,
                                         const Range& range, Timestamp before) {
  std::vector<std::int64_t> articles;
  for (Query q{connection, sql, range.after, range.last, before, most_articles}; q.next();)
    articles.push_back(q.integer(0));
  return articles;
}

// The step ends with the last article that there was time for.
void end_with(const std::vector<std::int64_t>& articles, Range& range) {
  if (articles.size() == most_articles) range.last = articles.back();
}

// Rows are replaced: the room of one that only shrinks stays with its page, where nothing else
// comes to lie, while a page that a deleted row leaves almost empty is freed.

// What is kept of the words of the texts that are to go, beside them.
void drop_parts(Connection& connection, std::int64_t article) {
  run(connection,
      "DELETE FROM revision_changes WHERE revision_id IN (SELECT id FROM revisions WHERE "
      "article_id = ?)",
      article);
  run(connection,
      "DELETE FROM left_out WHERE revision_id IN (SELECT id FROM revisions WHERE article_id = ?)",
      article);
}

// The index is told of the words that go, and keeps the title.
void drop_texts(Connection& connection, SearchIndex& search, Timestamp before, Timestamp now,
                Range& range, Dropped& dropped) {
  const auto articles = first_articles(connection,
                                       "SELECT a.id FROM articles a WHERE " IS_AT_REST
                                       " AND EXISTS (SELECT 1 FROM " KEPT_TEXTS
                                       ") AND " IS_OF_NO_NOTE " ORDER BY a.id LIMIT ?4",
                                       range, before);
  if (articles.empty()) return;
  search.forget(articles);
  for (const std::int64_t article : articles) {
    dropped.bytes +=
        find_integer(connection,
                     "SELECT " TEXT_BYTES " FROM articles a, " KEPT_TEXTS " AND a.id = ?", article)
            .value_or(0);
    drop_parts(connection, article);
    dropped.texts += static_cast<std::size_t>(
        run(connection,
            "REPLACE INTO revisions (id, article_id, number, fetched_at, title, text_dropped_at, "
            "text, sha256, change, extractor) SELECT id, article_id, number, fetched_at, title, "
            "?2, '', sha256, change, extractor FROM revisions WHERE article_id = ?1 AND "
            "text_dropped_at IS NULL",
            article, now));
    search.add(article);
  }
  note_search_waste(connection, articles.size());
  end_with(articles, range);
}

void drop_feed_texts(Connection& connection, Timestamp before, Range& range, Dropped& dropped) {
  const auto articles =
      first_articles(connection,
                     "SELECT a.id FROM articles a WHERE " IS_AT_REST
                     " AND EXISTS (SELECT 1 FROM " KEPT_FEED_TEXTS("?3") ") ORDER BY a.id LIMIT ?4",
                     range, before);
  for (const std::int64_t article : articles) {
    dropped.bytes += find_integer(connection,
                                  "SELECT " FEED_TEXT_BYTES
                                  " FROM articles a, " KEPT_FEED_TEXTS("?2") " AND a.id = ?1",
                                  article, before)
                         .value_or(0);
    dropped.feed_texts += static_cast<std::size_t>(
        run(connection,
            "REPLACE INTO entries (id, feed_id, article_id, guid, link, title, author, "
            "published_at, updated_at, first_seen_at, guid_hash, link_hash, body_hash, words_hash) "
            "SELECT id, feed_id, article_id, guid, link, title, author, published_at, updated_at, "
            "first_seen_at, guid_hash, link_hash, body_hash, words_hash FROM entries WHERE "
            "article_id = ?1 AND first_seen_at < ?2 AND (summary IS NOT NULL OR content IS NOT "
            "NULL)",
            article, before));
  }
  end_with(articles, range);
}

Range next_range(Connection& connection, std::int64_t after) {
  return {after,
          find_integer(connection,
                       "SELECT max(id) FROM (SELECT id FROM articles WHERE id > ? ORDER BY id "
                       "LIMIT ?)",
                       after, most_looked_at)
              .value_or(after)};
}

}  // namespace

std::optional<Timestamp> last_work(Connection& connection) {
  Query q{connection,
          "SELECT max(at) FROM (SELECT max(last_fetched_at) AS at FROM feeds UNION ALL SELECT "
          "max(updated_at) FROM imports)"};
  return q.next() ? q.maybe_time(0) : std::nullopt;
}

DropStep drop_old_rows(Connection& connection, SearchIndex& search, const RetentionLimits& limits,
                       std::int64_t after, Timestamp now) {
  Range range = next_range(connection, after);
  DropStep step;
  if (range.last == after) return step;
  if (limits.texts) drop_texts(connection, search, *limits.texts, now, range, step.dropped);
  if (limits.feed_texts) drop_feed_texts(connection, *limits.feed_texts, range, step.dropped);
  step.next = range.last;
  return step;
}

Dropped droppable_rows(Connection& connection, const RetentionLimits& limits) {
  Dropped sum;
  const Range all;
  const auto add = [&](const char* sql, const std::optional<Timestamp>& before,
                       std::size_t& count) {
    if (!before) return;
    Query q{connection, sql, all.after, all.last, *before};
    if (!q.next()) return;
    count = static_cast<std::size_t>(q.integer(0));
    sum.bytes += q.integer(1);
  };
  add("SELECT count(*), " TEXT_BYTES " FROM articles a, " KEPT_TEXTS " AND " IS_AT_REST
      " AND " IS_OF_NO_NOTE,
      limits.texts, sum.texts);
  add("SELECT count(*), " FEED_TEXT_BYTES
      " FROM articles a, " KEPT_FEED_TEXTS("?3") " AND " IS_AT_REST,
      limits.feed_texts, sum.feed_texts);
  return sum;
}

}  // namespace stakeout
