#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>

#include "alerts/value_words.h"
#include "app/commands/commands.h"
#include "app/commands/crawl_words.h"
#include "app/crawl/lock.h"
#include "app/crawl/system_clock.h"
#include "app/crawl/upkeep.h"
#include "app/session.h"
#include "app/size_words.h"
#include "storage/database.h"
#include "storage/reader.h"

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

// A step waits for no lock: a crawl that is storing lets it in between two transactions.
bool step_between(Upkeep& upkeep, Timestamp now) {
  constexpr std::chrono::milliseconds pause{20};
  constexpr int most_tries = 500;
  for (int tries = 1;; ++tries) {
    try {
      return upkeep.step(now);
    } catch (const StorageError& error) {
      if (error.fault() != StorageFault::locked || tries == most_tries) throw;
      std::this_thread::sleep_for(pause);
    }
  }
}

// Whether texts had better be kept, and says so.
bool warn_of_clock(std::optional<Timestamp> last_work, Timestamp now) {
  if (!is_clock_ahead(last_work, now)) return false;
  spdlog::warn(
      "[retention] drops nothing: by the clock it is {}, and nothing was fetched since {}; if the "
      "clock is right, run stakeout crawl first",
      to_rfc3339(now), to_rfc3339(*last_work));
  return true;
}

void do_upkeep(const Session& session, bool is_rehearsal) {
  const auto file = session.existing_database();
  const RetentionSettings retention = settings_for(session, {}).retention;
  const SystemClock clock;
  const Timestamp now = clock.now();
  if (is_rehearsal) {
    const std::string words = words_of(Reader{file}.droppable(limits_of(retention, now)));
    std::cout << "[retention] would drop: " << (words.empty() ? "nothing" : words) << '\n';
    warn_of_clock(Reader{file}.last_work(), now);
    return;
  }
  Store store{file};
  Upkeep upkeep{store, retention};
  upkeep.begin(!warn_of_clock(store.last_work(), now));
  while (step_between(upkeep, now)) {
  }
  const std::string words = words_of(upkeep.dropped());
  std::cout << "[retention] dropped: " << (words.empty() ? "nothing" : words) << "\nstatistics of "
            << counted(upkeep.counted_tables(), "table")
            << " were taken anew, and the full-text index of " << file.string() << " is merged\n";
}

// SQLite writes the new file beside the old one first. Its folder for that is the disk that has
// been looked at.
void rewrite(const std::filesystem::path& file) {
  const auto folder = std::filesystem::absolute(file).parent_path();
  const auto wanted = static_cast<std::uintmax_t>(room_for_vacuum(file));
  std::error_code error;
  const auto room = std::filesystem::space(folder, error);
  if (!error && room.available < wanted) {
    throw CommandError{1, "to rewrite " + file.string() + " takes up to " + size_words(wanted) +
                              " beside it, and " + folder.string() + " has " +
                              size_words(room.available) +
                              " left; make room, or copy it to another disk with: stakeout db "
                              "snapshot FILE"};
  }
  ::setenv("SQLITE_TMPDIR", folder.c_str(), 1);
  if (vacuum_database(file)) return;
  throw CommandError{1, file.string() +
                            " was rewritten, but another program reads it, so that it is as large "
                            "as before, and the new one stands in the log beside it; end that "
                            "program and run this again, or start the service"};
}

void vacuum(const Session& session) {
  const auto file = session.existing_database();
  const CrawlLock lock{file};
  const auto before = std::filesystem::file_size(file);
  rewrite(file);
  std::cout << file.string() << " was " << size_words(before) << " and is "
            << size_words(std::filesystem::file_size(file)) << " now\n";
}

}  // namespace

void add_db_commands(CLI::App& program, Session& session) {
  CLI::App* db =
      program.add_subcommand("db", "The database file: a copy, an integrity check, its care");
  db->require_subcommand(1);

  CLI::App* snapshot_command = db->add_subcommand(
      "snapshot", "Writes a copy that any tool opens; a crawl may run meanwhile");
  const auto copy = std::make_shared<std::string>();
  snapshot_command->add_option("FILE", *copy, "Where the copy goes")->required();
  snapshot_command->callback([&session, copy] { snapshot(session, *copy); });

  CLI::App* check_command = db->add_subcommand("check", "Looks through the whole file for damage");
  check_command->callback([&session] { check(session); });

  CLI::App* upkeep_command = db->add_subcommand(
      "upkeep",
      "What run does daily: drops what [retention] lets go, and puts the indexes in order");
  const auto is_rehearsal = std::make_shared<bool>(false);
  upkeep_command->add_flag("--dry-run", *is_rehearsal, "Only say what would be dropped");
  upkeep_command->callback([&session, is_rehearsal] { do_upkeep(session, *is_rehearsal); });

  CLI::App* vacuum_command = db->add_subcommand(
      "vacuum", "Rewrites the file without what is free in it; the service must be stopped");
  vacuum_command->callback([&session] { vacuum(session); });
}

}  // namespace stakeout
