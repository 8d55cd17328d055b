#include "storage/left_out_rows.h"

namespace stakeout {

std::vector<LeftOut> left_out_rows(Connection& connection, std::int64_t revision_id) {
  std::vector<LeftOut> left_out;
  Query q{connection,
          "SELECT start, text, articles FROM left_out WHERE revision_id = ? ORDER BY position",
          revision_id};
  while (q.next()) {
    left_out.push_back({static_cast<std::size_t>(q.integer(0)), q.text(1),
                        static_cast<std::size_t>(q.integer(2))});
  }
  return left_out;
}

void replace_left_out_rows(Connection& connection, std::int64_t revision_id,
                           const std::vector<LeftOut>& left_out) {
  run(connection, "DELETE FROM left_out WHERE revision_id = ?", revision_id);
  std::int64_t position = 0;
  for (const LeftOut& piece : left_out) {
    run(connection, "INSERT INTO left_out VALUES (?, ?, ?, ?, 'furniture', ?)", revision_id,
        ++position, piece.start, piece.text, piece.articles);
  }
}

}  // namespace stakeout
