#include "storage/correction_rows.h"

#include "storage/alert_rows.h"
#include "storage/contract_rows.h"
#include "storage/fact_rows.h"
#include "storage/story_rows.h"

namespace stakeout {
namespace {

// A claim of an article's latest revision, in the terms of a ruling.
struct RuledClaim {
  std::int64_t article_id = 0;
  std::string signature;
  std::optional<std::int64_t> contract_id;
};

std::optional<RuledClaim> find_claim(Connection& connection, std::int64_t claim_id) {
  static const std::string sql =
      std::string{"SELECT r.article_id, "} + claim_signature_sql +
      ", contract_id FROM claims c JOIN revisions r ON r.id = c.revision_id WHERE c.id = ?";
  Query q{connection, sql.c_str(), claim_id};
  if (!q.next()) return std::nullopt;
  return RuledClaim{q.integer(0), q.text(1), q.maybe_integer(2)};
}

// Those of whom somebody was told get a correction.
void raise_correction(Connection& connection, std::int64_t contract_id, std::int64_t article_id,
                      const std::string& key, const std::string& why, Timestamp now) {
  if (!was_told_of(connection, contract_id)) return;
  raise_alert(connection,
              {.kind = AlertKind::correction,
               .key = key,
               .article_id = article_id,
               .contract_id = contract_id,
               .details = why},
              now);
}

void rule(Connection& connection, const RuledClaim& a, const RuledClaim& b, bool same,
          Timestamp now) {
  run(connection,
      "DELETE FROM deal_rulings WHERE article_id = ?3 AND signature = ?4 AND other_article_id = ?1 "
      "AND other_signature = ?2",
      a.article_id, a.signature, b.article_id, b.signature);
  run(connection, "INSERT OR REPLACE INTO deal_rulings VALUES (?, ?, ?, ?, ?, ?)", a.article_id,
      a.signature, b.article_id, b.signature, same, now);
}

std::vector<std::int64_t> claims_of(Connection& connection, std::int64_t contract_id) {
  std::vector<std::int64_t> claims;
  Query q{connection,
          "SELECT c.id FROM claims c JOIN articles a ON a.revision_id = c.revision_id "
          "WHERE c.contract_id = ? AND NOT c.rejected ORDER BY c.id",
          contract_id};
  while (q.next()) claims.push_back(q.integer(0));
  return claims;
}

void update_article_contracts(Connection& connection, std::int64_t article_id, Timestamp now,
                              std::optional<std::int64_t> corrected = std::nullopt) {
  DealScope scope;
  if (corrected) scope.corrected.insert(*corrected);
  add_scope_of_article(connection, article_id, scope);
  update_contracts(connection, scope, true, now);
}

}  // namespace

bool reject_claim_row(Connection& connection, std::int64_t claim_id, const std::string& why,
                      Timestamp now) {
  const auto claim = find_claim(connection, claim_id);
  if (!claim) return false;
  run(connection, "INSERT OR REPLACE INTO rejected_claims VALUES (?, ?, ?, ?)", claim->article_id,
      claim->signature, why, now);
  run(connection, "UPDATE claims SET rejected = 1 WHERE id = ?", claim_id);
  if (claim->contract_id) {
    raise_correction(connection, *claim->contract_id, claim->article_id,
                     "correction:claim:" + std::to_string(claim_id), why, now);
  }
  update_article_contracts(connection, claim->article_id, now, claim->contract_id);
  return true;
}

bool reject_mention_row(Connection& connection, std::int64_t mention_id, const std::string& why,
                        Timestamp now) {
  return run(connection,
             "INSERT OR REPLACE INTO rejected_mentions "
             "SELECT r.article_id, m.entity_id, m.text, ?2, ?3 FROM mentions m "
             "JOIN revisions r ON r.id = m.revision_id WHERE m.id = ?1",
             mention_id, why, now) > 0 &&
         run(connection,
             "UPDATE mentions SET rejected = 1 WHERE (revision_id, entity_id, text) = (SELECT "
             "revision_id, entity_id, text FROM mentions WHERE id = ?)",
             mention_id) > 0;
}

bool reject_join_row(Connection& connection, std::int64_t article_id, const std::string& why,
                     Timestamp now) {
  if (!find_integer(connection, "SELECT id FROM articles WHERE id = ?", article_id)) return false;
  leave_story(connection, article_id, why, now);
  update_article_contracts(connection, article_id, now);
  return true;
}

bool merge_contract_rows(Connection& connection, std::int64_t keep, std::int64_t other,
                         Timestamp now) {
  const auto kept = claims_of(connection, keep);
  const auto added = claims_of(connection, other);
  if (kept.empty() || added.empty() || keep == other) return false;
  const auto anchor = find_claim(connection, kept.front()).value();
  for (const std::int64_t id : added) {
    rule(connection, anchor, find_claim(connection, id).value(), true, now);
  }
  for (const std::int64_t id : kept) {
    if (id != kept.front()) {
      rule(connection, anchor, find_claim(connection, id).value(), true, now);
    }
  }
  update_article_contracts(connection, anchor.article_id, now);
  return true;
}

bool split_claim_row(Connection& connection, std::int64_t claim_id, Timestamp now) {
  const auto claim = find_claim(connection, claim_id);
  if (!claim || !claim->contract_id) return false;
  for (const std::int64_t id : claims_of(connection, *claim->contract_id)) {
    if (id != claim_id) {
      rule(connection, *claim, find_claim(connection, id).value(), false, now);
    }
  }
  update_article_contracts(connection, claim->article_id, now);
  return true;
}

}  // namespace stakeout
