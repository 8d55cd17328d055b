#include "storage/mention_alerts.h"

#include <optional>
#include <vector>

#include "storage/alert_rows.h"

namespace stakeout {
namespace {

std::string key_of(std::int64_t story_id, std::int64_t entity_id) {
  return "new_mention:" + std::to_string(story_id) + ":" + std::to_string(entity_id);
}

std::string key_of_unlisted(std::int64_t entity_id) {
  return "unlisted_name:" + std::to_string(entity_id);
}

std::optional<std::int64_t> story_of(Connection& connection, std::int64_t article_id) {
  return find_integer(connection, "SELECT story_id FROM articles WHERE id = ?", article_id);
}

bool is_named(Connection& connection, std::int64_t story_id, std::int64_t entity_id) {
  return find_integer(
             connection,
             "SELECT 1 FROM articles a JOIN mentions m ON m.revision_id = a.revision_id WHERE "
             "a.story_id = ? AND m.entity_id = ? AND NOT m.rejected LIMIT 1",
             story_id, entity_id)
      .has_value();
}

bool has_alert(Connection& connection, const std::string& key) {
  return find_integer(connection,
                      "SELECT id FROM alerts WHERE key = ? AND NOT quiet AND NOT withdrawn", key)
      .has_value();
}

// The key of the correction of an alert. Once it was taken back ("named there after all") the next
// one is another.
std::string correction_key(Connection& connection, const std::string& key) {
  std::string correction = "correction:" + key;
  while (has_alert(connection, correction + ":stands")) correction += ":again";
  return correction;
}

struct First {
  std::int64_t entity;
  std::int64_t article;
  bool is_past;
};

// By listed entity of a story the first article that names it; one that is not past comes before. A
// text that was dropped named nobody who was on the list then: it may have named one who came
// later.
std::vector<First> first_articles(Connection& connection, std::int64_t story_id) {
  std::vector<First> firsts;
  Query q{connection,
          "WITH named AS (SELECT DISTINCT m.entity_id, m.text, a.id AS article_id, "
          "coalesce(a.published_at, '9999') || ' ' || a.canonical_url AS place, "
          "max(coalesce(a.past_revision, 0), coalesce(e.past_revision, 0)) AS past_revision, "
          "e.past_revision AS unlisted_until FROM "
          "articles a JOIN mentions m ON m.revision_id = a.revision_id JOIN entities e ON e.id = "
          "m.entity_id WHERE a.story_id = ? AND e.listed AND NOT m.rejected), "
          "told AS (SELECT *, past_revision > 0 AND EXISTS (SELECT 1 FROM revisions r WHERE "
          "r.article_id = n.article_id AND r.id <= n.past_revision AND (EXISTS (SELECT 1 FROM "
          "mentions p WHERE p.revision_id = r.id AND p.entity_id = n.entity_id) OR instr(r.text, "
          "n.text) > 0 OR (r.text_dropped_at IS NOT NULL AND r.id <= n.unlisted_until))) AS "
          "is_past FROM named n) "
          "SELECT entity_id, article_id, is_past, min(is_past || place) FROM told GROUP BY "
          "entity_id",
          story_id};
  while (q.next()) firsts.push_back({q.integer(0), q.integer(1), q.integer(2) != 0});
  return firsts;
}

// Makes room for an alert that is no past any more. What was kept quiet by order stays so.
void forget_past(Connection& connection, const std::string& key) {
  run(connection,
      "DELETE FROM alerts WHERE key = ? AND quiet AND EXISTS (SELECT 1 FROM articles a JOIN "
      "entities e ON e.id = alerts.entity_id WHERE a.id = alerts.article_id AND (a.is_past OR "
      "a.revision_id <= e.past_revision))",
      key);
}

// Whoever was told that a name has no part in a contract gets to know that it has.
AlertCount correct_correction(Connection& connection, std::int64_t article_id,
                              std::int64_t entity_id, bool quiet, Timestamp now) {
  const std::string correction = correction_key(connection, key_of_unlisted(entity_id));
  if (withdraw_alert(connection, correction) || !has_alert(connection, correction)) return {};
  const AlertRow alert{.kind = AlertKind::correction,
                       .key = correction + ":stands",
                       .story_id = story_of(connection, article_id),
                       .article_id = article_id,
                       .entity_id = entity_id,
                       .details =
                           "has part in a contract after all; no more is sent if its "
                           "articles change again",
                       .quiet = quiet};
  AlertCount raised;
  if (raise_correction(connection, alert, alerts_with_key(connection, correction), now))
    count_alert(raised, alert);
  return raised;
}

}  // namespace

AlertCount raise_mentions(Connection& connection, std::int64_t story_id, Timestamp now) {
  AlertCount raised;
  for (const First& first : first_articles(connection, story_id)) {
    const std::string key = key_of(story_id, first.entity);
    const AlertRow alert{.kind = AlertKind::new_mention,
                         .key = key,
                         .story_id = story_id,
                         .article_id = first.article,
                         .entity_id = first.entity,
                         .reason = reason_of_mention(connection, first.article, first.entity),
                         .quiet = first.is_past};
    if (!alert.quiet) forget_past(connection, key);
    if (raise_alert(connection, alert, now)) {
      count_alert(raised, alert);
    } else if (
        run(connection,
            "UPDATE alerts SET article_id = ?2 WHERE key = ?1 AND article_id <> ?2 AND NOT EXISTS "
            "(SELECT 1 FROM deliveries d WHERE d.alert_id = alerts.id AND d.state <> 'queued')",
            key, first.article) > 0) {
      set_reason(connection, key, alert.reason);
    }
  }
  return raised;
}

std::vector<std::int64_t> unlisted_parties(Connection& connection, std::int64_t article_id) {
  std::vector<std::int64_t> parties;
  Query q{connection,
          "SELECT DISTINCT e.id FROM revisions r JOIN claims c ON c.revision_id = r.id JOIN "
          "entities e ON e.id IN (c.vendor_id, c.agency_id) WHERE r.article_id = ? AND NOT "
          "e.listed",
          article_id};
  while (q.next()) parties.push_back(q.integer(0));
  return parties;
}

AlertCount raise_unlisted(Connection& connection, std::int64_t article_id, bool quiet,
                          Timestamp now) {
  std::vector<std::int64_t> unlisted;
  {
    Query q{connection,
            "SELECT e.id FROM articles a JOIN claims c ON c.revision_id = a.revision_id JOIN "
            "entities e ON e.id IN (c.vendor_id, c.agency_id) WHERE a.id = ? AND NOT c.rejected "
            "AND NOT e.listed GROUP BY e.id",
            article_id};
    while (q.next()) unlisted.push_back(q.integer(0));
  }
  AlertCount raised;
  for (const std::int64_t entity : unlisted) {
    raised += correct_correction(connection, article_id, entity, quiet, now);
    const AlertRow alert{.kind = AlertKind::unlisted_name,
                         .key = key_of_unlisted(entity),
                         .story_id = story_of(connection, article_id),
                         .article_id = article_id,
                         .entity_id = entity,
                         .reason = reason_of_mention(connection, article_id, entity),
                         .quiet = quiet};
    if (raise_alert(connection, alert, now)) count_alert(raised, alert);
  }
  return raised;
}

void withdraw_mention(Connection& connection, std::int64_t article_id, std::int64_t entity_id,
                      const std::string& why, Timestamp now) {
  const auto story = story_of(connection, article_id);
  if (!story || is_named(connection, *story, entity_id)) return;
  const std::string key = key_of(*story, entity_id);
  if (!has_alert(connection, key) || withdraw_alert(connection, key)) return;
  raise_correction(connection,
                   {.kind = AlertKind::correction,
                    .key = correction_key(connection, key),
                    .story_id = story,
                    .article_id = article_id,
                    .entity_id = entity_id,
                    .details = "not named there: " + why},
                   alerts_with_key(connection, key), now);
}

void renew_mention(Connection& connection, std::int64_t article_id, std::int64_t entity_id,
                   Timestamp now) {
  const auto story = story_of(connection, article_id);
  if (!story || !is_named(connection, *story, entity_id)) return;
  const std::string correction = correction_key(connection, key_of(*story, entity_id));
  if (!withdraw_alert(connection, correction) && has_alert(connection, correction)) {
    raise_correction(connection,
                     {.kind = AlertKind::correction,
                      .key = correction + ":stands",
                      .story_id = story,
                      .article_id = article_id,
                      .entity_id = entity_id,
                      .details = "named there after all"},
                     alerts_with_key(connection, correction), now);
  }
  raise_mentions(connection, *story, now);
}

AlertCount withdraw_unlisted(Connection& connection, std::int64_t article_id,
                             std::int64_t entity_id, const UnlistedReason& reason, Timestamp now) {
  const bool has_part =
      find_integer(connection,
                   "SELECT 1 FROM claims c JOIN articles a ON a.revision_id = c.revision_id WHERE "
                   "(c.vendor_id = ?1 OR c.agency_id = ?1) AND NOT c.rejected LIMIT 1",
                   entity_id)
          .has_value();
  const std::string key = key_of_unlisted(entity_id);
  if (has_part || !has_alert(connection, key) || withdraw_alert(connection, key)) return {};
  // An article that goes back and forth is not followed for ever.
  if (!reason.is_persons_word && has_alert(connection, "correction:" + key + ":stands")) return {};
  const AlertRow alert{.kind = AlertKind::correction,
                       .key = correction_key(connection, key),
                       .story_id = story_of(connection, article_id),
                       .article_id = article_id,
                       .entity_id = entity_id,
                       .details = "has no part in a contract: " + reason.why,
                       .quiet = reason.quiet};
  AlertCount raised;
  if (raise_correction(connection, alert, alerts_with_key(connection, key), now))
    count_alert(raised, alert);
  return raised;
}

}  // namespace stakeout
