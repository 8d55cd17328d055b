#include "storage/alert_rows.h"

namespace stakeout {

namespace {

// Its id; nothing when it was raised before and stands.
std::optional<std::int64_t> store_alert(Connection& connection, const AlertRow& alert,
                                        Timestamp now) {
  const AlertReason& why = alert.reason;
  const int stored =
      run(connection,
          "INSERT INTO alerts (key, kind, created_at, story_id, article_id, entity_id, "
          "contract_id, feed_id, details, words, start, \"end\", rule, quote, quiet) VALUES "
          "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET withdrawn "
          "= 0, story_id = excluded.story_id, article_id = excluded.article_id, entity_id = "
          "excluded.entity_id, contract_id = excluded.contract_id, details = excluded.details, "
          "words = excluded.words, start = excluded.start, \"end\" = excluded.\"end\", rule = "
          "excluded.rule, quote = excluded.quote WHERE withdrawn",
          alert.key, word_of(alert.kind), now, alert.story_id, alert.article_id, alert.entity_id,
          alert.contract_id, alert.feed_id, given(alert.details), given(why.words), why.start,
          why.end, given(why.rule), given(why.quote), alert.quiet);
  if (stored == 0) return std::nullopt;
  return find_integer(connection, "SELECT id FROM alerts WHERE key = ?", alert.key);
}

}  // namespace

bool raise_alert(Connection& connection, const AlertRow& alert, Timestamp now) {
  const auto id = store_alert(connection, alert, now);
  if (!id) return false;
  if (find_integer(connection, "SELECT 1 FROM alerts WHERE id = ? AND NOT quiet", *id))
    queue_for_subscribers(connection, *id);
  return true;
}

bool raise_for_others(Connection& connection, const AlertRow& alert, DeliveryRange told,
                      Timestamp now) {
  if (alert.quiet) return raise_alert(connection, alert, now);
  const auto id = store_alert(connection, alert, now);
  if (!id) return false;
  if (queue_for_subscribers(connection, *id, told) > 0) return true;
  run(connection, "DELETE FROM alerts WHERE id = ?", *id);
  return false;
}

bool raise_correction(Connection& connection, const AlertRow& alert,
                      const std::vector<std::int64_t>& corrected, Timestamp now) {
  const auto id = store_alert(connection, alert, now);
  if (id && !alert.quiet) queue_for_readers_of(connection, *id, corrected);
  return id.has_value();
}

bool raise_correction_of_both(Connection& connection, const AlertRow& alert, std::int64_t first,
                              std::int64_t second, Timestamp now) {
  const auto id = store_alert(connection, alert, now);
  if (!id) return false;
  if (queue_for_readers_of_both(connection, *id, first, second) > 0) return true;
  run(connection, "DELETE FROM alerts WHERE id = ?", *id);
  return false;
}

std::vector<std::int64_t> alerts_with_key(Connection& connection, const std::string& key) {
  const auto id = find_integer(connection, "SELECT id FROM alerts WHERE key = ?", key);
  return id ? std::vector{*id} : std::vector<std::int64_t>{};
}

std::vector<std::int64_t> alerts_of_contract(Connection& connection, std::int64_t contract_id) {
  std::vector<std::int64_t> alerts;
  Query q{connection, "SELECT id FROM alerts WHERE contract_id = ? ORDER BY id", contract_id};
  while (q.next()) alerts.push_back(q.integer(0));
  return alerts;
}

AlertTally alerts_after(Connection& connection, std::int64_t id) {
  AlertTally tally;
  Query q{connection,
          "SELECT kind, quiet, count(*) FROM alerts WHERE id > ? AND NOT withdrawn GROUP BY 1, 2",
          id};
  while (q.next()) {
    const auto count = static_cast<std::size_t>(q.integer(2));
    const auto kind = find_word<AlertKind>(q.text(0));
    if (q.integer(1) != 0) {
      tally.quiet += count;
    } else if (kind) {
      tally.told[*kind] += count;
    }
  }
  return tally;
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

// One that nobody could see is as if it had never been.
bool withdraw_alert(Connection& connection, const std::string& key) {
  Query q{connection,
          "SELECT id, quiet FROM alerts l WHERE key = ? AND NOT withdrawn AND NOT EXISTS (SELECT 1 "
          "FROM deliveries d WHERE d.alert_id = l.id AND d.state <> 'queued')",
          key};
  if (!q.next()) return false;
  const std::int64_t id = q.integer(0);
  const bool is_quiet = q.integer(1) != 0;
  run(connection, "DELETE FROM deliveries WHERE alert_id = ?", id);
  run(connection,
      is_quiet ? "DELETE FROM alerts WHERE id = ?" : "UPDATE alerts SET withdrawn = 1 WHERE id = ?",
      id);
  return true;
}

bool was_sent(Connection& connection, std::int64_t alert_id) {
  return find_integer(connection,
                      "SELECT 1 FROM deliveries WHERE alert_id = ? AND state IN ('sending', "
                      "'sent') LIMIT 1",
                      alert_id)
      .has_value();
}

bool was_told_of(Connection& connection, std::int64_t contract_id) {
  return find_integer(connection,
                      "SELECT 1 FROM alerts l JOIN deliveries d ON d.alert_id = l.id "
                      "WHERE l.contract_id = ? AND d.state IN ('sending', 'sent') LIMIT 1",
                      contract_id)
      .has_value();
}

}  // namespace stakeout
