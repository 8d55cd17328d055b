#include "storage/contract_rows.h"

#include <algorithm>
#include <map>

#include "storage/alert_rows.h"
#include "storage/contract_alerts.h"
#include "storage/contract_merge.h"
#include "storage/deal_reasons.h"
#include "storage/filed_claims.h"
#include "storage/sha_digests.h"
#include "storage/told_changes.h"

namespace stakeout {
namespace {

template <class E>
std::optional<std::string_view> word_of_maybe(std::optional<E> value) {
  return value ? std::optional{word_of(*value)} : std::nullopt;
}

// True when the row was changed.
bool update_contract(Connection& connection, std::int64_t id, std::optional<std::int64_t> vendor,
                     const MergedDeal& deal, Timestamp now) {
  const auto& value = deal.value;
  return run(connection,
             "UPDATE contracts SET vendor_id = ?2, agency_id = ?3, amount = ?4, amount_max = ?5, "
             "currency = ?6, qualifier = ?7, term = ?8, signed_on = ?9, starts_on = ?10, ends_on = "
             "?11, status = ?12, award_id = ?13, last_changed_at = ?14 WHERE id = ?1 AND "
             "(vendor_id, agency_id, amount, amount_max, currency, qualifier, term, signed_on, "
             "starts_on, ends_on, status, award_id) IS NOT "
             "(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
             id, vendor, deal.agency, value ? std::optional{value->low()} : std::nullopt,
             value && value->is_range() ? std::optional{value->high()} : std::nullopt,
             value ? std::optional{value->currency().code()} : std::nullopt,
             word_of_maybe(deal.qualifier), deal.term, deal.signed_on, deal.starts_on, deal.ends_on,
             word_of_maybe(deal.status), deal.award_id, now) > 0;
}

// Gives events that their claim's history has no words for those of the claim's field, and its
// sentence.
void add_words(Connection& connection, std::vector<DealEvent>& events) {
  for (DealEvent& event : events) {
    if (!event.words.empty()) continue;
    Query q{connection,
            "SELECT quote, start, \"end\", rule, sentence FROM claim_evidence WHERE claim_id = ? "
            "AND field = ? ORDER BY position LIMIT 1",
            event.claim, evidence_field(event.evidence)};
    if (!q.next()) continue;
    event.words = q.text(0);
    event.span = read_span(q, 1);
    event.rule = q.text(3);
    if (!q.is_null(4)) event.quote = q.text(4);
  }
}

// Of the words of an event; NULL where they are not known.
std::optional<std::size_t> start_of(const DealEvent& event) {
  return event.words.empty() ? std::nullopt : std::optional{event.span.start};
}
std::optional<std::size_t> end_of(const DealEvent& event) {
  return event.words.empty() ? std::nullopt : std::optional{event.span.end};
}

bool has_event(Connection& connection, std::int64_t contract, std::size_t position,
               const DealEvent& event) {
  return find_integer(connection,
                      "SELECT 1 FROM contract_events WHERE contract_id = ? AND position = ? AND "
                      "(field, before, after, happened_on, reported_at, article_id, quote, words, "
                      "start, \"end\", rule, cause) IS (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      contract, position, event.field, event.before, event.after, event.happened_on,
                      event.reported_at, event.article, event.quote, given(event.words),
                      start_of(event), end_of(event), given(event.rule), word_of(event.cause))
      .has_value();
}

// Events that are as they were keep their rows. True when anything was changed.
bool replace_events(Connection& connection, std::int64_t contract,
                    const std::vector<DealEvent>& events) {
  bool changed = false;
  std::size_t position = 0;
  for (const DealEvent& event : events) {
    ++position;
    if (has_event(connection, contract, position, event)) continue;
    changed = true;
    run(connection,
        "INSERT INTO contract_events (contract_id, position, field, before, after, happened_on, "
        "reported_at, article_id, quote, words, start, \"end\", rule, cause) VALUES (?, ?, ?, ?, "
        "?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (contract_id, position) DO UPDATE SET field = excluded.field, before = "
        "excluded.before, after = excluded.after, happened_on = excluded.happened_on, reported_at "
        "= excluded.reported_at, article_id = excluded.article_id, quote = excluded.quote, words = "
        "excluded.words, start = excluded.start, \"end\" = excluded.\"end\", rule = excluded.rule, "
        "cause = excluded.cause",
        contract, position, event.field, event.before, event.after, event.happened_on,
        event.reported_at, event.article, event.quote, given(event.words), start_of(event),
        end_of(event), given(event.rule), word_of(event.cause));
  }
  const int dropped =
      run(connection, "DELETE FROM contract_events WHERE contract_id = ? AND position > ?",
          contract, position);
  return changed || dropped > 0;
}

// Without `to`, or where that is no contract, they are of none.
void move_alerts(Connection& connection, std::int64_t from, std::optional<std::int64_t> to) {
  run(connection,
      "UPDATE alerts SET contract_id = (SELECT id FROM contracts WHERE id = ?2) WHERE contract_id "
      "= ?1",
      from, to);
}

// A contract none of whose claims is left. What was sent about it stays, without it, or with the
// one that it goes on as.
void drop_contract(Connection& connection, std::int64_t id, std::optional<std::int64_t> goes_on_as,
                   bool is_corrected) {
  std::vector<std::string> keys;
  {
    Query q{connection, "SELECT key FROM alerts WHERE contract_id = ? AND kind <> 'correction'",
            id};
    while (q.next()) keys.push_back(q.text(0));
  }
  for (const std::string& key : keys) take_back_alert(connection, key, is_corrected);
  move_alerts(connection, id, goes_on_as);
  run(connection,  // rejected ones
      "UPDATE claims SET contract_before = contract_id, contract_id = NULL WHERE contract_id = ?",
      id);
  run(connection, "DELETE FROM contracts WHERE id = ?", id);
}

// Which stored contract each group goes on as: the one that most of its claims were filed under;
// among equals the oldest. 0: a new one.
std::vector<std::int64_t> contract_ids(const std::vector<std::vector<std::size_t>>& groups,
                                       const std::vector<FiledClaim>& claims) {
  struct Bid {
    std::size_t claims;
    std::int64_t contract;
    std::size_t group;
  };
  std::vector<Bid> bids;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    std::map<std::int64_t, std::size_t> votes;
    for (const std::size_t i : groups[g]) {
      if (claims[i].contract && claims[i].votes) ++votes[*claims[i].contract];
    }
    for (const auto& [contract, count] : votes) bids.push_back({count, contract, g});
  }
  std::sort(bids.begin(), bids.end(), [](const Bid& a, const Bid& b) {
    return std::tuple{b.claims, a.contract, a.group} < std::tuple{a.claims, b.contract, b.group};
  });
  std::vector<std::int64_t> ids(groups.size(), 0);
  std::set<std::int64_t> taken;
  for (const Bid& bid : bids) {
    if (ids[bid.group] != 0 || !taken.insert(bid.contract).second) continue;
    ids[bid.group] = bid.contract;
  }
  return ids;
}

// A group that takes the last claims of an older contract goes on as that one, as long as nobody
// was told of the younger: so a contract whose texts are read of another vendor, one after the
// other, keeps its number.
void prefer_older(Connection& connection, const std::vector<std::vector<std::size_t>>& groups,
                  const std::vector<FiledClaim>& claims, std::vector<std::int64_t>& ids) {
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (ids[g] == 0) continue;
    std::map<std::int64_t, std::int64_t> own;
    for (const std::size_t i : groups[g]) {
      if (claims[i].contract && claims[i].votes) ++own[*claims[i].contract];
    }
    if (own.empty()) continue;
    const auto& [oldest, count] = *own.begin();
    if (oldest >= ids[g] || std::find(ids.begin(), ids.end(), oldest) != ids.end()) continue;
    const auto all = find_integer(
        connection, "SELECT count(*) FROM claims WHERE contract_id = ? AND NOT rejected", oldest);
    if (all == count && !was_told_of(connection, ids[g])) ids[g] = oldest;
  }
}

