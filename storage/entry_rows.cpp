#include "storage/entry_rows.h"

#include <string_view>

#include "storage/entry_match.h"
#include "storage/feed_rows.h"
#include "storage/hash.h"
#include "storage/past_rows.h"

namespace stakeout {
namespace {

// An entry as it is stored, as far as a document is compared with it.
struct StoredEntry {
  std::int64_t id = 0;
  std::optional<std::int64_t> article_id;
  std::optional<Timestamp> updated;
};

// Those that entries of a document may be; parallel.
struct StoredEntries {
  std::vector<StoredEntry> entries;
  std::vector<EntryMarks> marks;
};

// A document, without what it repeats; parallel.
struct Document {
  std::vector<const FeedEntry*> entries;
  std::vector<EntryMarks> marks;
};

void add_time(TextHash& hash, const std::optional<Timestamp>& time) {
  hash.add(time ? std::to_string(time->seconds) : std::string{});
}

// Over everything that is stored of the entries.
std::int64_t document_hash(const std::vector<FeedEntry>& entries) {
  TextHash hash;
  for (const auto& [entry, canonical_url] : entries) {
    for (const std::string* text : {&entry.id, &entry.link, &canonical_url, &entry.title,
                                    &entry.author, &entry.summary, &entry.content})
      hash.add(*text);
    add_time(hash, entry.published);
    add_time(hash, entry.updated);
  }
  return hash.value();
}

// True when it is the document that is stored already. Remembers it.
bool is_same_document(Connection& connection, const FeedUpdate& update) {
  const std::int64_t hash = document_hash(update.entries);
  if (find_integer(connection, "SELECT 1 FROM feeds WHERE id = ? AND document_hash = ?",
                   update.feed_id, hash)) {
    return true;
  }
  run(connection,
      "UPDATE feeds SET document_hash = ?2, document_entries = coalesce(?3, document_entries) "
      "WHERE id = ?1",
      update.feed_id, update.is_part ? std::nullopt : std::optional{hash},
      update.is_part ? std::nullopt : std::optional{update.entries.size()});
  return false;
}

Document document_of(const std::vector<FeedEntry>& entries) {
  std::vector<EntryMarks> marks;
  marks.reserve(entries.size());
  for (const FeedEntry& entry : entries) marks.push_back(marks_of(entry));
  Document document;
  for (const std::size_t place : distinct_entries(entries, marks)) {
    document.entries.push_back(&entries[place]);
    document.marks.push_back(marks[place]);
  }
  return document;
}

void append_number(std::string& list, std::int64_t number) {
  list += (list.empty() ? "[" : ",") + std::to_string(number);
}

std::string closed(std::string list) {
  return list.empty() ? "[]" : list + "]";
}

// The stored entries that share a mark with one of the document, a few for each mark: one look-up,
// whose cost does not depend on how many entries the feed has. CROSS JOIN keeps SQLite to that
// order: with statistics it would go through all entries, for each mark.
StoredEntries find_stored(Connection& connection, std::int64_t feed_id, const Document& document) {
  const Distinctive distinctive{document.marks};
  std::string guids;
  std::string links;
  std::string words;
  for (const EntryMarks& entry : document.marks) {
    if (distinctive.guid(entry)) append_number(guids, *entry.guid);
    if (distinctive.link(entry)) append_number(links, *entry.link);
    if (entry.words) append_number(words, *entry.words);
  }
  Query q{
      connection,
      "SELECT id, article_id, updated_at, guid_hash, link_hash, body_hash, words_hash, title, "
      "published_at FROM entries WHERE id IN ("
      "SELECT n.id FROM json_each(?2) j CROSS JOIN entries n ON n.id IN (SELECT id FROM entries "
      "WHERE feed_id = ?1 AND guid_hash = j.value ORDER BY id DESC LIMIT 4) UNION ALL "
      "SELECT n.id FROM json_each(?3) j CROSS JOIN entries n ON n.id IN (SELECT id FROM entries "
      "WHERE feed_id = ?1 AND link_hash = j.value ORDER BY id DESC LIMIT 4) UNION ALL "
      "SELECT n.id FROM json_each(?4) j CROSS JOIN entries n ON n.id IN (SELECT id FROM entries "
      "WHERE feed_id = ?1 AND words_hash = j.value ORDER BY id DESC LIMIT 4))",
      feed_id,
      closed(std::move(guids)),
      closed(std::move(links)),
      closed(std::move(words))};
  StoredEntries stored;
  while (q.next()) {
    stored.entries.push_back({q.integer(0), q.maybe_integer(1), q.maybe_time(2)});
    stored.marks.push_back({.guid = q.maybe_integer(3),
                            .link = q.maybe_integer(4),
                            .title = hash_of({q.text(7)}),
                            .body = q.maybe_integer(5),
                            .words = q.maybe_integer(6),
                            .published = q.maybe_time(8)});
  }
  return stored;
}

// Saves the entries of one document. What is borrowed outlives it.
class EntryWriter {
 public:
  EntryWriter(Connection& connection, const FeedUpdate& update, bool is_first, Timestamp now)
      : connection_{connection},
        feed_id_{update.feed_id},
        is_first_{is_first},
        now_{now},
        document_{document_of(update.entries)},
        stored_{find_stored(connection, update.feed_id, document_)},
        matches_{match_entries(document_.marks, stored_.marks)},
        dates_move_{all_dates_move()} {}

