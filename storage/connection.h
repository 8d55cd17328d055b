#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include "extractors/values/partial_date.h"
#include "extractors/values/timestamp.h"
#include "storage/database.h"

// How the sources of this folder talk to SQLite. Not for other folders.

namespace stakeout {

// One connection with our settings, and the statements that were prepared on it.
class Connection {
 public:
  enum class Mode { write, read };

  // Once `stop` is requested, a wait for another program's lock ends at once. Throws StorageError.
  Connection(std::filesystem::path file, Mode mode, std::stop_token stop = {});
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Whether a lock of another program's is waited for, for ten seconds at most; the default.
  void wait_for_locks(bool wait) noexcept;

  [[nodiscard]] SQLite::Database& database() { return *database_; }
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

  // The statement for these words, reset and without values; prepared at its first use. `sql` is a
  // literal: statements are told apart by its address. Prepare nothing that is still being stepped.
  [[nodiscard]] SQLite::Statement& prepared(const char* sql);

  // Runs `work` in one transaction that takes the write lock at once, and rolls everything back
  // when it throws. SQLite's exceptions become StorageErrors. Inside another write() `work` is part
  // of that transaction.
  template <class Work>
  auto write(Work work) {
    return translated([&] {
      if (sqlite3_get_autocommit(database_->getHandle()) == 0) return work();
      SQLite::Transaction transaction{*database_, SQLite::TransactionBehavior::IMMEDIATE};
      if constexpr (std::is_void_v<decltype(work())>) {
        work();
        transaction.commit();
      } else {
        auto result = work();
        transaction.commit();
        return result;
      }
    });
  }

  // How many transactions of this connection were rolled back: as long as it stays the same, what
  // this connection wrote is in the database.
  [[nodiscard]] std::int64_t rollbacks() const { return rollbacks_; }

  // Runs `work`, whose SQLite exceptions become StorageErrors.
  template <class Work>
  auto translated(Work work) {
    try {
      return work();
    } catch (const SQLite::Exception& e) {
      throw_storage_error(file_, e);
    }
  }

  [[noreturn]] static void throw_storage_error(const std::filesystem::path& file,
                                               const SQLite::Exception& error);

 private:
  void open_for_reading();
  void open_for_writing();
  void check_identity();

  std::filesystem::path file_;
  std::stop_token stop_;
  std::int64_t rollbacks_ = 0;
  std::unique_ptr<SQLite::Database> database_;  // counts in rollbacks_
  std::unordered_map<const void*, std::unique_ptr<SQLite::Statement>> statements_;
};

// nullopt for an empty string: what is not given is NULL.
[[nodiscard]] std::optional<std::string> given(std::string_view text);

// Bytes that are stored as they are, for a BLOB column.
struct Blob {
  std::string_view bytes;
};

// A prepared statement on its way through its rows; reset when it goes out of scope, so that it
// holds no snapshot open.
//
//     for (Query q{connection, "SELECT id FROM feeds WHERE url = ?", url}; q.next();) ...
class Query {
 public:
  template <class... Values>
  Query(Connection& connection, const char* sql, const Values&... values)
      : statement_{connection.prepared(sql)} {
    int at = 0;
    (bind(++at, values), ...);
  }
  ~Query() { statement_.tryReset(); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  bool next() { return statement_.executeStep(); }

  [[nodiscard]] bool is_null(int column) const { return statement_.getColumn(column).isNull(); }
  [[nodiscard]] std::int64_t integer(int column) const {
    return statement_.getColumn(column).getInt64();
  }
  [[nodiscard]] double real(int column) const { return statement_.getColumn(column).getDouble(); }
  // Text or a blob; empty for NULL.
  [[nodiscard]] std::string text(int column) const;
  // The same without a copy, until next().
  [[nodiscard]] std::string_view bytes(int column) const;
  [[nodiscard]] std::optional<std::int64_t> maybe_integer(int column) const;
  [[nodiscard]] std::optional<std::string> maybe_text(int column) const;
  [[nodiscard]] std::optional<Timestamp> maybe_time(int column) const;

 private:
  void bind(int at, std::int64_t value) { statement_.bind(at, value); }
  void bind(int at, int value) { statement_.bind(at, value); }
  void bind(int at, bool value) { statement_.bind(at, value ? 1 : 0); }
  void bind(int at, double value) { statement_.bind(at, value); }
  void bind(int at, std::size_t value) { bind(at, static_cast<std::int64_t>(value)); }
  void bind(int at, const std::string& value) { statement_.bind(at, value); }
  void bind(int at, std::string_view value) { statement_.bind(at, std::string{value}); }
  void bind(int at, const char* value) { statement_.bind(at, value); }
  void bind(int at, Blob value) {
    statement_.bind(at, value.bytes.data(), static_cast<int>(value.bytes.size()));
  }
  void bind(int at, Timestamp value) { statement_.bind(at, to_rfc3339(value)); }
  void bind(int at, const PartialDate& value) { statement_.bind(at, to_string(value)); }
  template <class T>
  void bind(int at, const std::optional<T>& value) {
    if (value) bind(at, *value);  // else NULL, as prepared() left it
  }

  SQLite::Statement& statement_;
};

// Runs a statement that gives no rows; how many rows it changed.
template <class... Values>
int run(Connection& connection, const char* sql, const Values&... values) {
  Query query{connection, sql, values...};
  query.next();
  return connection.database().getChanges();
}

// Runs an INSERT; the rowid that it made.
template <class... Values>
std::int64_t insert(Connection& connection, const char* sql, const Values&... values) {
  run(connection, sql, values...);
  return connection.database().getLastInsertRowid();
}

// The first column of the first row; nullopt when there is none or it is NULL.
template <class... Values>
std::optional<std::int64_t> find_integer(Connection& connection, const char* sql,
                                         const Values&... values) {
  Query query{connection, sql, values...};
  return query.next() ? query.maybe_integer(0) : std::nullopt;
}

}  // namespace stakeout
