#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/session.h"
#include "storage/database.h"

namespace stakeout {
namespace {

void check(const Session& session) {
  const auto file = session.existing_database();
  const DatabaseHealth health = check_database(file);
  for (const std::string& problem : health.problems) std::cout << problem << '\n';
  if (!health.problems.empty()) {
    throw CommandError{
        1,
        file.string() + " is damaged; restore the last copy made with: stakeout db snapshot FILE"};
  }
  std::cout << file.string() << " is sound: schema " << health.schema << ", " << health.bytes
            << " bytes, " << health.wal_bytes << " in the write-ahead log\n";
}

}  // namespace

void add_db_commands(CLI::App& program, Session& session) {
  CLI::App* db = program.add_subcommand("db", "The database file: a copy, an integrity check");
  db->require_subcommand(1);

  CLI::App* snapshot = db->add_subcommand(
      "snapshot", "Writes a copy that any tool opens; a crawl may run meanwhile");
  const auto copy = std::make_shared<std::string>();
  snapshot->add_option("FILE", *copy, "Where the copy goes")->required();
  snapshot->callback([&session, copy] { snapshot_database(session.existing_database(), *copy); });

  CLI::App* check_command = db->add_subcommand("check", "Looks through the whole file for damage");
  check_command->callback([&session] { check(session); });
}

}  // namespace stakeout