// The contract that a group of claims had before they were rejected, taken back or filed under
// another one, if it is free.
std::optional<std::int64_t> former_contract(Connection& connection,
                                            const std::vector<std::size_t>& group,
                                            const std::vector<FiledClaim>& claims) {
  for (const std::size_t i : group) {
    const auto former = find_integer(
        connection,
        "SELECT contract_before FROM claims c WHERE id = ? AND NOT EXISTS (SELECT 1 FROM contracts "
        "k WHERE k.id = c.contract_before)",
        claims[i].claim.id);
    if (former) return former;
  }
  return std::nullopt;
}

// Names the contract after the claim that it begins with, unless it has a name already: what it
// says, and where. Another reading of the same page may find another deal there.
void name_contract(Connection& connection, std::int64_t contract, std::int64_t first_claim,
                   Timestamp now) {
  Query claim{connection,
              "SELECT a.canonical_url || char(10) || r.sha256 || char(10) || c.position || "
              "char(10) || coalesce(v.name, '') || char(10) || coalesce(g.name, '') || char(10) || "
              "coalesce(c.amount || c.currency, '') || char(10) || coalesce(c.award_id, '') FROM "
              "claims c JOIN revisions r ON r.id = c.revision_id JOIN articles a ON a.id = "
              "r.article_id LEFT JOIN entities v ON v.id = c.vendor_id LEFT JOIN entities g ON "
              "g.id = c.agency_id WHERE c.id = ?",
              first_claim};
  if (!claim.next()) return;
  const std::string place = claim.text(0);
  // A claim that begins a second contract, since it was split off from its first, counts on.
  for (int times = 1;; ++times) {
    const std::string key =
        sha1_hex(times == 1 ? place : place + "\n" + std::to_string(times)).substr(0, 16);
    const auto owner =
        find_integer(connection, "SELECT contract_id FROM contract_keys WHERE key = ?", key);
    if (owner && *owner != contract) continue;
    run(connection,
        "INSERT OR IGNORE INTO contract_keys (contract_id, key, first_seen_at) VALUES (?, ?, ?)",
        contract, key, now);
    return;
  }
}

