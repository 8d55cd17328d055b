#include "storage/entry_rows.h"

#include <bit>
#include <unordered_map>

#include <xxhash.h>

#include "storage/feed_rows.h"

namespace stakeout {
namespace {

std::int64_t content_hash(const Entry& entry) {
  const std::string words = entry.title + '\0' + entry.summary + '\0' + entry.content;
  return std::bit_cast<std::int64_t>(XXH3_64bits(words.data(), words.size()));
}

// How often the document uses each guid and each link.
struct Uses {
  std::unordered_map<std::string_view, int> guids;
  std::unordered_map<std::string_view, int> links;

  explicit Uses(const std::vector<FeedEntry>& entries) {
    for (const FeedEntry& e : entries) {
      ++guids[e.entry.id];
      ++links[e.entry.link];
    }
  }
};

std::optional<std::int64_t> find_by_guid(Connection& connection, std::int64_t feed_id,
                                         const Entry& entry) {
  return find_integer(connection,
                      "SELECT id FROM entries WHERE feed_id = ? AND guid = ? "
                      "ORDER BY link IS NOT ?, id LIMIT 1",
                      feed_id, entry.id, given(entry.link));
}

std::optional<std::int64_t> find_by_link(Connection& connection, std::int64_t feed_id,
                                         const Entry& entry, std::int64_t hash) {
  return find_integer(connection,
                      "SELECT id FROM entries WHERE feed_id = ?1 AND link = ?2 "
                      "AND (guid IS NULL OR ?3 IS NULL OR content_hash = ?4) ORDER BY id LIMIT 1",
                      feed_id, entry.link, given(entry.id), hash);
}

std::optional<std::int64_t> find_by_content(Connection& connection, std::int64_t feed_id,
                                            const Entry& entry, std::int64_t hash) {
  return find_integer(connection,
                      "SELECT id FROM entries WHERE feed_id = ?1 AND content_hash = ?2 "
                      "AND (guid IS NULL OR ?3 IS NULL OR guid = ?3) "
                      "AND (link IS NULL OR ?4 IS NULL OR link = ?4) ORDER BY id LIMIT 1",
                      feed_id, hash, given(entry.id), given(entry.link));
}

std::optional<std::int64_t> find_entry(Connection& connection, std::int64_t feed_id,
                                       const Entry& entry, const Uses& uses, std::int64_t hash) {
  std::optional<std::int64_t> id;
  if (!entry.id.empty() && uses.guids.at(entry.id) == 1) {
    id = find_by_guid(connection, feed_id, entry);
  }
  if (!id && !entry.link.empty() && uses.links.at(entry.link) == 1) {
    id = find_by_link(connection, feed_id, entry, hash);
  }
  return id ? id : find_by_content(connection, feed_id, entry, hash);
}

void insert_entry(Connection& connection, std::int64_t feed_id, const Entry& entry,
                  std::optional<std::int64_t> article, std::int64_t hash, Timestamp now) {
  insert(connection,
         "INSERT INTO entries (feed_id, article_id, guid, link, title, author, summary, content, "
         "published_at, updated_at, first_seen_at, content_hash) "
         "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
         feed_id, article, given(entry.id), given(entry.link), given(entry.title),
         given(entry.author), given(entry.summary), given(entry.content), entry.published,
         entry.updated, now, hash);
}

// True when something of it was new.
bool update_entry(Connection& connection, std::int64_t id, const Entry& entry,
                  std::optional<std::int64_t> article, std::int64_t hash) {
  return run(connection,
             "UPDATE entries SET article_id = coalesce(?2, article_id), guid = ?3, link = ?4, "
             "title = ?5, author = ?6, summary = ?7, content = ?8, published_at = ?9, "
             "updated_at = ?10, content_hash = ?11 WHERE id = ?1 AND "
             "(content_hash, updated_at, link, guid) IS NOT (?11, ?10, ?4, ?3)",
             id, article, given(entry.id), given(entry.link), given(entry.title),
             given(entry.author), given(entry.summary), given(entry.content), entry.published,
             entry.updated, hash) > 0;
}

}  // namespace

SavedFeed save_entry_rows(Connection& connection, const FeedUpdate& update, Timestamp now) {
  SavedFeed saved;
  const Uses uses{update.entries};
  for (const auto& [entry, canonical_url] : update.entries) {
    std::optional<std::int64_t> article;
    if (!canonical_url.empty()) {
      const PageRow page = page_row(connection, entry.link, canonical_url, update.feed_id, now);
      article = page.article_id;
      if (page.is_new) ++saved.new_pages;
    }
    const std::int64_t hash = content_hash(entry);
    const auto known = find_entry(connection, update.feed_id, entry, uses, hash);
    if (!known) {
      insert_entry(connection, update.feed_id, entry, article, hash, now);
      ++saved.new_entries;
    } else if (update_entry(connection, *known, entry, article, hash)) {
      ++saved.changed_entries;
      // The feed says that there is something new on the page, however it ended before. One that
      // was never had is due anyway, at its own time.
      run(connection,
          "UPDATE articles SET next_fetch_at = ?2 WHERE id = ?1 AND status <> 'pending' "
          "AND (next_fetch_at IS NULL OR next_fetch_at > ?2)",
          article, now);
    }
  }
  return saved;
}

PageRow page_row(Connection& connection, const std::string& url, const std::string& canonical_url,
                 std::optional<std::int64_t> feed_id, Timestamp now) {
  if (const auto known =
          find_integer(connection, "SELECT article_id FROM article_urls WHERE canonical_url = ?",
                       canonical_url)) {
    // Of several feeds the first of the list counts, whichever was fetched first.
    run(connection,
        "UPDATE articles SET feed_id = ?2, url = iif(canonical_url = ?3, ?4, url) "
        "WHERE id = ?1 AND ?2 < coalesce(feed_id, ?2 + 1)",
        *known, feed_id, canonical_url, url);
    return {*known, false};
  }
  const std::int64_t id =
      insert(connection,
             "INSERT INTO articles (url, canonical_url, feed_id, first_seen_at, next_fetch_at) "
             "VALUES (?, ?, ?, ?, ?)",
             url, canonical_url, feed_id, now, now);
  run(connection, "INSERT INTO article_urls VALUES (?, ?)", canonical_url, id);
  return {id, true};
}

}  // namespace stakeout
