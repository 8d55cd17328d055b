#include "storage/upkeep_rows.h"

#include <algorithm>

namespace stakeout {
namespace {

// Of each index so many rows are looked at: in a large store a count of all of them takes seconds.
constexpr const char* analysis_limit = "PRAGMA analysis_limit = 400";

// Of the full-text index, some 4 KB each.
constexpr int merged_pages = 16;
constexpr int freed_pages = 128;

// Pages that were freed are used again by what is stored next: one in so many may wait for that.
constexpr std::int64_t free_share = 8;

// To make all pieces of the full-text index one is to write all of it anew: worth it once its waste
// is one in so many of the texts that are left.
constexpr std::int64_t waste_share = 10;

// What SQLite supposes of a table without statistics serves one that grows; those of a few rows
// would have it go through all of them when there are more.
constexpr int few_rows = 100;

bool has_many_rows(Connection& connection, const std::string& table) {
  SQLite::Statement some{
      connection.database(),
      "SELECT 1 FROM main.\"" + table + "\" LIMIT 1 OFFSET " + std::to_string(few_rows - 1)};
  return some.executeStep();
}

bool is_search_waste_large(Connection& connection) {
  const std::int64_t waste = find_integer(connection, "SELECT texts FROM search_waste").value_or(0);
  if (waste == 0) return false;
  // No article goes but one that was found to be another, so the last id is about their number.
  const std::int64_t left =
      find_integer(connection,
                   "SELECT (SELECT max(id) FROM articles) - (SELECT count(*) FROM revisions WHERE "
                   "text_dropped_at IS NOT NULL)")
          .value_or(0);
  return waste * waste_share >= left;
}

std::int64_t pragma(Connection& connection, const char* name) {
  return find_integer(connection, name).value_or(0);
}

}  // namespace

std::vector<std::string> countable_tables(Connection& connection) {
  std::vector<std::string> indexed;
  for (Query q{connection,
               "SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'index' ORDER BY 1"};
       q.next();)
    indexed.push_back(q.text(0));
  std::erase_if(indexed,
                [&](const std::string& table) { return !has_many_rows(connection, table); });
  return indexed;
}

void analyze_table(Connection& connection, const std::string& table) {
  connection.database().exec(analysis_limit);
  connection.database().exec("ANALYZE main.\"" + table + "\"");
}

void note_search_waste(Connection& connection, std::size_t texts) {
  run(connection, "UPDATE search_waste SET texts = texts + ?", texts);
}

bool merge_search_rows(Connection& connection) {
  const bool all = is_search_waste_large(connection);
  if (all) run(connection, "UPDATE search_waste SET texts = 0");
  // "If there is nothing to merge", the statement makes fewer than two changes (FTS5, 6.9).
  const int before = connection.database().getTotalChanges();
  run(connection, "INSERT INTO article_search (article_search, rank) VALUES ('merge', ?)",
      all ? -merged_pages : merged_pages);
  return connection.database().getTotalChanges() - before >= 2;
}

bool give_back_free_pages(Connection& connection) {
  constexpr std::int64_t incremental = 2;
  if (pragma(connection, "PRAGMA auto_vacuum") != incremental) return false;
  const std::int64_t spare = pragma(connection, "PRAGMA freelist_count") -
                             pragma(connection, "PRAGMA page_count") / free_share;
  if (spare <= 0) return false;
  connection.database().exec("PRAGMA incremental_vacuum(" +
                             std::to_string(std::min<std::int64_t>(spare, freed_pages)) + ")");
  return spare > freed_pages;
}

}  // namespace stakeout
