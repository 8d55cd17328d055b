#include "storage/import_rows.h"

namespace stakeout {

std::vector<ImportPosition> import_position_rows(Connection& connection) {
  std::vector<ImportPosition> positions;
  Query q{connection, "SELECT source, name, position FROM imports"};
  while (q.next()) positions.push_back({q.text(0), q.text(1), q.text(2)});
  return positions;
}

void save_import_position_row(Connection& connection, const ImportPosition& position,
                              Timestamp now) {
  run(connection,
      "INSERT INTO imports (source, name, position, updated_at) VALUES (?, ?, ?, ?) ON CONFLICT "
      "(source) DO UPDATE SET name = excluded.name, position = excluded.position, updated_at = "
      "excluded.updated_at",
      position.source, position.name, position.position, now);
}

std::optional<Timestamp> page_had_at_row(Connection& connection, const std::string& canonical_url) {
  Query q{connection,
          "SELECT a.last_fetched_at FROM article_urls u JOIN articles a ON a.id = u.article_id "
          "WHERE u.canonical_url = ? AND a.revision_id IS NOT NULL AND a.status <> 'from_feed'",
          canonical_url};
  return q.next() ? q.maybe_time(0) : std::nullopt;
}

}  // namespace stakeout
