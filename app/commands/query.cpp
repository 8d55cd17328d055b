#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "app/commands/commands.h"
#include "app/commands/feeds_layout.h"
#include "app/commands/listing.h"
#include "app/session.h"
#include "app/watchlist_check.h"

namespace stakeout {
namespace {

// The word behind `what` in SQLite's sentence, such as the name of a column that is not there.
std::string word_after(const std::string& sentence, const std::string& what) {
  const std::size_t at = sentence.find(what);
  if (at == std::string::npos) return {};
  const std::string word = sentence.substr(at + what.size());
  return word.substr(word.rfind('.') + 1);  // without the table's alias
}

// What to do about a statement that cannot be run: the nearest name, or where the names are.
std::string advice_on(const std::string& sentence, Reader& reader) {
  const std::string column = word_after(sentence, "no such column: ");
  const std::string table = word_after(sentence, "no such table: ");
  if (sentence.find("cannot modify") != std::string::npos) return "; only what reads is run here";
  if (column.empty() && table.empty()) return {};
  std::vector<std::string> names;
  const char* const known = column.empty() ? "SELECT DISTINCT view FROM v_columns"
                                           : "SELECT DISTINCT \"column\" FROM v_columns";
  for (const auto& row : reader.rows(known).rows) names.push_back(cell_text(row.front()));
  const std::string near = nearest_word(names, column.empty() ? table : column);
  return near.empty() ? "; the views and their columns: stakeout query \"select * from v_columns\""
                      : "; did you mean " + near + "?";
}

Table rows_of(Reader& reader, const std::string& sql, std::chrono::milliseconds limit) {
  try {
    return reader.query(sql, limit);
  } catch (const StorageError& error) {
    if (error.fault() != StorageFault::bad_query) throw;
    throw StorageError{error.fault(), error.what() + advice_on(error.what(), reader)};
  }
}

}  // namespace

void add_query_command(CLI::App& program, Session& session) {
  CLI::App* command =
      program.add_subcommand("query", "One SQL statement over the views, read-only");
  const auto options = std::make_shared<ListingOptions>();
  const auto sql = std::make_shared<std::string>();
  const auto time_limit = std::make_shared<std::string>("30s");
  command->add_option("SQL", *sql, "The statement, such as \"select * from v_contracts\"")
      ->required();
  command->add_option("--timeout", *time_limit, "Give up after this long")->capture_default_str();
  add_form_options(*command, options);
  command->callback([&session, options, sql, time_limit] {
    const auto limit = parse_duration(*time_limit);
    if (!limit) throw CommandError{2, "--timeout: " + limit.error().message};
    Reader reader{session.existing_database()};
    const auto missing = print_table(std::cout, rows_of(reader, *sql, *limit), options->form(),
                                     terminal_width(), session.is_colored(STDOUT_FILENO));
    if (!session.quiet) tell_missing(missing);
  });
}

}  // namespace stakeout
