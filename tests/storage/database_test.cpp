#include <fstream>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <unistd.h>

#include "sample.h"

using namespace stakeout;
using namespace stakeout::sample;

namespace {

StorageFault fault_of_opening(const std::filesystem::path& file) {
  try {
    Store store{file};
  } catch (const StorageError& e) {
    CHECK(std::string{e.what()}.find(file.string()) != std::string::npos);
    return e.fault();
  }
  FAIL("it was opened");
  return StorageFault::other;
}

void execute(const std::filesystem::path& file, const std::string& sql) {
  SQLite::Database database{file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
  database.exec(sql);
}

}  // namespace

TEST_CASE("the views have the columns that are promised") {
  struct Case {
    const char* view;
    const char* columns;
  };
  const Case cases[] = {
      {"v_feeds",
       "id, url, current_url, title, site, format, tags, status, last_fetched_at, "
       "last_success_at, last_error, failures, next_fetch_at, entries"},
      {"v_entries", "id, feed_id, guid, title, link, published_at, first_seen_at, article_id"},
      {"v_articles",
       "id, url, canonical_url, feed_id, title, byline, site, language, published_at, "
       "first_seen_at, last_fetched_at, status, story_id, revisions, text"},
      {"v_revisions", "id, article_id, number, fetched_at, title, text, sha256"},
      {"v_stories", "id, title, articles, first_article_id, first_seen_at, last_seen_at"},
      {"v_entities",
       "id, kind, name, category, country, parent, wikidata, listed, mentions, articles, "
       "first_seen_at, last_seen_at"},
      {"v_mentions",
       "id, article_id, revision_id, story_id, entity_id, kind, name, text, start, \"end\", "
       "sentence, published_at, url"},
      {"v_claims",
       "id, article_id, contract_id, vendor_id, agency_id, vendor, agency, amount, amount_max, "
       "currency, qualifier, term, signed_on, starts_on, ends_on, status, award_id, quote, url, "
       "extractor"},
      {"v_claim_evidence", "claim_id, field, value, quote, start, \"end\""},
      {"v_contracts",
       "id, vendor_id, agency_id, vendor, agency, amount, amount_max, qualifier, currency, term, "
       "signed_on, starts_on, ends_on, status, award_id, claims, stories, first_seen_at, "
       "last_changed_at"},
      {"v_contract_events",
       "id, contract_id, happened_on, reported_at, field, before, after, article_id, quote"},
      {"v_alerts",
       "id, kind, created_at, story_id, article_id, entity_id, contract_id, title, details"},
      {"v_deliveries",
       "id, alert_id, digest, channel, recipient, state, attempts, last_error, sent_at"},
  };
  const TemporaryFolder directory;
  const Store store{directory.file()};
  Reader reader{directory.file()};
  for (const auto& [view, columns] : cases) {
    CAPTURE(view);
    CHECK_NOTHROW(reader.rows(std::string{"SELECT "} + columns + " FROM " + view));
  }
}

TEST_CASE("a new file is marked as ours, and every table is strict") {
  const TemporaryFolder directory;
  { const Store store{directory.file()}; }
  CHECK(rows(directory.file(), "PRAGMA application_id") == Lines{std::to_string(application_id)});
  CHECK(rows(directory.file(), "PRAGMA user_version") == Lines{std::to_string(schema_version())});
  CHECK(rows(directory.file(), "PRAGMA journal_mode") == Lines{"wal"});
  CHECK(rows(directory.file(),
             "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND schema = "
             "'main' AND name NOT LIKE 'sqlite_%'") == Lines{});
}

TEST_CASE("a file of a newer schema is refused and left alone") {
  const TemporaryFolder directory;
  { const Store store{directory.file()}; }
  execute(directory.file(), "PRAGMA user_version = 99");
  CHECK(fault_of_opening(directory.file()) == StorageFault::newer_schema);
  CHECK_THROWS_AS(Reader{directory.file()}, StorageError);
}

TEST_CASE("what is not ours is refused with a reason") {
  const TemporaryFolder directory;
  execute(directory.file("other.db"), "CREATE TABLE theirs (x)");
  CHECK(fault_of_opening(directory.file("other.db")) == StorageFault::damaged);
  std::ofstream{directory.file("text.db")} << "This is no database, but it is long enough to look "
                                              "like the first page of one.";
  CHECK(fault_of_opening(directory.file("text.db")) == StorageFault::damaged);
  CHECK(fault_of_opening(directory.file("no/such/directory.db")) == StorageFault::read_only);
  try {
    Reader reader{directory.file("missing.db")};
    FAIL("it was opened");
  } catch (const StorageError& e) {
    CHECK(e.fault() == StorageFault::missing);
  }
}

TEST_CASE("a folder, an empty file and one that may not be read are told apart") {
  const TemporaryFolder directory;
  std::filesystem::create_directory(directory.file("folder.db"));
  std::ofstream{directory.file("empty.db")}.flush();
  { const Store store{directory.file("closed.db")}; }
  std::filesystem::permissions(directory.file("closed.db"), std::filesystem::perms::none);
  std::filesystem::permissions(directory.path(), std::filesystem::perms::all);
  const auto told = [](const std::filesystem::path& file) -> std::string {
    const bool is_root = ::geteuid() == 0;  // who may read everything
    if (is_root) REQUIRE(::seteuid(65'534) == 0);
    std::string words = "it was opened";
    try {
      Reader reader{file};
    } catch (const StorageError& e) {
      words = e.what();
    }
    if (is_root) REQUIRE(::seteuid(0) == 0);
    return words.substr(words.find(": ") + 2, 18);
  };
  CHECK(told(directory.file("folder.db")) == "it is a folder; na");
  CHECK(told(directory.file("empty.db")) == "it is empty, and n");
  CHECK(told(directory.file("closed.db")) == "it may not be read");
  CHECK(fault_of_opening(directory.file("folder.db")) == StorageFault::damaged);
}

TEST_CASE("a file that was cut short is reported as damaged") {
  const TemporaryFolder directory;
  { const Store store{directory.file()}; }
  std::filesystem::resize_file(directory.file(), 8192);
  bool is_reported = false;
  try {
    is_reported = !check_database(directory.file()).problems.empty();
  } catch (const StorageError& e) {
    is_reported = e.fault() == StorageFault::damaged;
  }
  CHECK(is_reported);
}

TEST_CASE(
    "a reader with an open transaction does not hold up the writer, and sees its own moment") {
  const TemporaryFolder directory;
  Store store{directory.file()};
  add_page(store, "one");
  SQLite::Database reader{directory.file().string(), SQLite::OPEN_READONLY};
  reader.exec("BEGIN");
  CHECK(reader.execAndGet("SELECT count(*) FROM v_articles").getInt() == 1);
  add_page(store, "two");
  store.checkpoint();
  CHECK(reader.execAndGet("SELECT count(*) FROM v_articles").getInt() == 1);
  reader.exec("COMMIT");
  CHECK(reader.execAndGet("SELECT count(*) FROM v_articles").getInt() == 2);
}

TEST_CASE("the file can be read while nobody writes, with its log and without") {
  const TemporaryFolder directory;
  {
    Store store{directory.file()};
    add_page(store, "one");
  }
  CHECK(std::filesystem::exists(directory.file("stakeout.db-wal")));
  CHECK(rows(directory.file(), "SELECT count(*) FROM v_articles") == Lines{"1"});
  std::filesystem::remove(directory.file("stakeout.db-wal"));
  std::filesystem::remove(directory.file("stakeout.db-shm"));
  CHECK(rows(directory.file(), "SELECT count(*) FROM v_articles") == Lines{"1"});
}

TEST_CASE("a snapshot is a whole file of its own, and replaces an older one") {
  const TemporaryFolder directory;
  Store store{directory.file()};
  store.save_article(article(add_page(store, "one"), "Words.", "2024-10-07"), monday);
  const auto copy = directory.file("copy.db");
  snapshot_database(directory.file(), copy);
  add_page(store, "two");
  snapshot_database(directory.file(), copy);
  CHECK(rows(copy, "SELECT count(*) FROM v_articles") == Lines{"2"});
  CHECK(rows(copy, "PRAGMA journal_mode") == Lines{"delete"});
  CHECK(check_database(copy).problems == Lines{});
  Reader reader{copy};
  CHECK(reader.search("words", {}).rows.size() == 1);
  CHECK_THROWS_AS(snapshot_database(directory.file(), directory.file("no/such/copy.db")),
                  StorageError);
}

TEST_CASE("check finds an article that the full-text index lacks") {
  const TemporaryFolder directory;
  {
    Store store{directory.file()};
    store.save_article(article(add_page(store, "one"), "Words.", "2024-10-07"), monday);
  }
  CHECK(check_database(directory.file()).problems == Lines{});
  execute(directory.file(), "INSERT INTO article_search (article_search) VALUES ('delete-all')");
  CHECK(check_database(directory.file()).problems ==
        Lines{"article 1 is missing in the full-text index"});
}
