#include "storage/search_index.h"

#include <string>

namespace stakeout {
namespace {

// As JSON.
template <class Ids>
std::string list_of(const Ids& ids) {
  std::string list = "[";
  for (const std::int64_t id : ids) list += (list.size() > 1 ? "," : "") + std::to_string(id);
  return list + "]";
}

}  // namespace

void SearchIndex::forget(std::int64_t article_id) {
  if (waiting_.erase(article_id) > 0) return;
  run(connection_,
      "INSERT INTO article_search (article_search, rowid, title, text) "
      "SELECT 'delete', id, title, text FROM search_source WHERE id = ?",
      article_id);
}

void SearchIndex::forget(const std::vector<std::int64_t>& article_ids) {
  run(connection_,
      "INSERT INTO article_search (article_search, rowid, title, text) SELECT 'delete', s.id, "
      "s.title, s.text FROM json_each(?) gone CROSS JOIN search_source s ON s.id = gone.value",
      list_of(article_ids));
}

void SearchIndex::add_waiting() {
  if (waiting_.empty()) return;
  run(connection_,
      "INSERT INTO article_search (rowid, title, text) SELECT s.id, s.title, s.text FROM "
      "json_each(?) waiting CROSS JOIN search_source s ON s.id = waiting.value",
      list_of(waiting_));
}

}  // namespace stakeout