std::int64_t new_contract(Connection& connection, std::optional<std::int64_t> id,
                          std::int64_t first_claim, Timestamp now) {
  const std::int64_t made = insert(
      connection, "INSERT INTO contracts (id, first_seen_at, last_changed_at) VALUES (?1, ?2, ?2)",
      id, now);
  if (id) {
    run(connection,
        "UPDATE alerts SET contract_id = ?1 WHERE (+contract_id IS NULL OR kind = 'new_contract') "
        "AND key BETWEEN ?2 || ':' AND ?2 || ';'",
        made, "contract:" + std::to_string(made));
  }
  name_contract(connection, made, first_claim, now);
  run(connection,
      "UPDATE contracts SET first_seen_at = (SELECT first_seen_at FROM contract_keys WHERE "
      "contract_id = ?1) WHERE id = ?1",
      made);
  return made;
}

// What was told of a contract goes with the article that tells it: to the contract that its key
// names, and of changes to the one that has the article's claims now.
void move_alerts_of_claim(Connection& connection, std::int64_t claim, std::int64_t to) {
  run(connection,
      "UPDATE alerts SET contract_id = ?2 WHERE article_id = (SELECT r.article_id FROM claims c "
      "JOIN revisions r ON r.id = c.revision_id WHERE c.id = ?1) AND +contract_id IS NOT ?2 AND "
      "(key BETWEEN ?3 || ':' AND ?3 || ';' OR (kind = 'contract_changed' AND contract_id IS NOT "
      "NULL AND NOT EXISTS (SELECT 1 FROM revisions r JOIN claims c ON c.revision_id = r.id WHERE "
      "r.article_id = alerts.article_id AND c.contract_id = alerts.contract_id)))",
      claim, to, "contract:" + std::to_string(to));
}

// Files the claims under their contracts, or under none. The contracts that claims left, and where
// they went.
std::map<std::int64_t, std::int64_t> file_claims(
    Connection& connection, const std::vector<FiledClaim>& claims,
    const std::vector<std::vector<std::size_t>>& groups, const std::vector<std::int64_t>& ids) {
  std::vector<std::optional<std::int64_t>> contract_of(claims.size());
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (const std::size_t i : groups[g]) contract_of[i] = ids[g];
  }
  std::map<std::int64_t, std::int64_t> left;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (contract_of[i] == claims[i].contract) continue;
    run(connection,
        "UPDATE claims SET contract_before = coalesce(contract_id, contract_before), contract_id = "
        "?1 WHERE id = ?2",
        contract_of[i], claims[i].claim.id);
    if (contract_of[i] && claims[i].contract) left[*claims[i].contract] = *contract_of[i];
  }
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (!contract_of[i] || contract_of[i] == claims[i].contract) continue;
    move_alerts_of_claim(connection, claims[i].claim.id, *contract_of[i]);
  }
  return left;
}

