#include "storage/database.h"

#include <system_error>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "storage/connection.h"

namespace stakeout {
namespace {

std::int64_t size_of(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  return error ? 0 : static_cast<std::int64_t>(size);
}

void add_rows(Connection& connection, const char* sql, std::vector<std::string>& out) {
  for (Query q{connection, sql}; q.next();) out.push_back(q.text(0));
}

bool is_damage(const SQLite::Exception& error) {
  return error.getErrorCode() == SQLITE_CORRUPT || error.getErrorCode() == SQLITE_NOTADB;
}

void look_through(Connection& connection, DatabaseHealth& health) {
  health.schema = connection.database().execAndGet("PRAGMA user_version").getInt();
  add_rows(connection,
           "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
           health.problems);
  add_rows(connection,
           "SELECT 'row ' || rowid || ' of ' || \"table\" || ' points to a row of ' || parent || "
           "' that is not there' FROM pragma_foreign_key_check",
           health.problems);
  add_rows(connection,
           "SELECT 'article ' || id || ' is missing in the full-text index' FROM search_source "
           "WHERE id NOT IN (SELECT id FROM article_search_docsize)",
           health.problems);
}

void flush_to_disk(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

// The faults of a copy are those of the place where it goes, but for damage, which it only shows.
[[noreturn]] void throw_snapshot_error(const std::filesystem::path& file,
                                       const std::filesystem::path& copy,
                                       const SQLite::Exception& error) {
  if (is_damage(error)) Connection::throw_storage_error(file, error);
  if ((error.getErrorCode() & 0xFF) != SQLITE_CANTOPEN)
    Connection::throw_storage_error(copy, error);
  throw StorageError{StorageFault::read_only,
                     "snapshot " + copy.string() +
                         ": it cannot be made; check that its directory exists and may be written"};
}

}  // namespace

DatabaseHealth check_database(const std::filesystem::path& file) {
  DatabaseHealth health;
  health.bytes = size_of(file);
  health.wal_bytes = size_of(file.string() + "-wal");
  Connection connection{file, Connection::Mode::read};
  try {
    look_through(connection, health);
  } catch (const SQLite::Exception& e) {
    if (!is_damage(e)) Connection::throw_storage_error(file, e);
    health.problems.emplace_back(e.what());
  }
  return health;
}

void snapshot_database(const std::filesystem::path& file, const std::filesystem::path& copy) {
  const std::filesystem::path unfinished = copy.string() + ".unfinished";
  std::error_code error;
  std::filesystem::remove(unfinished, error);
  Connection connection{file, Connection::Mode::read};
  try {
    connection.database().exec("PRAGMA query_only = OFF");  // VACUUM INTO counts as writing
    run(connection, "VACUUM INTO ?", unfinished.string());
  } catch (const SQLite::Exception& e) {
    std::filesystem::remove(unfinished, error);
    throw_snapshot_error(file, copy, e);
  }
  flush_to_disk(unfinished);
  std::filesystem::rename(unfinished, copy, error);
  if (error) {
    std::filesystem::remove(unfinished);
    throw StorageError{StorageFault::read_only,
                       "snapshot " + copy.string() + ": " + error.message()};
  }
}

std::int64_t room_for_vacuum(const std::filesystem::path& file) {
  Connection connection{file, Connection::Mode::read};
  return connection.translated([&] {
    const auto ask = [&](const char* pragma) {
      return find_integer(connection, pragma).value_or(0);
    };
    const std::int64_t used = ask("PRAGMA page_count") - ask("PRAGMA freelist_count");
    // Once as a new file, once in the log, where the full-text index goes before it.
    return used * ask("PRAGMA page_size") * 9 / 4;
  });
}

bool vacuum_database(const std::filesystem::path& file) {
  Connection connection{file, Connection::Mode::write};
  return connection.translated([&] {
    connection.database().exec(
        "PRAGMA temp_store = FILE;"
        "INSERT INTO article_search (article_search) VALUES ('optimize');"
        "UPDATE search_waste SET texts = 0;"
        "VACUUM");
    connection.wait_for_locks(false);
    // Its first column: whether somebody was in the way.
    return find_integer(connection, "PRAGMA wal_checkpoint(TRUNCATE)") == 0;
  });
}

}  // namespace stakeout
