#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/session.h"
#include "storage/database.h"

namespace stakeout {
namespace {

// A copy may replace an earlier copy, and nothing else. SQLite's header says what a file is: by its
// first bytes, and by the application id at byte 68.
bool is_own_database(const std::filesystem::path& file) {
  constexpr std::size_t id_at = 68;
  std::string head(id_at + 4, '\0');
  std::ifstream{file, std::ios::binary}.read(head.data(),
                                             static_cast<std::streamsize>(head.size()));
  std::uint32_t id = 0;
  for (const char c : head.substr(id_at)) id = id << 8U | static_cast<unsigned char>(c);
  return head.starts_with("SQLite format 3") && id == static_cast<std::uint32_t>(application_id);
}

void snapshot(const Session& session, const std::filesystem::path& copy) {
  const auto file = session.existing_database();
  if (std::filesystem::exists(copy)) {
    if (std::filesystem::equivalent(file, copy)) {
      throw CommandError{2,
                         copy.string() + " is the database itself; name another file for the copy"};
    }
    if (!is_own_database(copy)) {
      throw CommandError{
          1, copy.string() + " exists and is no earlier copy; remove it or name another file"};
    }
  }
  snapshot_database(file, copy);
  std::cout << copy.string() << ": " << std::filesystem::file_size(copy) << " bytes\n";
}

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

  CLI::App* snapshot_command = db->add_subcommand(
      "snapshot", "Writes a copy that any tool opens; a crawl may run meanwhile");
  const auto copy = std::make_shared<std::string>();
  snapshot_command->add_option("FILE", *copy, "Where the copy goes")->required();
  snapshot_command->callback([&session, copy] { snapshot(session, *copy); });

  CLI::App* check_command = db->add_subcommand("check", "Looks through the whole file for damage");
  check_command->callback([&session] { check(session); });
}

}  // namespace stakeout
