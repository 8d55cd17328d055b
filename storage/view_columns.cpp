#include "storage/view_columns.h"

#include <string>
#include <string_view>

#include "extractors/values/table_lines.h"

namespace stakeout::schema {
std::string_view schema_columns();  // schema/columns.tsv, compiled in
}

namespace stakeout {

void describe_columns(Connection& connection) {
  SQLite::Database& database = connection.database();
  database.exec("DELETE FROM view_columns");
  SQLite::Statement insert{database, "INSERT INTO view_columns VALUES (?, ?, ?, ?)"};
  std::string_view rest = schema::schema_columns();
  std::string_view last_view;
  int position = 0;
  while (auto line = take_line(rest)) {
    const std::string_view view = take_until(*line, "\t");
    const std::string_view column = take_until(*line, "\t");
    position = view == last_view ? position + 1 : 1;
    last_view = view;
    insert.bind(1, std::string{view});
    insert.bind(2, position);
    insert.bind(3, std::string{column});
    insert.bind(4, std::string{*line});
    insert.exec();
    insert.reset();
  }
}

}  // namespace stakeout
