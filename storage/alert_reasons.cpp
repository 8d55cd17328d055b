#include "storage/alert_reasons.h"

namespace stakeout {
namespace {

// The row of a query: words, start, end, rule, quote.
AlertReason read_reason(Query& q) {
  if (!q.next()) return {};
  return {q.text(0), q.maybe_integer(1), q.maybe_integer(2), q.text(3), q.text(4)};
}

}  // namespace

std::string evidence_field(std::string column) {
  if (column.ends_with("_on")) column.resize(column.size() - 3);
  return column;
}

AlertReason reason_of_mention(Connection& connection, std::int64_t article_id,
                              std::int64_t entity_id) {
  Query q{connection,
          "SELECT m.text, m.start, m.\"end\", m.reason, m.sentence FROM articles a JOIN mentions m "
          "ON m.revision_id = a.revision_id WHERE a.id = ? AND m.entity_id = ? AND NOT m.rejected "
          "ORDER BY m.start LIMIT 1",
          article_id, entity_id};
  return read_reason(q);
}

AlertReason reason_of_claim(Connection& connection, std::int64_t contract_id,
                            std::int64_t article_id, const std::string& field) {
  Query q{connection,
          "SELECT coalesce(e.quote, substr(r.text, c.start + 1, c.\"end\" - c.start)), "
          "coalesce(e.start, c.start), coalesce(e.\"end\", c.\"end\"), e.rule, c.quote "
          "FROM revisions r JOIN claims c ON c.revision_id = r.id LEFT JOIN claim_evidence e ON "
          "e.claim_id = c.id AND e.field = ?3 WHERE r.article_id = ?2 AND c.contract_id = ?1 AND "
          "NOT c.rejected ORDER BY r.number DESC, e.claim_id IS NULL, c.position, e.position "
          "LIMIT 1",
          contract_id, article_id, evidence_field(field)};
  return read_reason(q);
}

}  // namespace stakeout
