#include "storage/migrations.h"

#include <string>
#include <string_view>
#include <vector>

#include "storage/view_columns.h"

namespace stakeout::schema {
std::string_view schema_0001_tables();  // schema/*.sql, compiled in
std::string_view schema_0001_views();
}  // namespace stakeout::schema

namespace stakeout {
namespace {

using Script = std::string_view (*)();

// The scripts of version 1, of version 2, ...
const std::vector<std::vector<Script>>& versions() {
  static const std::vector<std::vector<Script>> list = {
      {schema::schema_0001_tables, schema::schema_0001_views},
  };
  return list;
}

}  // namespace

int schema_version() {
  return static_cast<int>(versions().size());
}

void migrate(Connection& connection) {
  SQLite::Database& database = connection.database();
  const auto current = [&] { return database.execAndGet("PRAGMA user_version").getInt(); };
  while (current() < schema_version()) {
    SQLite::Transaction transaction{database, SQLite::TransactionBehavior::IMMEDIATE};
    const int version = current();
    if (version >= schema_version()) return;
    for (const Script script : versions().at(static_cast<std::size_t>(version))) {
      database.exec(std::string{script()});
    }
    describe_columns(connection);
    database.exec("PRAGMA application_id = " + std::to_string(application_id));
    database.exec("PRAGMA user_version = " + std::to_string(version + 1));
    transaction.commit();
  }
}

}  // namespace stakeout
