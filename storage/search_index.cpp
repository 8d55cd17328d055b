#include "storage/search_index.h"

#include <string>

namespace stakeout {

void SearchIndex::forget(std::int64_t article_id) {
  if (waiting_.erase(article_id) > 0) return;
  run(connection_,
      "INSERT INTO article_search (article_search, rowid, title, text) "
      "SELECT 'delete', id, title, text FROM search_source WHERE id = ?",
      article_id);
}

void SearchIndex::add_waiting() {
  if (waiting_.empty()) return;
  std::string ids;
  for (const std::int64_t id : waiting_) ids += (ids.empty() ? "[" : ",") + std::to_string(id);
  run(connection_,
      "INSERT INTO article_search (rowid, title, text) SELECT s.id, s.title, s.text FROM "
      "json_each(?) waiting CROSS JOIN search_source s ON s.id = waiting.value",
      ids + "]");
}

}  // namespace stakeout
