#include "storage/view_columns.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace stakeout::schema {
std::string_view schema_columns();  // schema/columns.tsv, compiled in
}

namespace stakeout {
namespace {

// What stands before the next `end` in `rest`, which goes on behind it.
std::string_view take_until(std::string_view& rest, char end) {
  const std::size_t at = std::min(rest.find(end), rest.size());
  const std::string_view part = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return part;
}

}  // namespace

void describe_columns(Connection& connection) {
  SQLite::Database& database = connection.database();
  database.exec("DELETE FROM view_columns");
  SQLite::Statement insert{database, "INSERT INTO view_columns VALUES (?, ?, ?, ?)"};
  std::string_view rest = schema::schema_columns();
  std::string_view last_view;
  int position = 0;
  while (!rest.empty()) {
    std::string_view line = take_until(rest, '\n');
    if (line.empty() || line.front() == '#') continue;
    const std::string_view view = take_until(line, '\t');
    const std::string_view column = take_until(line, '\t');
    position = view == last_view ? position + 1 : 1;
    last_view = view;
    insert.bind(1, std::string{view});
    insert.bind(2, position);
    insert.bind(3, std::string{column});
    insert.bind(4, std::string{line});
    insert.exec();
    insert.reset();
  }
}

}  // namespace stakeout
