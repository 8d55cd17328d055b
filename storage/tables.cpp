#include "storage/tables.h"

#include <chrono>

#include <sqlite3.h>

#include "extractors/values/free_with.h"

namespace stakeout {
namespace {

using RawStatement = std::unique_ptr<sqlite3_stmt, FreeWith<sqlite3_finalize>>;

// How many steps of SQLite's machine go by between two looks at the clock.
constexpr int steps_between_looks = 10'000;
// A query that builds a longer text is off.
constexpr int longest_value = 64 << 20;

std::string hex_of(const void* bytes, int size) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string hex;
  for (int i = 0; i < size; ++i) {
    const unsigned char byte = static_cast<const unsigned char*>(bytes)[i];
    hex += {digits[byte >> 4], digits[byte & 15]};
  }
  return hex;
}

Cell cell_of(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: {
      const unsigned char* text = sqlite3_column_text(statement, column);
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
      return std::string{text, text + size};
    }
    case SQLITE_BLOB:
      return hex_of(sqlite3_column_blob(statement, column),
                    sqlite3_column_bytes(statement, column));
    default:
      return std::monostate{};
  }
}

Table read_rows(sqlite3* handle, sqlite3_stmt* statement) {
  Table table;
  const int columns = sqlite3_column_count(statement);
  for (int i = 0; i < columns; ++i) table.columns.emplace_back(sqlite3_column_name(statement, i));
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    auto& row = table.rows.emplace_back();
    row.reserve(static_cast<std::size_t>(columns));
    for (int i = 0; i < columns; ++i) row.push_back(cell_of(statement, i));
  }
  if (code != SQLITE_DONE) throw SQLite::Exception{handle, code};
  return table;
}

void bind_cell(SQLite::Statement& statement, int at, const Cell& cell) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) statement.bind(at, *whole);
  if (const auto* real = std::get_if<double>(&cell)) statement.bind(at, *real);
  if (const auto* text = std::get_if<std::string>(&cell)) statement.bind(at, *text);
}

Cell cell_of(const SQLite::Column& column) {
  if (column.isInteger()) return std::int64_t{column.getInt64()};
  if (column.isFloat()) return column.getDouble();
  if (column.isNull()) return std::monostate{};
  if (column.isBlob()) return hex_of(column.getBlob(), column.getBytes());
  return column.getString();
}

// Pragmas that only tell something.
bool is_telling_pragma(std::string_view name) {
  for (const std::string_view allowed :
       {"table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo",
        "foreign_key_list", "integrity_check", "quick_check"}) {
    if (name == allowed) return true;
  }
  return false;
}

extern "C" int authorize_reading(void*, int action, const char* first, const char* second,
                                 const char*, const char*) noexcept {
  if (action == SQLITE_ATTACH || action == SQLITE_DETACH) return SQLITE_DENY;
  // A pragma with a value may change the connection.
  if (action == SQLITE_PRAGMA && second != nullptr && !is_telling_pragma(first)) return SQLITE_DENY;
  return SQLITE_OK;
}

extern "C" int is_past_deadline(void* deadline) noexcept {
  using std::chrono::steady_clock;
  return steady_clock::now() > *static_cast<steady_clock::time_point*>(deadline) ? 1 : 0;
}

[[noreturn]] void throw_bad_query(const std::string& reason) {
  throw StorageError{StorageFault::bad_query, "query: " + reason};
}

bool is_blank(const char* sql) {
  const std::string_view rest{sql};
  return rest.find_first_not_of(" \t\r\n;") == rest.npos;
}

RawStatement prepare_reading(sqlite3* handle, std::string_view sql) {
  const std::string text{sql};
  sqlite3_stmt* prepared = nullptr;
  const char* tail = nullptr;
  const int code = sqlite3_prepare_v2(handle, text.c_str(), -1, &prepared, &tail);
  RawStatement statement{prepared};
  if (code == SQLITE_AUTH) throw_bad_query("only reading is allowed");
  if (code != SQLITE_OK) throw_bad_query(sqlite3_errmsg(handle));
  if (statement == nullptr) throw_bad_query("there is no statement in it");
  if (sqlite3_stmt_readonly(statement.get()) == 0) throw_bad_query("only reading is allowed");
  if (!is_blank(tail)) throw_bad_query("one statement at a time");
  return statement;
}

// Sets the limits of a person's query on a connection, and takes them off again.
class QueryLimits {
 public:
  QueryLimits(sqlite3* handle, std::chrono::milliseconds time_limit)
      : handle_{handle}, deadline_{std::chrono::steady_clock::now() + time_limit} {
    sqlite3_set_authorizer(handle_, authorize_reading, nullptr);
    sqlite3_progress_handler(handle_, steps_between_looks, is_past_deadline, &deadline_);
    sqlite3_limit(handle_, SQLITE_LIMIT_LENGTH, longest_value);
  }
  ~QueryLimits() {
    sqlite3_set_authorizer(handle_, nullptr, nullptr);
    sqlite3_progress_handler(handle_, 0, nullptr, nullptr);
  }
  QueryLimits(const QueryLimits&) = delete;
  QueryLimits& operator=(const QueryLimits&) = delete;

 private:
  sqlite3* handle_;
  std::chrono::steady_clock::time_point deadline_;
};

std::vector<std::string> names_of(const SQLite::Statement& statement) {
  std::vector<std::string> names;
  for (int i = 0; i < statement.getColumnCount(); ++i) {
    names.emplace_back(statement.getColumnName(i));
  }
  return names;
}

void step_through(SQLite::Statement& statement, const std::vector<Cell>& values,
                  const TakeRow& take) {
  int at = 0;
  for (const Cell& value : values) bind_cell(statement, ++at, value);
  std::vector<Cell> row;
  while (statement.executeStep()) {
    row.clear();
    for (int i = 0; i < statement.getColumnCount(); ++i) {
      row.push_back(cell_of(statement.getColumn(i)));
    }
    take(row);
  }
}

}  // namespace

Table table_of(Connection& connection, const std::string& sql, const std::vector<Cell>& values) {
  SQLite::Statement statement{connection.database(), sql};
  Table table{names_of(statement), {}};
  step_through(statement, values, [&](const std::vector<Cell>& row) { table.rows.push_back(row); });
  return table;
}

void take_rows(Connection& connection, const std::string& sql, const std::vector<Cell>& values,
               const TakeRow& take) {
  SQLite::Statement statement{connection.database(), sql};
  step_through(statement, values, take);
}

std::vector<std::string> column_names(Connection& connection, const std::string& sql) {
  return names_of(SQLite::Statement{connection.database(), sql});
}

Table table_of_query(Connection& connection, std::string_view sql,
                     std::chrono::milliseconds time_limit) {
  sqlite3* handle = connection.database().getHandle();
  const QueryLimits limits{handle, time_limit};
  try {
    const RawStatement statement = prepare_reading(handle, sql);
    return read_rows(handle, statement.get());
  } catch (const SQLite::Exception& e) {
    switch (e.getErrorCode() & 0xFF) {
      case SQLITE_INTERRUPT:
        throw StorageError{StorageFault::interrupted, "query: it took longer than " +
                                                          std::to_string(time_limit.count()) +
                                                          " ms; narrow it, or raise the limit"};
      case SQLITE_ERROR:
      case SQLITE_TOOBIG:
      case SQLITE_READONLY:
        throw_bad_query(e.what());
      default:
        throw;
    }
  }
}

}  // namespace stakeout
