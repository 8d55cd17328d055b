// What the settings of retention let go, and what never.
#include <tuple>

#include <doctest/doctest.h>

#include "sample.h"
#include "tests/support/sql_steps.h"

using namespace stakeout;
using namespace stakeout::sample;

namespace {

constexpr std::int64_t a_day = 86'400;
const Timestamp much_later = monday + 365 * a_day;

struct RetentionStore {
  TemporaryFolder directory;
  std::filesystem::path file = directory.file();
  Store store{file};

  RetentionStore() { store.sync_entities(watchlist(), monday); }

  std::int64_t save(const std::string& name, const std::string& text,
                    std::vector<Claim> claims = {}, Timestamp now = monday) {
    return store
        .save_article(article(add_page(store, name, now), text, "2024-10-07", std::move(claims)),
                      now)
        .article_id;
  }

  // All that is older than a day.
  Dropped drop(Timestamp now = much_later) {
    const RetentionLimits limits{now - a_day, now - a_day};
    const Dropped expected = Reader{file}.droppable(limits);
    Dropped sum;
    for (std::optional<std::int64_t> after = 0; after;) {
      const DropStep step = store.drop_old(limits, *after, now);
      sum += step.dropped;
      after = step.next;
    }
    CHECK(sum.texts == expected.texts);
    CHECK(sum.feed_texts == expected.feed_texts);
    CHECK(sum.bytes == expected.bytes);
    return sum;
  }

  [[nodiscard]] Lines kept_urls() const {
    return rows(file, "SELECT url FROM v_articles WHERE text IS NOT NULL ORDER BY id");
  }

  // Whether the index has the words that it was given, and no others.
  void check_index() const {
    change(file, "INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)");
    CHECK(check_database(file).problems == Lines{});
  }

  std::size_t found(const std::string& words) {
    Reader reader{file};
    return reader.search(words, {}).rows.size();
  }
};

// SQL that puts so many pages of the first article into the archive.
std::string archive_records_of_first(int count) {
  return "INSERT INTO archive_records (article_id, revision_id, kind, file, offset, length, "
         "record_id, url, fetched_at, block_sha256, payload_sha256, payload_digest, extractor) "
         "WITH "
         "RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < " +
         std::to_string(count) +
         ") SELECT 1, 1, 'response', 'f', n, 1, 'r', 'u', 't', 'b', 'p', 'd', '1' FROM n";
}

}  // namespace

TEST_CASE("of old articles the text goes, and all that says that they are known stays") {
  RetentionStore s;
  const std::int64_t id = s.save("one", "Words about the weather.");
  const Lines marks = rows(s.file, "SELECT * FROM story_marks");
  const Dropped dropped = s.drop();
  CHECK(dropped.texts == 1);
  CHECK(dropped.bytes == 24);
  CHECK(rows(s.file,
             "SELECT url, title, story_id, text, text_dropped_at, revisions FROM v_articles") ==
        Lines{"https://news.example/one|Article 1|1|NULL|" + to_rfc3339(much_later) + "|1"});
  CHECK(rows(s.file, "SELECT text, length(sha256), text_dropped_at FROM v_revisions") ==
        Lines{"NULL|64|" + to_rfc3339(much_later)});
  CHECK(rows(s.file, "SELECT * FROM story_marks") == marks);
  CHECK(s.found("weather") == 0);
  CHECK(s.found("article") == 1);  // by its title
  s.check_index();
  CHECK(add_page(s.store, "one", much_later) == id);
  CHECK(s.drop(much_later + a_day).texts == 0);
}

TEST_CASE("a text stays that is young, is looked at again, or that something rests on") {
  RetentionStore s;
  s.save("dull", "Nothing of note.");
  s.save("young", "New today.", {}, much_later);
  s.save("told", "A deal.", {claim("Glasshouse Systems", "Quay Bureau")});
  ArticleRecord waiting = article(add_page(s.store, "waiting"), "Looked at again.", "2024-10-07");
  waiting.revisit_at = much_later + a_day;
  s.store.save_article(waiting, monday);
  // The second text names nobody any more; that the first did is known from its words.
  const std::int64_t once = add_page(s.store, "once");
  ArticleRecord naming = article(once, "Lantern Works is in it.", "2024-10-07");
  naming.facts.mentions.push_back(mention(EntityKind::vendor, "Lantern Works"));
  s.store.save_article(naming, monday);
  s.store.save_article(article(once, "It is not in it.", "2024-10-07"), monday);

  CHECK(s.drop().texts == 1);
  CHECK(s.kept_urls() == Lines{"https://news.example/young", "https://news.example/told",
                               "https://news.example/waiting", "https://news.example/once"});
  CHECK(rows(s.file, "SELECT text FROM v_revisions WHERE article_id = " + std::to_string(once)) ==
        Lines{"Lantern Works is in it.", "It is not in it."});
}

