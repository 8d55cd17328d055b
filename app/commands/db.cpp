#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
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

// "640 bytes", "12.3 MiB"
std::string size_words(std::uintmax_t bytes) {
  constexpr const char* units[] = {"KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) return std::to_string(bytes) + " bytes";
  std::size_t unit = 0;
  std::uintmax_t tenths = bytes * 10 / 1024;
  for (; tenths >= 10 * 1024 && unit + 1 < std::size(units); ++unit) tenths /= 1024;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " " + units[unit];
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
          1, copy.string() +
                 " exists and is no copy of a stakeout database, so it is not overwritten; name "
                 "another file, or move this one away"};
    }
  }
  const bool replaces = std::filesystem::exists(copy);
  snapshot_database(file, copy);
  const std::string place = std::filesystem::absolute(copy).lexically_normal().string();
  std::cout << file.string() << " is copied to " << place << " ("
            << size_words(std::filesystem::file_size(copy))
            << (replaces ? "), in the place of an earlier copy\n" : ")\n")
            << "Any SQLite tool opens the copy. Look into it with: stakeout --db " << place
            << " contracts\nTo go back to it, stop the service and put it where " << file.string()
            << " is, without the files -wal and -shm beside that.\n";
}

void check(const Session& session) {
  const auto file = session.existing_database();
  const DatabaseHealth health = check_database(file);
  std::cout << "checked " << file.string()
            << ": pages, tables, indexes, references between rows, the search index\n";
  for (const std::string& problem : health.problems) std::cout << problem << '\n';
  if (!health.problems.empty()) {
    throw CommandError{
        1,
        file.string() + " is damaged; restore the last copy made with: stakeout db snapshot FILE"};
  }
  std::cout << file.string() << " is sound: schema " << health.schema << ", "
            << size_words(static_cast<std::uintmax_t>(health.bytes));
  if (health.wal_bytes > 0) {
    std::cout << ", and " << size_words(static_cast<std::uintmax_t>(health.wal_bytes))
              << " in the write-ahead log beside it (copy both with: stakeout db snapshot FILE)";
  }
  std::cout << '\n';
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
