// The care of the file: free pages, the full-text index, statistics, and who holds the log.
#include <algorithm>
#include <fstream>
#include <memory>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "sample.h"
#include "tests/support/child_process.h"

using namespace stakeout;
using namespace stakeout::sample;

namespace {

std::int64_t number(const std::filesystem::path& file, const std::string& sql) {
  return std::stoll(rows(file, sql).at(0));
}

void save_words(Store& store, int page, int count) {
  std::string text;
  for (int word = 0; word < count; ++word) text += " word" + std::to_string(page * 211 + word);
  store.save_article(article(add_page(store, std::to_string(page)), text, "2024-10-07"), monday);
}

// Some hundred pages of texts in many transactions, so that the index is in many pieces.
void fill(Store& store) {
  for (int i = 0; i < 200; ++i) save_words(store, i, 300);
}

std::int64_t segments(const std::filesystem::path& file) {
  return number(file, "SELECT count(DISTINCT segid) FROM article_search_idx");
}

// Begins to read a database, and goes on to while the process lives.
void read_for_long(const std::filesystem::path& file) {
  static SQLite::Database database{file.string(), SQLite::OPEN_READONLY};
  database.exec("BEGIN");
  database.execAndGet("SELECT count(*) FROM articles");
}

}  // namespace

TEST_CASE("what was freed in the file is given back, all but a part that is used again soon") {
  const TemporaryFolder directory;
  Store store{directory.file()};
  fill(store);
  CHECK_FALSE(store.give_back_pages());
  const auto pages = number(directory.file(), "PRAGMA page_count");
  change(directory.file(), "UPDATE revisions SET text = ''; DELETE FROM article_search_data");
  REQUIRE(number(directory.file(), "PRAGMA freelist_count") > pages / 8);
  while (store.give_back_pages()) {
  }
  const auto left = number(directory.file(), "PRAGMA page_count");
  CHECK(left < pages * 7 / 8);
  CHECK(number(directory.file(), "PRAGMA freelist_count") <= pages / 8);
}

TEST_CASE("the full-text index comes into fewer pieces, and finds what it found") {
  const TemporaryFolder directory;
  Store store{directory.file()};
  fill(store);
  change(directory.file(),
         "INSERT INTO article_search (article_search, rank) VALUES ('automerge', 0)");
  for (int i = 0; i < 6; ++i) save_words(store, 200 + i, 10);
  const auto before = segments(directory.file());
  int steps = 0;
  while (store.merge_search_index() && steps < 1000) ++steps;
  CHECK(steps < 1000);
  CHECK(segments(directory.file()) < before);
  CHECK(check_database(directory.file()).problems == Lines{});
  Reader reader{directory.file()};
  CHECK(reader.search("word250", {}).rows.size() == 2);
}

TEST_CASE("the index is made one piece when a tenth of the texts has gone, in however many runs") {
  const TemporaryFolder directory;
  { Store{directory.file()}; }
  change(directory.file(),
         "INSERT INTO article_search (article_search, rank) VALUES ('automerge', 0)");
  const auto drop_after = [&](int article) {
    Store store{directory.file()};
    const RetentionLimits limits{monday + 1, {}};
    REQUIRE(store.drop_old(limits, article, monday + 1).dropped.texts > 0);
    while (store.merge_search_index()) {
    }
    return segments(directory.file());
  };
  {
    Store store{directory.file()};
    for (int i = 0; i < 100; ++i) save_words(store, i, 10);
  }
  change(directory.file(), "UPDATE articles SET next_fetch_at = 't' WHERE id <> 10");
  CHECK(drop_after(0) > 1);
  change(directory.file(), "UPDATE articles SET next_fetch_at = NULL WHERE id BETWEEN 11 AND 20");
  CHECK(drop_after(10) == 1);
  CHECK(number(directory.file(), "SELECT texts FROM search_waste") == 0);
}

