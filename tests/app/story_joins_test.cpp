#include "app/commands/story_joins.h"

#include <doctest/doctest.h>

#include "tests/storage/sample.h"

namespace stakeout {
namespace {

// One story in which each article is a copy of the one before it and of the first, and the last is
// taken out of it; beside it stories of two articles each, of which each was parted.
void fill(const std::filesystem::path& file, int articles, int others) {
  { const Store made{file}; }
  const std::string n = std::to_string(articles);
  const std::string all = std::to_string(articles + 2 * others);
  sample::change(
      file,
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + all +
          ") INSERT INTO stories (id, first_seen_at, last_seen_at) SELECT i, '2024', '2024' FROM n;"
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
          all +
          ") INSERT INTO articles (id, url, canonical_url, first_seen_at, published_at, status, "
          "story_id) SELECT i, 'https://news.example/' || i, 'https://news.example/' || i, '2024', "
          "printf('2024-10-07T%05d', i), 'ok', iif(i <= " +
          n +
          ", 1, i) FROM n;"
          "INSERT INTO story_joins (article_id, other_id, score, reason, joined_at) SELECT id - 1, "
          "id, 0.5 + id * 0.00001, 'alike', '2024' FROM articles WHERE id BETWEEN 2 AND " +
          n +
          ";INSERT INTO story_joins (article_id, other_id, score, reason, joined_at) SELECT 1, id, "
          "0.4, 'alike', '2024' FROM articles WHERE id BETWEEN 3 AND " +
          n +
          ";INSERT INTO story_joins (article_id, other_id, score, reason, joined_at, rejected_at, "
          "rejected_article_id, why) SELECT id, id + 1, 0, 'apart', '2024', '2024', id + 1, 'no' "
          "FROM articles WHERE id >= " +
          n + " AND id < " + all);
}

struct Work {
  int rows = 0;
  int steps = 0;
};

// The instructions that SQLite needs for the answer.
Work work_of(const std::filesystem::path& file, const char* sql) {
  sqlite3* database = nullptr;
  sqlite3_stmt* statement = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
  REQUIRE(sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) == SQLITE_OK);
  sqlite3_bind_int(statement, 1, 1);
  Work work;
  while (sqlite3_step(statement) == SQLITE_ROW) ++work.rows;
  work.steps = sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 0);
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return work;
}

}  // namespace

TEST_CASE(
    "what ties a story together costs as much as the story is long, whatever else is stored") {
  const TemporaryFolder directory;
  struct Sizes {
    const char* name;
    int articles;
    int others;
  };
  const auto work_in = [&](const Sizes& store, const char* sql) {
    const auto file = directory.path() / store.name;
    if (!std::filesystem::exists(file)) fill(file, store.articles, store.others);
    return work_of(file, sql);
  };
  for (const char* sql : {best_joins, rejected_joins}) {
    CAPTURE(sql);
    const Work small = work_in({"small.db", 1000, 10}, sql);
    const Work twice = work_in({"twice.db", 2000, 10}, sql);
    const Work among_many = work_in({"many.db", 1000, 3000}, sql);
    CHECK(twice.steps < small.steps * 5 / 2);
    CHECK(among_many.steps < small.steps + small.steps / 10);
  }
  CHECK(work_in({"small.db", 1000, 10}, best_joins).rows == 999);
  CHECK(work_in({"small.db", 1000, 10}, rejected_joins).rows == 1);
}

}  // namespace stakeout
