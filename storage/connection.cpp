#include "storage/connection.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "storage/migrations.h"

namespace stakeout {
namespace {

constexpr int busy_timeout_ms = 10'000;
constexpr int busy_step_ms = 20;

StorageFault fault_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return StorageFault::locked;
    case SQLITE_FULL:
      return StorageFault::disk_full;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return StorageFault::read_only;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return StorageFault::damaged;
    case SQLITE_INTERRUPT:
      return StorageFault::interrupted;
    default:
      return StorageFault::other;
  }
}

// What happened and what to do, to follow the file's name.
std::string advice(StorageFault fault, const SQLite::Exception& error) {
  switch (fault) {
    case StorageFault::locked:
      return "another program keeps it locked; end that program, or try again";
    case StorageFault::disk_full:
      return "the disk is full; make room";
    case StorageFault::read_only:
      return "it may not be written; check the owner and the rights of the file, its directory and "
             "the disk";
    case StorageFault::damaged:
      return std::string{"it is damaged or no database ("} + error.what() +
             "); put back the last copy made with stakeout db snapshot, what was fetched since "
             "comes again; or save what can be read: sqlite3 FILE .recover";
    default:
      return std::string{error.what()} + "; check the disk and run stakeout db check";
  }
}

// A path inside a file: URI (https://www.sqlite.org/uri.html).
std::string uri_path(const std::filesystem::path& file) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : std::filesystem::absolute(file).string()) {
    if (c == '?' || c == '#' || c == '%') {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', digits[byte >> 4], digits[byte & 15]};
    } else {
      out += c;
    }
  }
  return out;
}

// What is plain to see before SQLite looks, whose words for it say less.
void check_file(const std::filesystem::path& file, bool is_to_be_read) {
  const auto refuse = [&](StorageFault fault, const std::string& what) {
    throw StorageError{fault, "database " + file.string() + ": " + what};
  };
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    if (is_to_be_read) {
      refuse(StorageFault::missing,
             "there is no such file; `stakeout crawl` makes it, --db names another");
    }
    return;
  }
  if (std::filesystem::is_directory(status)) {
    refuse(StorageFault::damaged, "it is a folder; name the file in it with --db");
  }
  if (::faccessat(AT_FDCWD, file.c_str(), R_OK, AT_EACCESS) != 0 && errno == EACCES) {
    refuse(StorageFault::read_only,
           "it may not be read; check the owner and the rights of the file and its directory");
  }
  if (is_to_be_read && std::filesystem::file_size(file, error) == 0 && !error) {
    refuse(StorageFault::damaged,
           "it is empty, and no database of stakeout; `stakeout crawl` fills it, --db names "
           "another");
  }
}

bool has_wal(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file.string() + "-wal", error);
  return !error && size > 0;
}

std::unique_ptr<SQLite::Database> open_uri(const std::string& uri) {
  auto database = std::make_unique<SQLite::Database>(uri, SQLite::OPEN_READONLY | SQLite::OPEN_URI,
                                                     busy_timeout_ms);
  database->execAndGet("SELECT count(*) FROM sqlite_schema");  // opening alone reads nothing
  return database;
}

}  // namespace

void Connection::throw_storage_error(const std::filesystem::path& file,
                                     const SQLite::Exception& error) {
  const StorageFault fault = fault_of(error.getErrorCode());
  throw StorageError{fault, "database " + file.string() + ": " + advice(fault, error)};
}

// SQLite's own handler (sqlite3_busy_timeout), but for the end when the program is to stop: it is
// called again and again while a lock is held, and says whether to try once more.
extern "C" int stakeout_wait_for_lock(void* stop, int tries) {
  if (static_cast<const std::stop_token*>(stop)->stop_requested()) return 0;
  if (tries * busy_step_ms >= busy_timeout_ms) return 0;
  sqlite3_sleep(busy_step_ms);
  return 1;
}

extern "C" void stakeout_count_rollback(void* rollbacks) {
  ++*static_cast<std::int64_t*>(rollbacks);
}

void Connection::wait_for_locks(bool wait) noexcept {
  sqlite3_busy_handler(database_->getHandle(), wait ? stakeout_wait_for_lock : nullptr, &stop_);
}