TEST_CASE("all tables with indexes and many rows are counted, whatever was asked before") {
  const TemporaryFolder directory;
  {
    Store store{directory.file()};
    fill(store);
  }
  Store store{directory.file()};
  const auto tables = store.tables_to_analyze();
  const auto has = [&](const char* table) {
    return std::find(tables.begin(), tables.end(), table) != tables.end();
  };
  for (const char* table : {"articles", "article_urls", "revisions", "story_marks"}) {
    CAPTURE(table);
    CHECK(has(table));
  }
  CHECK_FALSE(has("feeds"));  // there are none
  for (const std::string& table : tables) store.analyze(table);
  CHECK(number(directory.file(), "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'revisions'") > 0);
}

TEST_CASE("a step does not wait for a program that writes") {
  const TemporaryFolder directory;
  Store store{directory.file()};
  fill(store);
  SQLite::Database other{directory.file().string(), SQLite::OPEN_READWRITE};
  other.exec("BEGIN IMMEDIATE");
  try {
    store.merge_search_index();
    FAIL("it was merged");
  } catch (const StorageError& error) {
    CHECK(error.fault() == StorageFault::locked);
  }
  other.exec("COMMIT");
  CHECK_NOTHROW(store.merge_search_index());
}

TEST_CASE("a reader that keeps the log from being cut is found by its process") {
  const TemporaryFolder directory;
  { Store{directory.file()}; }
  auto reader = std::make_unique<ChildProcess>([&] { read_for_long(directory.file()); });
  Store store{directory.file()};
  add_page(store, "one");
  store.checkpoint();
  CHECK(store.log_state().bytes > 0);
  CHECK(store.log_state().reader == reader->pid());
  CHECK(process_words(reader->pid()).find("storage_test (process ") == 0);
  reader.reset();
  store.checkpoint();
  CHECK(store.log_state().bytes == 0);
  CHECK_FALSE(store.log_state().reader);
}

TEST_CASE("a file that cannot give pages back is made one that can by a vacuum") {
  const TemporaryFolder directory;
  {
    Store store{directory.file()};
    fill(store);
  }
  {
    SQLite::Database early{directory.file().string(), SQLite::OPEN_READWRITE};
    early.exec("PRAGMA auto_vacuum = NONE; VACUUM; UPDATE revisions SET text = ''");
  }
  REQUIRE(number(directory.file(), "PRAGMA auto_vacuum") == 0);
  const auto before = std::filesystem::file_size(directory.file());
  CHECK(room_for_vacuum(directory.file()) > 0);
  CHECK(vacuum_database(directory.file()));
  CHECK(std::filesystem::file_size(directory.file()) < before);
  CHECK(number(directory.file(), "PRAGMA auto_vacuum") == 2);
  CHECK(segments(directory.file()) == 1);
  CHECK(number(directory.file(), "SELECT count(*) FROM v_articles") == 200);
}

TEST_CASE("a vacuum says when a reader keeps the file as large as it was, until that has ended") {
  const TemporaryFolder directory;
  {
    Store store{directory.file()};
    fill(store);
  }
  change(directory.file(), "UPDATE revisions SET text = ''");
  const auto before = std::filesystem::file_size(directory.file());
  auto reader = std::make_unique<ChildProcess>([&] { read_for_long(directory.file()); });
  CHECK_FALSE(vacuum_database(directory.file()));
  CHECK(std::filesystem::file_size(directory.file()) >= before);
  reader.reset();
  CHECK(vacuum_database(directory.file()));
  CHECK(std::filesystem::file_size(directory.file()) < before);
}

TEST_CASE("what is wrong with a copy is told of the file that it is wrong with") {
  const TemporaryFolder directory;
  {
    Store store{directory.file()};
    fill(store);
  }
  const auto words_of_copy = [&](const std::string& copy) {
    try {
      snapshot_database(directory.file(), directory.file(copy));
    } catch (const StorageError& error) {
      return std::string{error.what()};
    }
    return std::string{"it was made"};
  };
  CHECK(words_of_copy("no/copy.db").find("no/copy.db: it cannot be made; check that") !=
        std::string::npos);
  const auto size = std::filesystem::file_size(directory.file());
  std::fstream file{directory.file(), std::ios::in | std::ios::out | std::ios::binary};
  file.seekp(static_cast<std::streamoff>(size / 2));
  file << std::string(64 << 10, '\xA5');
  file.close();
  const std::string words = words_of_copy("copy.db");
  CHECK(words.find("stakeout.db: it is damaged") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(directory.file("copy.db")));
}