  SavedFeed save() {
    for (std::size_t i = 0; i < document_.entries.size(); ++i) {
      if (matches_.known[i]) {
        save_known(i, *matches_.known[i]);
      } else {
        save_new(i);
      }
    }
    return std::move(saved_);
  }

 private:
  // Whether the document says of most entries that they were updated, though their words are the
  // same: such dates are those of the fetch.
  [[nodiscard]] bool all_dates_move() const {
    std::size_t known = 0;
    std::size_t moved = 0;
    for (std::size_t i = 0; i < document_.entries.size(); ++i) {
      if (!matches_.known[i]) continue;
      ++known;
      const std::size_t place = *matches_.known[i];
      moved += document_.marks[i].words == stored_.marks[place].words &&
               document_.entries[i]->entry.updated != stored_.entries[place].updated;
    }
    return moved >= 3 && moved * 2 > known;
  }

  std::optional<std::int64_t> page_of(const FeedEntry& entry) {
    if (entry.canonical_url.empty()) return std::nullopt;
    const PageRow page =
        page_row(connection_, entry.entry.link, entry.canonical_url, feed_id_, now_);
    if (page.is_new) ++saved_.new_pages;
    if (page.is_new && is_first_) {
      run(connection_, "UPDATE articles SET is_past = 1 WHERE id = ?", page.article_id);
    } else if (!page.is_new && !is_first_) {
      // What another feed has only just got is no past, whichever of the two was asked first.
      end_past(connection_, page.article_id, now_);
    }
    return page.article_id;
  }

  void save_new(std::size_t i) {
    const Entry& entry = document_.entries[i]->entry;
    const EntryMarks& marks = document_.marks[i];
    insert(connection_,
           "INSERT INTO entries (feed_id, article_id, guid, link, title, author, summary, content, "
           "published_at, updated_at, first_seen_at, guid_hash, link_hash, body_hash, words_hash) "
           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           feed_id_, page_of(*document_.entries[i]), given(entry.id), given(entry.link),
           given(entry.title), given(entry.author), given(entry.summary), given(entry.content),
           entry.published, entry.updated, now_, marks.guid, marks.link, marks.body, marks.words);
    ++saved_.new_entries;
    saved_.new_published.push_back(entry.published);
  }

  // The page of a known entry. A new link under unchanged words leads to the page that we have,
  // unless that could not be had.
  std::optional<std::int64_t> page_of_known(std::size_t i, std::size_t place) {
    const std::optional<std::int64_t> before = stored_.entries[place].article_id;
    const EntryMarks& marks = document_.marks[i];
    const EntryMarks& known = stored_.marks[place];
    if (before && marks.link == known.link) return before;
    if (before && marks.words == known.words &&
        find_integer(connection_,
                     "SELECT 1 FROM articles WHERE id = ? AND status IN "
                     "('pending', 'ok', 'from_feed')",
                     *before)) {
      return before;
    }
    const auto page = page_of(*document_.entries[i]);
    return page ? page : before;
  }

  void save_known(std::size_t i, std::size_t place) {
    ++saved_.known_entries;
    const Entry& entry = document_.entries[i]->entry;
    const EntryMarks& marks = document_.marks[i];
    const EntryMarks& known = stored_.marks[place];
    const bool is_reworded = marks.words != known.words;
    const bool is_updated = !dates_move_ && entry.updated != stored_.entries[place].updated;
    const bool has_new_guid = !matches_.guids_change && marks.guid != known.guid;
    const bool lacks_page =
        !stored_.entries[place].article_id && !document_.entries[i]->canonical_url.empty();
    if (!is_reworded && !is_updated && !has_new_guid && !lacks_page && marks.link == known.link)
      return;
    const auto page = page_of_known(i, place);
    run(connection_,
        "UPDATE entries SET article_id = ?2, guid = ?3, link = ?4, title = ?5, author = ?6, "
        "summary = ?7, content = ?8, published_at = ?9, updated_at = ?10, guid_hash = ?11, "
        "link_hash = ?12, body_hash = ?13, words_hash = ?14 WHERE id = ?1",
        stored_.entries[place].id, page, given(entry.id), given(entry.link), given(entry.title),
        given(entry.author), given(entry.summary), given(entry.content), entry.published,
        entry.updated, marks.guid, marks.link, marks.body, marks.words);
    if (!is_reworded && !is_updated) return;
    ++saved_.changed_entries;
    // The feed says that there is something new on the page, however it ended before. One that was
    // never had is due anyway, at its own time; one that is being fetched is fetched again.
    run(connection_,
        "UPDATE articles SET wakes = wakes + 1, next_fetch_at = iif(status = 'pending', "
        "next_fetch_at, min(coalesce(next_fetch_at, ?2), ?2)) WHERE id = ?1",
        page, now_);
  }

  Connection& connection_;
  std::int64_t feed_id_;
  bool is_first_;  // the feed was never read before
  Timestamp now_;
  Document document_;
  StoredEntries stored_;
  EntryMatches matches_;
  bool dates_move_;
  SavedFeed saved_;
};

}  // namespace

SavedFeed save_entry_rows(Connection& connection, const FeedUpdate& update, bool is_first,
                          Timestamp now) {
  if (is_same_document(connection, update)) {
    SavedFeed saved;
    saved.known_entries = update.entries.size();
    return saved;
  }
  return EntryWriter{connection, update, is_first, now}.save();
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
