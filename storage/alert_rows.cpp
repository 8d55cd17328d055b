#include "storage/alert_rows.h"

#include "storage/subscription_rows.h"

namespace stakeout {

bool raise_alert(Connection& connection, const AlertRow& alert, Timestamp now) {
  const AlertReason& why = alert.reason;
  const bool is_new =
      run(connection,
          "INSERT INTO alerts (key, kind, created_at, story_id, article_id, entity_id, "
          "contract_id, feed_id, details, words, start, \"end\", rule, quote, quiet) VALUES "
          "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
          alert.key, word_of(alert.kind), now, alert.story_id, alert.article_id, alert.entity_id,
          alert.contract_id, alert.feed_id, given(alert.details), given(why.words), why.start,
          why.end, given(why.rule), given(why.quote), alert.quiet) > 0;
  if (is_new && !alert.quiet)
    queue_for_subscribers(connection, connection.database().getLastInsertRowid());
  return is_new;
}

void count_alert(AlertCount& count, const AlertRow& alert) {
  ++(alert.quiet ? count.quiet : count.told);
}

void set_reason(Connection& connection, const std::string& key, const AlertReason& reason) {
  run(connection,
      "UPDATE alerts SET words = ?2, start = ?3, \"end\" = ?4, rule = ?5, quote = ?6 WHERE key = "
      "?1",
      key, given(reason.words), reason.start, reason.end, given(reason.rule), given(reason.quote));
}

bool withdraw_alert(Connection& connection, const std::string& key) {
  const auto id =
      find_integer(connection,
                   "SELECT id FROM alerts l WHERE key = ? AND NOT EXISTS (SELECT 1 FROM "
                   "deliveries d WHERE d.alert_id = l.id AND d.state <> 'queued')",
                   key);
  if (!id) return false;
  run(connection, "DELETE FROM deliveries WHERE alert_id = ?", *id);
  run(connection, "DELETE FROM alerts WHERE id = ?", *id);
  return true;
}

bool was_told_of(Connection& connection, std::int64_t contract_id) {
  return find_integer(connection,
                      "SELECT 1 FROM alerts l JOIN deliveries d ON d.alert_id = l.id "
                      "WHERE l.contract_id = ? AND d.state IN ('sending', 'sent') LIMIT 1",
                      contract_id)
      .has_value();
}

}  // namespace stakeout