Connection::Connection(std::filesystem::path file, Mode mode, std::stop_token stop)
    : file_{std::move(file)}, stop_{std::move(stop)} {
  translated([&] { mode == Mode::write ? open_for_writing() : open_for_reading(); });
}

void Connection::open_for_reading() {
  check_file(file_, true);
  try {
    database_ = open_uri("file:" + uri_path(file_) + "?mode=ro");
  } catch (const SQLite::Exception&) {
    // Without its log, and where none can be made, a file in WAL mode opens only as one that nobody
    // changes; without a log nobody does.
    if (has_wal(file_)) throw;
    database_ = open_uri("file:" + uri_path(file_) + "?immutable=1");
  }
  check_identity();
  database_->exec("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF");
}

void Connection::open_for_writing() {
  check_file(file_, false);
  try {
    database_ = std::make_unique<SQLite::Database>(file_.string(),
                                                   SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    wait_for_locks(true);
  } catch (const SQLite::Exception& e) {
    if ((e.getErrorCode() & 0xFF) != SQLITE_CANTOPEN) throw;
    throw StorageError{StorageFault::read_only,
                       "database " + file_.string() +
                           ": it cannot be opened or made; check that its directory exists and may "
                           "be written"};
  }
  check_identity();
  // The log stays when the last connection closes, so that a reader who may not write the directory
  // can open the file while the service is stopped.
  int persist = 1;
  sqlite3_file_control(database_->getHandle(), "main", SQLITE_FCNTL_PERSIST_WAL, &persist);
  database_->exec(
      "PRAGMA auto_vacuum = INCREMENTAL;"  // of a file without tables; see vacuum_database()
      "PRAGMA journal_mode = WAL;"
      "PRAGMA synchronous = FULL;"  // NORMAL may lose the last commits, and with them "mail sent"
      "PRAGMA foreign_keys = ON;"
      "PRAGMA trusted_schema = OFF;"
      "PRAGMA cell_size_check = ON;"
      "PRAGMA cache_size = -32768;"  // 32 MB: the indexes of some 100,000 articles
      "PRAGMA temp_store = MEMORY;"
      "PRAGMA wal_autocheckpoint = 8000;"  // 32 MB of log between two write-backs
      "PRAGMA journal_size_limit = 67108864");
  sqlite3_rollback_hook(database_->getHandle(), stakeout_count_rollback, &rollbacks_);
  migrate(*this);
}

void Connection::check_identity() {
  const int id = database_->execAndGet("PRAGMA application_id").getInt();
  const int tables = database_->execAndGet("SELECT count(*) FROM sqlite_schema").getInt();
  if (id != application_id && !(id == 0 && tables == 0)) {
    throw StorageError{StorageFault::damaged,
                       "database " + file_.string() +
                           ": this is another program's database; name another file with --db"};
  }
  const int version = database_->execAndGet("PRAGMA user_version").getInt();
  if (version > schema_version()) {
    throw StorageError{StorageFault::newer_schema,
                       "database " + file_.string() +
                           ": it was written by a newer stakeout (schema " +
                           std::to_string(version) + ", this program knows " +
                           std::to_string(schema_version()) + "); upgrade this program"};
  }
}

SQLite::Statement& Connection::prepared(const char* sql) {
  auto& slot = statements_[sql];
  if (!slot) {
    slot = std::make_unique<SQLite::Statement>(*database_, sql);
  } else {
    slot->tryReset();
    slot->clearBindings();
  }
  return *slot;
}

std::optional<std::string> given(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return std::string{text};
}

std::string Query::text(int column) const {
  return std::string{bytes(column)};
}

std::string_view Query::bytes(int column) const {
  const SQLite::Column cell = statement_.getColumn(column);
  return {static_cast<const char*>(cell.getBlob()), static_cast<std::size_t>(cell.getBytes())};
}

std::optional<std::int64_t> Query::maybe_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<std::string> Query::maybe_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

std::optional<Timestamp> Query::maybe_time(int column) const {
  if (is_null(column)) return std::nullopt;
  const auto time = parse_rfc3339(text(column));
  return time ? std::optional{*time} : std::nullopt;
}

}  // namespace stakeout