// One vendor, or the claims without a vendor of one agency.
class ContractUpdate {
 public:
  ContractUpdate(Connection& connection, const DealScope& scope, bool quiet, Timestamp now)
      : connection_{connection}, scope_{scope}, quiet_{quiet}, now_{now} {}

  void run_for(const DealParty& party) {
    const std::vector<FiledClaim> claims = claims_of(connection_, party, scope_);
    std::vector<DealClaim> plain;
    plain.reserve(claims.size());
    for (const FiledClaim& filed : claims) plain.push_back(filed.claim);
    const auto rulings = rulings_of(connection_, claims);
    const auto groups = group_deals(plain, rulings);
    auto ids = contract_ids(groups, claims);
    prefer_older(connection_, groups, claims, ids);
    const auto stale = stale_groups(groups, ids, claims);
    std::vector<bool> is_new;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      is_new.push_back(ids[g] == 0);
      if (ids[g] != 0) continue;
      const auto former = former_contract(connection_, groups[g], claims);
      ids[g] = new_contract(connection_, former, plain[groups[g].front()].id, now_);
    }
    for (const auto& [from, to] : file_claims(connection_, claims, groups, ids)) {
      moved_[from] = to;
      // What was told of it is known of the other.
      if (is_empty(from)) move_alerts(connection_, from, to);
    }
    for (const std::size_t g : stale) {
      std::vector<const DealClaim*> members;
      for (const std::size_t i : groups[g]) members.push_back(&plain[i]);
      save(ids[g], is_new[g], party.vendor, members);
      explain(plain, groups[g], rulings);
    }
    std::set<std::int64_t> contracts = scope_.contracts;
    for (const FiledClaim& filed : claims) {
      if (filed.contract) contracts.insert(*filed.contract);
    }
    for (const std::int64_t contract : contracts) {
      if (is_of(contract, party)) drop_if_empty(contract);
    }
  }

  // Drops a contract that was left without a claim.
  void drop_if_empty(std::int64_t id) {
    if (!is_empty(id)) return;
    const auto moved = moved_.find(id);
    if (moved != moved_.end()) {
      changes_.alerts += raise_merger(connection_, id, moved->second, now_);
    } else if (!scope_.corrected.contains(id)) {
      changes_.alerts += raise_withdrawal(connection_, id, now_);
    }
    drop_contract(connection_, id,
                  moved == moved_.end() ? std::nullopt : std::optional{moved->second},
                  scope_.corrected.contains(id));
  }

  [[nodiscard]] const ContractChanges& changes() const { return changes_; }

 private:
  [[nodiscard]] bool is_empty(std::int64_t contract) {
    return find_integer(connection_,
                        "SELECT 1 FROM contracts k WHERE id = ? AND NOT EXISTS (SELECT 1 FROM "
                        "claims c WHERE c.contract_id = k.id AND NOT c.rejected)",
                        contract)
        .has_value();
  }

  [[nodiscard]] bool is_of(std::int64_t contract, const DealParty& party) {
    return find_integer(connection_,
                        "SELECT 1 FROM contracts WHERE id = ?1 AND vendor_id IS ?2 AND (?2 IS NOT "
                        "NULL OR agency_id = ?3)",
                        contract, party.vendor, party.agency)
        .has_value();
  }

  // The groups whose contract is not as it was: a vendor may have hundreds that are.
  [[nodiscard]] std::vector<std::size_t> stale_groups(
      const std::vector<std::vector<std::size_t>>& groups, const std::vector<std::int64_t>& ids,
      const std::vector<FiledClaim>& claims) const {
    std::map<std::int64_t, std::size_t> size_before;
    for (const FiledClaim& filed : claims) ++size_before[filed.contract.value_or(0)];
    std::vector<std::size_t> stale;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const bool is_same = ids[g] != 0 && !scope_.contracts.contains(ids[g]) &&
                           size_before[ids[g]] == groups[g].size() &&
                           std::all_of(groups[g].begin(), groups[g].end(),
                                       [&](std::size_t i) { return claims[i].contract == ids[g]; });
      if (!is_same) stale.push_back(g);
    }
    return stale;
  }

  void explain(const std::vector<DealClaim>& claims, const std::vector<std::size_t>& group,
               const std::vector<DealRuling>& rulings) {
    const auto reasons = reasons_of(claims, group, rulings);
    for (std::size_t i = 0; i < group.size(); ++i) {
      run(connection_, "UPDATE claims SET reason = ?2 WHERE id = ?1 AND reason IS NOT ?2",
          claims[group[i]].id, reasons[i]);
    }
  }

  void save(std::int64_t id, bool is_new, std::optional<std::int64_t> vendor,
            const std::vector<const DealClaim*>& members) {
    MergedDeal deal = merge_deal(members, known_changes(told_changes_of(connection_, id)));
    add_words(connection_, deal.events);
    if (!is_new) {
      changes_.alerts +=
          raise_other_vendor(connection_, id, vendor, members.front()->article, now_);
    }
    bool changed = update_contract(connection_, id, vendor, deal, now_);
    if (replace_events(connection_, id, deal.events)) {
      changed = true;
      run(connection_, "UPDATE contracts SET last_changed_at = ?2 WHERE id = ?1", id, now_);
    }
    if (is_new) {
      ++changes_.created;
    } else if (changed) {
      ++changes_.changed;
    }
    ContractNews news = contract_news(members);
    news.is_quiet = quiet_;
    news.is_corrected = scope_.corrected.contains(id);
    changes_.alerts += update_contract_alerts(connection_, id, deal, news, now_);
    if (is_new) changes_.alerts += raise_return(connection_, id, news.first_article, now_);
  }

  Connection& connection_;
  const DealScope& scope_;
  bool quiet_;
  Timestamp now_;
  ContractChanges changes_;
  // Contracts whose claims are filed under another now, and under which.
  std::map<std::int64_t, std::int64_t> moved_;
};

