#include "storage/subscription_rows.h"

#include <string>

#include "storage/mutes.h"

namespace stakeout {
namespace {

void add_words(Connection& connection, std::int64_t subscription, const char* sort,
               const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    run(connection, "INSERT OR IGNORE INTO subscription_filters VALUES (?, ?, ?)", subscription,
        sort, word);
  }
}

// For the alert ?1. An agency counts for the bodies above it, too.
constexpr const char* queue_sql =
    "WITH RECURSIVE l AS (SELECT * FROM alerts WHERE id = ?1), "
    "party (kind, name, category, parent) AS (SELECT e.kind, e.name, e.category, e.parent FROM l "
    "CROSS JOIN entities e ON e.id IN (" ENTITIES_OF_ALERT
    ") UNION SELECT e.kind, e.name, NULL, e.parent FROM party "
    "p CROSS JOIN entities e ON e.kind = 'agency' AND p.kind = 'agency' AND e.name = p.parent), "
    "word (sort, word) AS (SELECT 'kind', kind FROM l UNION SELECT kind, name FROM party UNION "
    "SELECT 'category', category FROM party UNION SELECT 'tag', t.tag FROM l CROSS JOIN feed_tags "
    "t ON t.feed_id = l.feed_id UNION SELECT 'tag', t.tag FROM l CROSS JOIN entries n ON "
    "n.article_id = l.article_id CROSS JOIN feed_tags t ON t.feed_id = n.feed_id) "
    "INSERT INTO deliveries (alert_id, digest, channel, recipient) "
    "SELECT ?1, s.digest, s.channel, s.recipient FROM l CROSS JOIN subscriptions s WHERE NOT "
    "EXISTS (SELECT 1 FROM deliveries d WHERE d.id > ?2 AND d.id <= ?3 AND (d.digest, d.channel, "
    "d.recipient) = (s.digest, s.channel, s.recipient)) AND NOT EXISTS (SELECT 1 FROM "
    "subscription_filters f WHERE f.subscription_id = s.id AND NOT EXISTS (SELECT 1 FROM "
    "subscription_filters g JOIN word w ON w.sort = g.sort AND g.word = w.word WHERE "
    "g.subscription_id = s.id AND g.sort = f.sort)) AND NOT " ALERT_IS_MUTED(
        "s", "s.mutes") " ON CONFLICT DO NOTHING";

}  // namespace

void sync_subscription_rows(Connection& connection, const std::vector<Subscription>& wanted) {
  run(connection, "DELETE FROM subscriptions");
  for (const Subscription& each : wanted) {
    const Recipient& to = each.to;
    // A digest of the same name for the same reader is the same one, as it was said first.
    if (run(connection,
            "INSERT INTO subscriptions (digest, channel, recipient, mutes) VALUES (?, ?, ?, ?) ON "
            "CONFLICT DO NOTHING",
            to.digest, to.channel, to.address, mutes_text(each.mutes)) == 0) {
      continue;
    }
    const std::int64_t id = connection.database().getLastInsertRowid();
    add_words(connection, id, "kind", each.kinds);
    add_words(connection, id, "vendor", each.vendors);
    add_words(connection, id, "agency", each.agencies);
    add_words(connection, id, "category", each.categories);
    add_words(connection, id, "tag", each.tags);
  }
}

std::int64_t last_delivery(Connection& connection) {
  return find_integer(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'deliveries'")
      .value_or(0);
}

int queue_for_subscribers(Connection& connection, std::int64_t alert_id, DeliveryRange told) {
  if (!find_integer(connection, "SELECT 1 FROM subscriptions LIMIT 1")) return 0;
  return run(connection, queue_sql, alert_id, told.after, told.last);
}

void queue_for_readers_of(Connection& connection, std::int64_t correction_id,
                          const std::vector<std::int64_t>& corrected) {
  for (const std::int64_t alert : corrected) {
    run(connection,
        "INSERT INTO deliveries (alert_id, digest, channel, recipient) SELECT ?1, digest, channel, "
        "recipient FROM deliveries WHERE alert_id = ?2 AND state IN ('sending', 'sent') ORDER BY "
        "id ON CONFLICT DO NOTHING",
        correction_id, alert);
  }
}

int queue_for_readers_of_both(Connection& connection, std::int64_t correction_id,
                              std::int64_t first, std::int64_t second) {
  return run(
      connection,
      "INSERT INTO deliveries (alert_id, digest, channel, recipient) SELECT ?1, d.digest, "
      "d.channel, d.recipient FROM deliveries d WHERE d.alert_id = ?2 AND EXISTS (SELECT 1 FROM "
      "deliveries o WHERE (o.alert_id, o.channel, o.recipient) = (?3, d.channel, "
      "d.recipient) AND o.state <> 'failed') AND d.state IN ('sending', 'sent') ORDER BY d.id ON "
      "CONFLICT DO NOTHING",
      correction_id, first, second);
}

}  // namespace stakeout
