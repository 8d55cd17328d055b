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

std::int64_t pragma(Connection& connection, const char* name) {
  return find_integer(connection, name).value_or(0);
}

}  // namespace

std::vector<std::string> stale_tables(Connection& connection) {
  // The statements that PRAGMA optimize would run: ANALYZE "main"."articles"
  std::vector<std::string> tables;
  for (Query q{connection, "PRAGMA optimize(-1)"}; q.next();) {
    const std::string statement = q.text(0);
    const std::size_t dot = statement.find("\".\"");
    if (statement.starts_with("ANALYZE ") && dot != std::string::npos)
      tables.push_back(statement.substr(dot + 3, statement.size() - dot - 4));
  }
  return tables;
}

void analyze_table(Connection& connection, const std::string& table) {
  connection.database().exec(analysis_limit);
  connection.database().exec("ANALYZE main.\"" + table + "\"");
}

bool merge_search_rows(Connection& connection, bool all) {
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