void add_parties(Query& q, DealScope& scope) {
  while (q.next()) {
    if (const auto vendor = q.maybe_integer(0)) {
      scope.vendors.insert(*vendor);
    } else if (const auto agency = q.maybe_integer(1)) {
      scope.agencies.insert(*agency);
    }
    if (const auto contract = q.maybe_integer(2)) scope.contracts.insert(*contract);
  }
}

}  // namespace

void add_scope_of_article(Connection& connection, std::int64_t article_id, DealScope& scope) {
  scope.articles.insert(article_id);
  Query q{connection,
          "SELECT DISTINCT c.vendor_id, c.agency_id, c.contract_id FROM revisions r JOIN claims c "
          "ON c.revision_id = r.id WHERE r.article_id = ?",
          article_id};
  add_parties(q, scope);
}

void add_scope_of_story(Connection& connection, std::int64_t story_id, DealScope& scope) {
  {
    Query q{
        connection,
        "SELECT DISTINCT c.vendor_id, c.agency_id, c.contract_id FROM articles a JOIN revisions "
        "r ON r.article_id = a.id JOIN claims c ON c.revision_id = r.id WHERE a.story_id = ?",
        story_id};
    add_parties(q, scope);
  }
  Query q{connection, "SELECT id FROM articles WHERE story_id = ?", story_id};
  while (q.next()) scope.articles.insert(q.integer(0));
}

ContractChanges update_contracts(Connection& connection, const DealScope& scope, bool quiet,
                                 Timestamp now) {
  ContractUpdate update{connection, scope, quiet, now};
  for (const std::int64_t vendor : scope.vendors) update.run_for({vendor, 0});
  for (const std::int64_t agency : scope.agencies) update.run_for({std::nullopt, agency});
  // Those that lost their last claim to another vendor.
  for (const std::int64_t contract : scope.contracts) update.drop_if_empty(contract);
  return update.changes();
}

}  // namespace stakeout
