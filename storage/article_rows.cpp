#include "storage/article_rows.h"

#include <algorithm>

#include "storage/alert_rows.h"
#include "storage/contract_rows.h"
#include "storage/fact_rows.h"
#include "storage/left_out_rows.h"
#include "storage/mention_alerts.h"
#include "storage/page_rows.h"
#include "storage/past_rows.h"
#include "storage/rejection_rows.h"
#include "storage/sha_digests.h"
#include "storage/story_rows.h"

namespace stakeout {
namespace {

// The article as it stands before a save.
struct Known {
  std::string status;
  std::optional<std::int64_t> revision_id;
  std::string sha256;
  std::int64_t number = 0;
  bool is_dropped = false;  // the text is not kept any more
};

Known read_known(Connection& connection, std::int64_t article_id) {
  Query q{connection,
          "SELECT a.status, a.revision_id, r.sha256, r.number, r.text_dropped_at IS NOT NULL FROM "
          "articles a "
          "LEFT JOIN revisions r ON r.id = a.revision_id WHERE a.id = ?",
          article_id};
  if (!q.next()) {
    throw StorageError{StorageFault::other,
                       "there is no article " + std::to_string(article_id) + " in the database"};
  }
  return {q.text(0), q.maybe_integer(1), q.text(2), q.maybe_integer(3).value_or(0),
          q.integer(4) != 0};
}

// Two addresses have turned out to be one article: what pointed to the page that was never had
// points to the other from now on.
void absorb(Connection& connection, std::int64_t page, std::int64_t article) {
  run(connection, "UPDATE entries SET article_id = ?2 WHERE article_id = ?1", page, article);
  run(connection, "UPDATE article_urls SET article_id = ?2 WHERE article_id = ?1", page, article);
  run(connection, "UPDATE alerts SET article_id = ?2 WHERE article_id = ?1", page, article);
  run(connection, "DELETE FROM articles WHERE id = ?", page);
}

// The article that a page belongs to, by the address that it gives as its own.
std::int64_t resolve_article(Connection& connection, const ArticleRecord& record) {
  const std::int64_t id = record.article_id;
  const std::string& canonical_url = record.page.canonical_url;
  if (canonical_url.empty() || read_known(connection, id).revision_id) return id;
  const auto other = find_integer(
      connection, "SELECT article_id FROM article_urls WHERE canonical_url = ?", canonical_url);
  if (!other) {
    run(connection, "INSERT INTO article_urls VALUES (?, ?)", canonical_url, id);
    run(connection, "UPDATE articles SET canonical_url = ? WHERE id = ?", canonical_url, id);
    return id;
  }
  if (*other == id) return id;
  absorb(connection, id, *other);
  return *other;
}

std::int64_t insert_revision(Connection& connection, std::int64_t article_id,
                             const ArticleRecord& record, const std::string& sha256,
                             const Known& known, Timestamp now) {
  const std::int64_t number = known.number + 1;
  const bool is_compared = number > 1 && !known.is_dropped;
  const std::int64_t id =
      insert(connection,
             "INSERT INTO revisions (article_id, number, fetched_at, title, text, sha256, change, "
             "extractor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
             article_id, number, now, given(record.page.title), record.page.text, sha256,
             is_compared ? std::optional{word_of(record.change)} : std::nullopt, record.extractor);
  if (!record.page.left_out.empty()) {
    replace_left_out_rows(connection, id, record.page.left_out);
  }
  if (!is_compared) return id;
  std::int64_t position = 0;
  for (const TextChange& change : record.changes) {
    run(connection, "INSERT INTO revision_changes VALUES (?, ?, ?, ?)", id, ++position,
        change.before, change.after);
  }
  return id;
}

// What is known of the page apart from its text. The title belongs to the full-text index as well.
void update_article(Connection& connection, std::int64_t article_id, const ArticleRecord& record,
                    std::int64_t revision_id, Timestamp now) {
  const Article& page = record.page;
  if (!record.from_feed) take_back_gone(connection, article_id, now);
  run(connection,
      "UPDATE articles SET title = ?2, byline = ?3, site = ?4, language = ?5, published_at = "
      "coalesce(?6, published_at), modified_at = ?7, last_fetched_at = ?8, status = ?9, reason = "
      "?15, failures = 0, next_fetch_at = ?10, etag = ?11, last_modified = ?12, revision_id = "
      "?13, "
      "robots = ?14, looks = ?16 "
      "WHERE id = ?1",
      article_id, given(page.title), given(page.byline), given(page.site), given(page.language),
      given(page.published), given(page.modified), now, record.from_feed ? "from_feed" : "ok",
      record.revisit_at, given(record.etag), given(record.last_modified), revision_id,
      given(page.robots), given(record.reason), record.looks);
}

// The page was looked at, and its text stands as it did.
void keep_page(Connection& connection, std::int64_t article_id, const ArticleRecord& record,
               Timestamp now) {
  run(connection,
      "UPDATE articles SET last_fetched_at = ?2, next_fetch_at = ?3, reason = ?4, looks = ?5 "
      "WHERE id = ?1",
      article_id, now, record.revisit_at, given(record.reason), record.looks);
}

// How often an article has changed in this way.
std::int64_t times_changed(Connection& connection, std::int64_t article_id,
                           const TextChange& change) {
  return find_integer(connection,
                      "SELECT count(DISTINCT r.id) FROM revisions r JOIN revision_changes c ON "
                      "c.revision_id = r.id WHERE r.article_id = ? AND r.change = 'substantive' "
                      "AND (c.before, c.after) = (?, ?)",
                      article_id, change.before, change.after)
      .value_or(0);
}

// What changed, in the words of both sides: everything but spelling and style.
std::string facts_changed(const std::vector<TextChange>& changes) {
  std::string all;
  for (const TextChange& change : changes) {
    if (change.weight == 0) continue;
    if (!all.empty()) all += '\n';
    all += change.before + " → " + change.after;
  }
  return all;
}

// What was told of contracts by the revision that is being stored.
struct TellingOfContracts {
  bool is_told = false;
  DeliveryRange deliveries{};
};

// Tells the change that says most. The same changes in another copy of the story are no news,
// whatever else was put right there; that an article makes them again is. Whoever is told of a
// contract by `contracts`, what the revision changed of it, hears of the same change there.
AlertCount raise_article_changed(Connection& connection, std::int64_t article_id,
                                 std::int64_t number, const ArticleRecord& record,
                                 const TellingOfContracts& contracts, Timestamp now) {
  const bool is_news = record.change == ChangeClass::substantive &&
                       std::any_of(record.facts.mentions.begin(), record.facts.mentions.end(),
                                   [](const Mention& m) { return m.listed; });
  if (!is_news) return {};
  const auto heaviest = std::max_element(
      record.changes.begin(), record.changes.end(),
      [](const TextChange& a, const TextChange& b) { return a.weight < b.weight; });
  const TextChange told = heaviest == record.changes.end() ? TextChange{} : *heaviest;
  const std::string details =
      record.changes.empty() ? std::string{} : told.before + " → " + told.after;
  const auto story =
      find_integer(connection, "SELECT story_id FROM articles WHERE id = ?", article_id);
  const std::string what = details.empty()
                               ? std::to_string(article_id) + ":" + std::to_string(number)
                               : "story:" + std::to_string(story.value_or(0)) + ":" +
                                     sha256_hex(facts_changed(record.changes)).substr(0, 16) + ":" +
                                     std::to_string(times_changed(connection, article_id, told));
  const AlertRow alert{.kind = AlertKind::article_changed,
                       .key = "article_changed:" + what,
                       .story_id = story,
                       .article_id = article_id,
                       .details = details,
                       .reason = {.words = {}, .rule = "substantive change", .quote = told.after},
                       .quiet = record.quiet};
  AlertCount raised;
  const bool is_raised = contracts.is_told
                             ? raise_for_others(connection, alert, contracts.deliveries, now)
                             : raise_alert(connection, alert, now);
  if (is_raised) count_alert(raised, alert);
  return raised;
}

AlertCount withdraw_dropped(Connection& connection, std::int64_t article_id,
                            const std::vector<std::int64_t>& unlisted, bool quiet, Timestamp now) {
  AlertCount raised;
  for (const std::int64_t entity : unlisted) {
    raised += withdraw_unlisted(connection, article_id, entity,
                                {.why = "its article says so no more", .quiet = quiet}, now);
  }
  return raised;
}

StoredText read_text(const Query& q) {
  StoredText text;
  text.article_id = q.integer(0);
  text.revision_id = q.integer(1);
  text.url = q.text(2);
  text.canonical_url = q.text(3);
  text.title = q.text(4);
  text.site = q.text(5);
  text.published = q.text(6);
  text.text = q.text(7);
  text.extractor = q.text(8);
  text.dropped_at = q.maybe_time(9);
  return text;
}

// Whether this is the first text or the first page that is had of an article that its feed had when
// it was first read.
bool is_past(Connection& connection, std::int64_t article_id, const Known& known,
             const ArticleRecord& record) {
  return (!known.revision_id || (known.status == "from_feed" && !record.from_feed)) &&
         find_integer(connection, "SELECT is_past FROM articles WHERE id = ?", article_id) == 1;
}

void save_new_text(Connection& connection, StoryIndex& stories, SearchIndex& search,
                   const ArticleRecord& record, const Known& known, const std::string& sha256,
                   SavedArticle& saved, Timestamp now) {
  const std::int64_t article_id = saved.article_id;
  const std::int64_t number = known.number + 1;
  if (known.revision_id) search.forget(article_id);
  saved.revision_id = insert_revision(connection, article_id, record, sha256, known, now);
  update_article(connection, article_id, record, saved.revision_id, now);
  search.add(article_id);
  replace_fact_rows(connection, saved.revision_id, record.facts);
  saved.mentions = record.facts.mentions.size();
  saved.claims = record.facts.claims.size();
  stories.save(article_id, record.marks);
  const JoinedStory story = join_story(connection, article_id, record.copies_of, now);
  saved.story_id = story.story_id;
  apply_rejections(connection, article_id);

  DealScope scope;
  add_scope_of_article(connection, article_id, scope);
  // How many stories tell of a deal may have changed for all of them.
  if (story.merged) add_scope_of_story(connection, story.story_id, scope);
  const bool quiet = record.quiet || is_past(connection, article_id, known, record);
  if (quiet) mark_past(connection, article_id, saved.revision_id);
  TellingOfContracts telling{.deliveries = {.after = last_delivery(connection)}};
  const ContractChanges contracts = update_contracts(connection, scope, quiet, now);
  telling.is_told = contracts.alerts.told > 0;
  telling.deliveries.last = last_delivery(connection);
  saved.new_contracts = contracts.created;
  saved.changed_contracts = contracts.changed;
  saved.alerts = contracts.alerts;
  saved.alerts += raise_mentions(connection, story.story_id, now);
  saved.alerts += raise_unlisted(connection, article_id, quiet, now);
  saved.alerts += withdraw_dropped(connection, article_id, unlisted_parties(connection, article_id),
                                   quiet, now);
  if (number > 1 && known.status != "from_feed" && !known.is_dropped) {
    saved.alerts += raise_article_changed(connection, article_id, number, record, telling, now);
  }
}

// The article has taken nothing back with what is missing from now on: that it is its site's was
// not known before.
void replace_words(Connection& connection, SearchIndex& search, std::int64_t article_id,
                   std::int64_t revision_id, const TextReading& reading) {
  const bool is_latest =
      find_integer(connection, "SELECT 1 FROM articles WHERE revision_id = ?", revision_id)
          .has_value();
  if (is_latest) search.forget(article_id);
  run(connection, "UPDATE revisions SET text = ?2, sha256 = ?3 WHERE id = ?1", revision_id,
      reading.text, sha256_hex(reading.text));
  if (is_latest) search.add(article_id);
  replace_left_out_rows(connection, revision_id, reading.left_out);
}

constexpr const char* text_by_article =
    "SELECT a.id, r.id, a.url, a.canonical_url, a.title, a.site, a.published_at, r.text, "
    "r.extractor, r.text_dropped_at FROM articles a JOIN revisions r ON r.id = a.revision_id WHERE "
    "a.id = ?";
constexpr const char* text_by_revision =
    "SELECT a.id, r.id, a.url, a.canonical_url, a.title, a.site, a.published_at, r.text, "
    "r.extractor, NULL FROM articles a JOIN revisions r ON r.article_id = a.id WHERE r.id = ? AND "
    "r.text_dropped_at IS NULL";
constexpr const char* texts_after_article =
    "SELECT a.id, r.id, a.url, a.canonical_url, a.title, a.site, a.published_at, r.text, "
    "r.extractor, NULL FROM articles a JOIN revisions r ON r.article_id = a.id WHERE a.id IN "
    "(SELECT c.id FROM articles c WHERE c.id > ? AND EXISTS (SELECT 1 FROM revisions k WHERE "
    "k.article_id = c.id AND k.text_dropped_at IS NULL) ORDER BY c.id LIMIT ?) AND "
    "r.text_dropped_at IS NULL ORDER BY a.id, r.number";

std::optional<StoredText> first_text(Connection& connection, const char* sql, std::int64_t id) {
  Query q{connection, sql, id};
  if (!q.next()) return std::nullopt;
  StoredText text = read_text(q);
  text.left_out = left_out_rows(connection, text.revision_id);
  return text;
}

}  // namespace

SavedArticle save_article_rows(Connection& connection, StoryIndex& stories, SearchIndex& search,
                               const ArticleRecord& record, Timestamp now) {
  SavedArticle saved;
  saved.article_id = resolve_article(connection, record);
  const bool was_absorbed = saved.article_id != record.article_id;
  const Known known = read_known(connection, saved.article_id);
  const std::string sha256 = sha256_hex(record.page.text);
  const bool has_page = known.revision_id && known.status != "from_feed";
  // The words of a copy at another address, or of the feed, do not replace those of the page.
  const bool keeps_text =
      has_page && (was_absorbed || record.from_feed || record.change == ChangeClass::no_change);
  if (known.revision_id && (keeps_text || sha256 == known.sha256)) {
    saved.revision_id = *known.revision_id;
    saved.story_id =
        find_integer(connection, "SELECT story_id FROM articles WHERE id = ?", saved.article_id)
            .value_or(0);
    // The other address is asked for itself when it is due.
    if (was_absorbed) return saved;
    if (has_page && record.from_feed) {
      keep_page(connection, saved.article_id, record, now);
      return saved;
    }
    search.forget(saved.article_id);
    update_article(connection, saved.article_id, record, *known.revision_id, now);
    search.add(saved.article_id);
    return saved;
  }
  saved.new_article = !known.revision_id;
  saved.new_revision = true;
  save_new_text(connection, stories, search, record, known, sha256, saved, now);
  return saved;
}

std::optional<StoredText> latest_text_row(Connection& connection, std::int64_t article_id) {
  return first_text(connection, text_by_article, article_id);
}

std::vector<StoredText> text_rows(Connection& connection, std::size_t articles,
                                  std::int64_t after_article) {
  std::vector<StoredText> texts;
  Query q{connection, texts_after_article, after_article, articles};
  while (q.next()) texts.push_back(read_text(q));
  for (StoredText& text : texts) text.left_out = left_out_rows(connection, text.revision_id);
  return texts;
}

std::optional<StoredText> text_row(Connection& connection, std::int64_t revision_id) {
  return first_text(connection, text_by_revision, revision_id);
}

std::optional<AlertCount> save_reading_rows(Connection& connection, SearchIndex& search,
                                            const StoredText& read, const TextReading& reading,
                                            bool quiet, Timestamp now) {
  if (!find_integer(connection,
                    "SELECT 1 FROM revisions WHERE id = ? AND sha256 = ? AND text_dropped_at IS "
                    "NULL",
                    read.revision_id, sha256_hex(read.text))) {
    return std::nullopt;
  }
  const bool is_quiet = quiet || reading.text != read.text;
  if (is_quiet) mark_past(connection, read.article_id, read.revision_id);
  DealScope scope;
  add_scope_of_article(connection, read.article_id, scope);
  const auto unlisted = unlisted_parties(connection, read.article_id);
  if (reading.text != read.text) {
    replace_words(connection, search, read.article_id, read.revision_id, reading);
    scope.corrected = scope.contracts;
  }
  replace_fact_rows(connection, read.revision_id, reading.facts);
  apply_rejections(connection, read.article_id);
  run(connection, "UPDATE revisions SET extractor = ?2 WHERE id = ?1", read.revision_id,
      reading.extractor);
  add_scope_of_article(connection, read.article_id, scope);
  AlertCount raised = update_contracts(connection, scope, is_quiet, now).alerts;
  const auto story =
      find_integer(connection, "SELECT story_id FROM articles WHERE id = ?", read.article_id);
  if (story) raised += raise_mentions(connection, *story, now);
  raised += raise_unlisted(connection, read.article_id, is_quiet, now);
  raised += withdraw_dropped(connection, read.article_id, unlisted, is_quiet, now);
  return raised;
}

void pare_text_rows(Connection& connection, SearchIndex& search, const StoredText& before,
                    const TextReading& reading, Timestamp now) {
  if (before.dropped_at) return;
  DealScope scope;
  add_scope_of_article(connection, before.article_id, scope);
  scope.corrected = scope.contracts;
  replace_words(connection, search, before.article_id, before.revision_id, reading);
  pare_fact_rows(connection, before.revision_id, reading.facts);
  apply_rejections(connection, before.article_id);
  add_scope_of_article(connection, before.article_id, scope);
  update_contracts(connection, scope, true, now);
}

}  // namespace stakeout