TEST_CASE("an alert, a page in the archive, or a person's word each keep a text by themselves") {
  const std::string kinds[] = {
      "INSERT INTO alerts (key, kind, created_at, article_id) VALUES ('k', 'article_gone', 't', 1)",
      archive_records_of_first(1),
      "INSERT INTO rejected_mentions VALUES (1, 1, 'words', 'why', 't')",
      "INSERT INTO remembered_claims (article_id, vendor_words, agency_words, sum, quote) VALUES "
      "(1, 'v', 'a', '', 'q')",
  };
  for (const std::string& kind : kinds) {
    CAPTURE(kind);
    RetentionStore s;
    s.save("noted", "Words about the weather.");
    s.save("dull", "Nothing of note.");
    change(s.file, kind);
    CHECK(s.drop().texts == 1);
    CHECK(s.kept_urls() == Lines{"https://news.example/noted"});
  }
}

TEST_CASE("what a drop costs does not grow with the archive") {
  const SqlSteps steps;
  const auto cost = [](int archived) {
    RetentionStore s;
    s.save("archived", "Kept as it came.");
    s.save("dull", "Nothing of note.");
    change(s.file, archive_records_of_first(archived));
    std::ignore = SqlSteps::take();
    s.store.drop_old({much_later, {}}, 0, much_later);
    REQUIRE(s.kept_urls().size() == 1);
    return SqlSteps::take();
  };
  CHECK(cost(2000) < cost(1) + 500);
}

TEST_CASE("what points to rows that are replaced is found by an index") {
  const RetentionStore s;
  CHECK(rows(s.file,
             "SELECT t.name || '.' || k.\"from\" FROM sqlite_schema t, "
             "pragma_foreign_key_list(t.name) k WHERE t.type = 'table' AND k.\"table\" IN "
             "('revisions', 'entries') AND NOT EXISTS (SELECT 1 FROM pragma_index_list(t.name) i, "
             "pragma_index_info(i.name) c WHERE c.seqno = 0 AND c.name = k.\"from\")") == Lines{});
}

TEST_CASE("a page whose text was dropped is not new, and not changed, whatever it says now") {
  RetentionStore s;
  s.store.sync_subscriptions({{{"daily", "mail", "desk@example.org"}, {}, {}, {}, {}, {}}});
  const std::int64_t id = s.save("one", "Words about the weather.");
  const auto story = rows(s.file, "SELECT story_id FROM v_articles");
  s.drop();
  const SavedArticle same =
      s.store.save_article(article(id, "Words about the weather.", "2024-10-07"), much_later);
  CHECK_FALSE(same.new_article);
  CHECK_FALSE(same.new_revision);

  ArticleRecord other = article(id, "Other words.", "2024-10-07");
  other.changes = {{"before", "after", 10}};
  const SavedArticle saved = s.store.save_article(other, much_later);
  CHECK_FALSE(saved.new_article);
  CHECK(saved.alerts.told + saved.alerts.quiet == 0);
  CHECK(rows(s.file, "SELECT number, text, change FROM v_revisions ORDER BY number") ==
        Lines{"1|NULL|NULL", "2|Other words.|NULL"});
  CHECK(rows(s.file, "SELECT count(*) FROM revision_changes") == Lines{"0"});
  CHECK(rows(s.file, "SELECT story_id FROM v_articles") == story);
  CHECK(rows(s.file, "SELECT count(*) FROM v_deliveries") == Lines{"0"});
  s.check_index();
}

TEST_CASE("a name that came on the list after a text was stored may have been in it") {
  RetentionStore s;
  const std::int64_t id = s.save("one", "Words, and perhaps Newcomer.");
  s.drop();
  auto names = watchlist();
  names.push_back(vendor("Newcomer"));
  s.store.sync_entities(names, much_later);
  ArticleRecord naming = article(id, "Words, and Newcomer.", "2024-10-07");
  naming.facts.mentions.push_back(mention(EntityKind::vendor, "Newcomer"));
  CHECK(s.store.save_article(naming, much_later).alerts.told == 0);
  // In an article that is new itself it is news.
  ArticleRecord fresh = article(add_page(s.store, "two"), "Newcomer again.", "2025-10-07");
  fresh.facts.mentions.push_back(mention(EntityKind::vendor, "Newcomer"));
  CHECK(s.store.save_article(fresh, much_later).alerts.told == 1);
}

TEST_CASE("a name that was listed when a text was read is news in what the page says later") {
  RetentionStore s;
  const std::int64_t id = s.save("one", "Words about the weather.");
  // The feed had it already when it was first read: what it said then is the past.
  change(s.file, "UPDATE articles SET is_past = 1, past_revision = revision_id");
  s.drop();
  ArticleRecord naming = article(id, "Lantern Works made it.", "2024-10-07");
  naming.facts.mentions.push_back(mention(EntityKind::vendor, "Lantern Works"));
  CHECK(s.store.save_article(naming, much_later).alerts.told == 1);
}

