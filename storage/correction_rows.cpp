#include "storage/correction_rows.h"

#include <algorithm>
#include <vector>

#include "storage/alert_rows.h"
#include "storage/contract_alerts.h"
#include "storage/contract_rows.h"
#include "storage/mention_alerts.h"
#include "storage/rejection_rows.h"
#include "storage/remembered_claims.h"
#include "storage/story_rows.h"
#include "storage/sum_words.h"

namespace stakeout {
namespace {

std::optional<std::int64_t> story_of(Connection& connection, std::int64_t article_id) {
  return find_integer(connection, "SELECT story_id FROM articles WHERE id = ?", article_id);
}

// The claims of an article's story: their parties and contracts.
DealScope scope_around(Connection& connection, std::int64_t article_id) {
  DealScope scope;
  scope.whole_parties = true;
  add_scope_of_article(connection, article_id, scope);
  if (const auto story = story_of(connection, article_id)) {
    add_scope_of_story(connection, *story, scope);
  }
  return scope;
}

// Sorts the contracts of a story anew, after its claims were marked. `before` is what they were.
// What is new by it is raised, unless `quiet`.
void update_contracts_around(Connection& connection, std::int64_t article_id, DealScope before,
                             bool quiet, Timestamp now) {
  apply_rejections(connection, article_id);
  const DealScope after = scope_around(connection, article_id);
  before.vendors.insert(after.vendors.begin(), after.vendors.end());
  before.agencies.insert(after.agencies.begin(), after.agencies.end());
  before.contracts.insert(after.contracts.begin(), after.contracts.end());
  update_contracts(connection, before, quiet, now);
}

// "Quay Bureau, USD 50,000: taken back: not a contract"
std::string claim_words(Connection& connection, const RememberedClaim& claim, std::int64_t claim_id,
                        const std::string& why) {
  Query q{connection,
          "SELECT coalesce((SELECT name FROM entities WHERE id = ?), 'unnamed agency'), amount, "
          "currency FROM claims WHERE id = ?",
          claim.agency_id, claim_id};
  if (!q.next()) return why;
  const std::string sum =
      q.is_null(1) ? "" : ", " + q.text(2) + " " + grouped_digits(decimal_string(q.integer(1)));
  return q.text(0) + sum + ": " + why;
}

std::string key_of_rejection(std::int64_t remembered) {
  return "correction:claim:" + std::to_string(remembered);
}

void rule(Connection& connection, std::int64_t a, std::int64_t b, bool same, Timestamp now) {
  run(connection, "INSERT OR REPLACE INTO deal_rulings VALUES (?, ?, ?, ?)", a, b, same, now);
}

// Forgets what was ruled before of pairs of claims.
void forget_rulings(Connection& connection, const std::vector<std::int64_t>& these,
                    const std::vector<std::int64_t>& those) {
  struct Pair {
    std::int64_t a;
    std::int64_t b;
  };
  std::vector<Pair> pairs;
  {
    Query q{connection, "SELECT a, b FROM deal_rulings"};
    while (q.next()) pairs.push_back({q.integer(0), q.integer(1)});
  }
  const auto has = [&](std::int64_t remembered, const std::vector<std::int64_t>& claims) {
    const auto like = claims_like(connection, remembered_claim(connection, remembered).value());
    return std::find_first_of(like.begin(), like.end(), claims.begin(), claims.end()) != like.end();
  };
  for (const auto& [a, b] : pairs) {
    const bool is_meant = (has(a, these) && has(b, those)) || (has(b, these) && has(a, those));
    if (is_meant) run(connection, "DELETE FROM deal_rulings WHERE a = ? AND b = ?", a, b);
  }
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

// Whether two claims of a contract were both of another one before a person merged the two: what
// parts the contracts again says nothing against their being one deal.
bool came_together(Connection& connection, std::int64_t a, std::int64_t b) {
  return find_integer(connection,
                      "SELECT 1 FROM claims x JOIN claims y ON y.contract_before = "
                      "x.contract_before AND y.contract_id = x.contract_id WHERE x.id = ? AND y.id "
                      "= ? AND x.contract_id <> x.contract_before AND EXISTS (SELECT 1 FROM claims "
                      "z WHERE z.contract_id = x.contract_id AND z.contract_before IS NOT "
                      "x.contract_before)",
                      a, b)
      .has_value();
}

struct MentionPlace {
  std::int64_t article;
  std::int64_t entity;
};

std::optional<MentionPlace> place_of_mention(Connection& connection, std::int64_t mention_id) {
  Query q{connection,
          "SELECT r.article_id, m.entity_id FROM mentions m JOIN revisions r ON r.id = "
          "m.revision_id WHERE m.id = ?",
          mention_id};
  if (!q.next()) return std::nullopt;
  return MentionPlace{q.integer(0), q.integer(1)};
}

std::int64_t remember(Connection& connection, std::int64_t claim_id) {
  return remember_claim(connection, read_claim_to_remember(connection, claim_id).value());
}

}  // namespace

bool reject_claim_row(Connection& connection, std::int64_t claim_id, const std::string& why,
                      Timestamp now) {
  const auto claim = read_claim_to_remember(connection, claim_id);
  if (!claim) return false;
  DealScope scope = scope_around(connection, claim->article_id);
  const auto contract =
      find_integer(connection, "SELECT contract_id FROM claims WHERE id = ?", claim_id);
  const std::int64_t remembered = remember_claim(connection, *claim);
  run(connection, "INSERT INTO rejected_claims VALUES (?, ?, ?)", remembered, why, now);
  // Those who were told of it get a correction, with the person's words.
  if (contract && was_told_of(connection, *contract)) {
    raise_correction(connection,
                     {.kind = AlertKind::correction,
                      .key = key_of_rejection(remembered),
                      .article_id = claim->article_id,
                      .entity_id = claim->vendor_id,
                      .contract_id = *contract,
                      .details = claim_words(connection, *claim, claim_id, "taken back: " + why)},
                     alerts_of_contract(connection, *contract), now);
  }
  if (contract) scope.corrected.insert(*contract);
  update_contracts_around(connection, claim->article_id, std::move(scope), true, now);
  for (const auto& party : {claim->vendor_id, claim->agency_id}) {
    if (party) {
      withdraw_unlisted(connection, claim->article_id, *party,
                        {.why = why, .is_persons_word = true}, now);
    }
  }
  return true;
}

bool restore_claim_row(Connection& connection, std::int64_t claim_id, Timestamp now) {
  const auto claim = read_claim_to_remember(connection, claim_id);
  if (!claim) return false;
  DealScope scope = scope_around(connection, claim->article_id);
  bool restored = false;
  while (const auto by = find_integer(
             connection, "SELECT rejected FROM claims WHERE id = ? AND rejected <> 0", claim_id)) {
    run(connection, "DELETE FROM remembered_claims WHERE id = ?", *by);
    const std::string key = key_of_rejection(*by);
    if (!withdraw_alert(connection, key) &&
        find_integer(connection, "SELECT id FROM alerts WHERE key = ?", key)) {
      raise_correction(connection,
                       {.kind = AlertKind::correction,
                        .key = key + ":stands",
                        .article_id = claim->article_id,
                        .entity_id = claim->vendor_id,
                        .details = claim_words(connection, *claim, claim_id, "stands after all")},
                       alerts_with_key(connection, key), now);
    }
    apply_rejections(connection, claim->article_id);
    restored = true;
  }
  // Alerts that the rejection took back are raised again.
  if (!restored) return false;
  update_contracts_around(connection, claim->article_id, std::move(scope), false, now);
  raise_unlisted(connection, claim->article_id, false, now);
  return true;
}

bool reject_mention_row(Connection& connection, std::int64_t mention_id, const std::string& why,
                        Timestamp now) {
  const auto place = place_of_mention(connection, mention_id);
  if (!place) return false;
  run(connection,
      "INSERT OR REPLACE INTO rejected_mentions SELECT ?2, entity_id, text, ?3, ?4 FROM mentions "
      "WHERE id = ?1",
      mention_id, place->article, why, now);
  apply_rejections(connection, place->article);
  withdraw_mention(connection, place->article, place->entity, why, now);
  return true;
}

bool restore_mention_row(Connection& connection, std::int64_t mention_id, Timestamp now) {
  const auto place = place_of_mention(connection, mention_id);
  if (!place) return false;
  const int restored = run(
      connection,
      "DELETE FROM rejected_mentions WHERE (entity_id, text) IN (SELECT entity_id, text FROM "
      "mentions WHERE id = ?1) AND article_id IN (SELECT ?2 UNION SELECT id FROM articles WHERE "
      "story_id = (SELECT story_id FROM articles WHERE id = ?2))",
      mention_id, place->article);
  apply_rejections(connection, place->article);
  if (restored > 0) renew_mention(connection, place->article, place->entity, now);
  return restored > 0;
}

bool reject_join_row(Connection& connection, std::int64_t article_id, const std::string& why,
                     Timestamp now) {
  const auto story = story_of(connection, article_id);
  if (!story) return false;
  DealScope scope = scope_around(connection, article_id);
  leave_story(connection, article_id, why, now);
  // What was rejected of the story's other articles does not hold for it any more.
  const auto rest =
      find_integer(connection, "SELECT min(id) FROM articles WHERE story_id = ?", *story);
  if (rest) apply_rejections(connection, *rest);
  // What it says is no longer what a story said that its readers know.
  update_contracts_around(connection, article_id, std::move(scope), false, now);
  raise_mentions(connection, story_of(connection, article_id).value(), now);
  raise_mentions(connection, *story, now);
  return true;
}

bool restore_join_row(Connection& connection, std::int64_t article_id, Timestamp now) {
  DealScope scope = scope_around(connection, article_id);
  if (!rejoin_story(connection, article_id, now)) return false;
  update_contracts_around(connection, article_id, std::move(scope), false, now);
  raise_mentions(connection, story_of(connection, article_id).value(), now);
  return true;
}

bool merge_contract_rows(Connection& connection, std::int64_t keep, std::int64_t other,
                         Timestamp now) {
  const auto kept = claims_of(connection, keep);
  const auto added = claims_of(connection, other);
  const bool is_one_vendor =
      find_integer(connection,
                   "SELECT 1 FROM contracts a JOIN contracts b ON a.vendor_id IS b.vendor_id AND "
                   "(a.vendor_id IS NOT NULL OR a.agency_id IS b.agency_id) WHERE a.id = ? AND "
                   "b.id = ?",
                   keep, other)
          .has_value();
  if (kept.empty() || added.empty() || keep == other || !is_one_vendor) return false;
  std::vector<std::int64_t> all = kept;
  all.insert(all.end(), added.begin(), added.end());
  forget_rulings(connection, all, all);
  const std::int64_t anchor = remember(connection, kept.front());
  for (const std::int64_t id : all) {
    if (id != kept.front()) rule(connection, anchor, remember(connection, id), true, now);
  }
  DealScope scope;
  scope.whole_parties = true;
  for (const std::int64_t id : all) {
    add_scope_of_article(connection, read_claim_to_remember(connection, id)->article_id, scope);
  }
  // It goes on under the number that the person names first.
  run(connection,
      "UPDATE claims SET contract_before = contract_id, contract_id = ?2 WHERE contract_id = ?1",
      other, keep);
  run(connection, "UPDATE alerts SET contract_id = ?2 WHERE contract_id = ?1", other, keep);
  scope.corrected.insert(other);
  raise_merger(connection, other, keep, now);
  update_contracts(connection, scope, true, now);
  return true;
}

bool split_claim_row(Connection& connection, std::int64_t claim_id, Timestamp now) {
  const auto claim = read_claim_to_remember(connection, claim_id);
  const auto contract =
      find_integer(connection, "SELECT contract_id FROM claims WHERE id = ?", claim_id);
  if (!claim || !contract) return false;
  // The copies of the story that say the same go with it.
  const std::vector<std::int64_t> these = claims_like(connection, *claim);
  std::vector<std::int64_t> those;
  for (const std::int64_t id : claims_of(connection, *contract)) {
    if (std::find(these.begin(), these.end(), id) == these.end()) those.push_back(id);
  }
  if (those.empty()) return false;
  forget_rulings(connection, these, those);
  const std::int64_t remembered = remember_claim(connection, *claim);
  for (const std::int64_t id : those) {
    if (came_together(connection, claim_id, id)) continue;
    rule(connection, remembered, remember(connection, id), false, now);
  }
  DealScope scope = scope_around(connection, claim->article_id);
  for (const std::int64_t id : these) {
    run(connection, "UPDATE claims SET contract_id = NULL WHERE id = ? AND contract_id = ?", id,
        *contract);
  }
  update_contracts(connection, scope, true, now);
  return true;
}

}  // namespace stakeout
