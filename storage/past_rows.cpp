#include "storage/past_rows.h"

#include "storage/contract_rows.h"
#include "storage/mention_alerts.h"

namespace stakeout {

void mark_past(Connection& connection, std::int64_t article_id, std::int64_t revision_id) {
  run(connection,
      "UPDATE articles SET past_revision = max(coalesce(past_revision, 0), ?2) WHERE id = ?1",
      article_id, revision_id);
}

void end_past(Connection& connection, std::int64_t article_id, Timestamp now) {
  if (run(connection,
          "UPDATE articles SET is_past = 0, past_revision = NULL WHERE id = ? AND is_past",
          article_id) == 0) {
    return;
  }
  const auto story =
      find_integer(connection, "SELECT story_id FROM articles WHERE id = ?", article_id);
  if (!story) return;
  run(connection, "DELETE FROM alerts WHERE article_id = ? AND quiet", article_id);
  DealScope scope;
  add_scope_of_article(connection, article_id, scope);
  update_contracts(connection, scope, false, now);
  raise_mentions(connection, *story, now);
  raise_unlisted(connection, article_id, false, now);
}

}  // namespace stakeout