TEST_CASE("what changed in a text and what was left out of it go with the text") {
  RetentionStore s;
  const std::int64_t id = s.save("one", "Words about the weather.");
  ArticleRecord changed = article(id, "Words about the rain.", "2024-10-07");
  changed.changes = {{"the weather", "the rain", 12}};
  changed.page.left_out = {{0, "Read the whole series.", 4}};
  s.store.save_article(changed, monday);
  const char* kept =
      "SELECT (SELECT count(*) FROM revision_changes), (SELECT count(*) FROM left_out)";
  REQUIRE(rows(s.file, kept) == Lines{"1|1"});
  CHECK(s.drop().texts == 2);
  CHECK(rows(s.file, kept) == Lines{"0|0"});
}

TEST_CASE("texts that were dropped are not read again, and those behind them are") {
  RetentionStore s;
  const std::int64_t dull = s.save("dull", "Nothing of note.");
  const StoredText read = s.store.latest_text(dull).value();
  const std::int64_t told = s.save("told", "A deal.", {claim("Glasshouse Systems", "Quay Bureau")});
  s.drop();
  const auto texts = s.store.texts(1);
  REQUIRE(texts.size() == 1);
  CHECK(texts.front().article_id == told);
  CHECK(s.store.latest_text(dull)->dropped_at == much_later);
  CHECK_FALSE(s.store.text(read.revision_id));
  // Who read it before it was dropped does not bring it back.
  const TextReading reading{"Of note after all.", {}, {}, "2.0"};
  CHECK_FALSE(s.store.save_reading(read, reading, true, much_later));
  s.store.pare_text(s.store.latest_text(dull).value(), reading, much_later);
  CHECK(rows(s.file, "SELECT text FROM v_revisions WHERE article_id = 1") == Lines{"NULL"});
}

TEST_CASE(
    "what a feed gave along goes once its page is stored, and its entry is known all the same") {
  RetentionStore s;
  s.store.sync_feeds({{"https://news.example/feed", "News", {}}}, monday);
  FeedUpdate update;
  update.feed_id = s.store.feeds_due(monday, true).at(0).id;
  for (const std::string name : {"stored", "never_had"}) {
    FeedEntry entry;
    entry.entry.id = entry.entry.link = entry.canonical_url = "https://news.example/" + name;
    entry.entry.title = name;
    entry.entry.summary = "<p>Some words</p>";
    update.entries.push_back(entry);
  }
  s.store.save_feed(update, monday);
  s.save("stored", "The whole article.", {claim("Glasshouse Systems", "Quay Bureau")});
  const Dropped dropped = s.drop();
  CHECK(dropped.feed_texts == 1);
  CHECK(dropped.texts == 0);
  CHECK(rows(s.file, "SELECT title, summary FROM entries ORDER BY id") ==
        Lines{"stored|NULL", "never_had|<p>Some words</p>"});
  update.entries.front().entry.author = "an author";  // the document is another, the words are not
  const SavedFeed again = s.store.save_feed(update, much_later);
  CHECK(again.new_entries == 0);
  CHECK(again.changed_entries == 0);
  CHECK(rows(s.file, "SELECT count(*) FROM v_entries") == Lines{"2"});
}

TEST_CASE("a step ends early where there is much to drop, and the next ones drop the rest") {
  RetentionStore s;
  for (int i = 0; i < 50; ++i) s.save("page" + std::to_string(i), "Words " + std::to_string(i));
  const DropStep first = s.store.drop_old({much_later, {}}, 0, much_later);
  CHECK(first.dropped.texts > 0);
  CHECK(first.dropped.texts < 50);
  CHECK(s.drop().texts == 50 - first.dropped.texts);
  s.check_index();
}

TEST_CASE("the room of what was dropped is free for others, and can be given back") {
  RetentionStore s;
  for (int i = 0; i < 300; ++i) {
    std::string text;
    for (int word = 0; word < 250; ++word) text += "word" + std::to_string(i * 211 + word) + " ";
    s.save("page" + std::to_string(i), text);
  }
  const auto pages = [&] { return std::stoll(rows(s.file, "PRAGMA page_count").at(0)); };
  const auto before = pages();
  const Lines marks = rows(s.file, "SELECT * FROM story_marks");
  const Dropped dropped = s.drop();
  while (s.store.merge_search_index()) {
  }
  while (s.store.give_back_pages()) {
  }
  // At least three quarters of the texts' own room.
  CHECK((before - pages()) * 4096 > dropped.bytes * 3 / 4);
  CHECK(check_database(s.file).problems == Lines{});
  CHECK(rows(s.file, "SELECT * FROM story_marks") == marks);
}
