#include "storage/filed_claims.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "storage/entity_rows.h"
#include "storage/remembered_claims.h"

namespace stakeout {

std::optional<PartialDate> read_date(const Query& q, int column) {
  if (q.is_null(column)) return std::nullopt;
  const auto date = parse_partial_date(q.text(column));
  return date ? std::optional{*date} : std::nullopt;
}

Span read_span(const Query& q, int column) {
  return {static_cast<std::size_t>(q.integer(column)),
          static_cast<std::size_t>(q.integer(column + 1))};
}

std::optional<Money> read_money(const Query& q, int amount, int amount_max, int currency) {
  const auto code = Currency::make(q.text(currency));
  if (!code || q.is_null(amount)) return std::nullopt;
  const std::int64_t low = q.integer(amount);
  return Money::between(low, q.maybe_integer(amount_max).value_or(low), *code);
}

namespace {

std::vector<StatusReport> history_of(Connection& connection, std::int64_t claim_id) {
  std::vector<StatusReport> history;
  Query q{
      connection,
      "SELECT status, happened_on, quote, again, words, start, \"end\", rule FROM claim_history "
      "WHERE claim_id = ? ORDER BY position",
      claim_id};
  while (q.next()) {
    if (const auto status = find_word<Status>(q.text(0))) {
      history.push_back({*status, read_date(q, 1), q.text(2), q.integer(3) != 0, q.text(4),
                         read_span(q, 5), q.text(7)});
    }
  }
  return history;
}

// Columns of claims for read_claim(). A revision after the first reports when it was fetched.
constexpr const char* claim_by_id =
    "SELECT c.id, c.contract_id, a.id, c.revision_id, a.story_id, a.revision_id = c.revision_id, "
    "CASE r.number WHEN 1 THEN coalesce(a.published_at, a.first_seen_at) ELSE r.fetched_at END, "
    "a.canonical_url, c.position, c.vendor_id, c.agency_id, c.amount, c.amount_max, c.currency, "
    "c.qualifier, c.term, c.signed_on, c.starts_on, c.ends_on, c.status, c.award_id, c.quote, "
    "c.revision_id <= max(coalesce(a.past_revision, 0), coalesce(e.past_revision, 0)), (SELECT "
    "min(o.value) FROM claim_evidence o WHERE o.claim_id = c.id AND o.field = 'options') "
    "FROM claims c JOIN revisions r ON r.id = c.revision_id JOIN articles a ON a.id = r.article_id "
    "LEFT JOIN entities e ON e.id = c.vendor_id AND e.listed WHERE c.id = ?";

FiledClaim read_claim(Connection& connection, AgencyLines& lines, const Query& q) {
  FiledClaim filed;
  DealClaim& claim = filed.claim;
  claim.id = q.integer(0);
  filed.contract = q.maybe_integer(1);
  claim.article = q.integer(2);
  claim.revision = q.integer(3);
  claim.story = q.maybe_integer(4).value_or(-claim.article);
  claim.current = q.integer(5) != 0;
  claim.reported_at = q.text(6);
  const std::string position = std::to_string(q.integer(8));
  claim.order =
      q.text(7) + ' ' + std::string(8 - std::min<std::size_t>(8, position.size()), '0') + position;
  claim.has_vendor = !q.is_null(9);
  if (const auto agency = q.maybe_integer(10)) claim.agency_line = lines.line_of(*agency);
  claim.value = read_money(q, 11, 12, 13);
  claim.qualifier = find_word<Qualifier>(q.text(14));
  claim.term = q.maybe_text(15);
  claim.signed_on = read_date(q, 16);
  claim.starts_on = read_date(q, 17);
  claim.ends_on = read_date(q, 18);
  claim.status = find_word<Status>(q.text(19));
  claim.award_id = q.maybe_text(20);
  claim.quote = q.text(21);
  claim.past = q.integer(22) != 0;
  claim.longest_term = q.maybe_text(23);
  claim.history = history_of(connection, claim.id);
  return filed;
}

// See claims_of().
void weigh_votes(Connection& connection, const DealParty& party, std::vector<FiledClaim>& claims) {
  std::map<std::int64_t, std::size_t> own;  // by contract
  for (const FiledClaim& filed : claims) {
    if (filed.contract) ++own[*filed.contract];
  }
  for (const auto& [contract, count] : own) {
    const auto all = static_cast<std::size_t>(
        find_integer(connection,
                     "SELECT count(*) FROM claims WHERE contract_id = ? AND NOT rejected", contract)
            .value_or(0));
    const std::size_t others = all - count;
    if (count > others) continue;
    const auto owner = find_integer(
        connection, "SELECT coalesce(vendor_id, agency_id) FROM contracts WHERE id = ?", contract);
    if (count == others && owner == party.vendor.value_or(party.agency)) continue;
    for (FiledClaim& filed : claims) filed.votes = filed.votes && filed.contract != contract;
  }
}

// Which of the claims a ruling is about. Of the copies of a story it holds for all, and what a
// person said of words that were corrected since holds for what became of them.
class RuledClaims {
 public:
  RuledClaims(Connection& connection, const std::vector<FiledClaim>& claims)
      : connection_{connection} {
    for (std::size_t i = 0; i < claims.size(); ++i) index_of_[claims[i].claim.id] = i;
  }

  const std::vector<std::size_t>& of(std::int64_t remembered) {
    const auto [slot, is_new] = known_.try_emplace(remembered);
    if (!is_new) return slot->second;
    for (const std::int64_t id :
         claims_like(connection_, remembered_claim(connection_, remembered).value())) {
      const auto at = index_of_.find(id);
      if (at != index_of_.end()) slot->second.push_back(at->second);
    }
    return slot->second;
  }

 private:
  Connection& connection_;
  std::unordered_map<std::int64_t, std::size_t> index_of_;
  std::map<std::int64_t, std::vector<std::size_t>> known_;
};

}  // namespace

std::vector<FiledClaim> claims_of(Connection& connection, const DealParty& party,
                                  const DealScope& scope) {
  std::vector<FiledClaim> claims;
  AgencyLines lines{connection};
  for (const std::int64_t id : claims_near(connection, party, scope)) {
    Query q{connection, claim_by_id, id};
    if (q.next()) claims.push_back(read_claim(connection, lines, q));
  }
  weigh_votes(connection, party, claims);
  return claims;
}

std::vector<DealRuling> rulings_of(Connection& connection, const std::vector<FiledClaim>& claims) {
  std::set<std::int64_t> stories;
  for (const FiledClaim& filed : claims) stories.insert(filed.claim.story);
  struct Ruling {
    std::int64_t a;
    std::int64_t b;
    bool same;
  };
  // Those about other stories cannot be about these claims: a person may have ruled on hundreds.
  std::vector<Ruling> stored;
  {
    Query q{connection,
            "SELECT d.a, d.b, d.same, coalesce(x.story_id, -x.id), coalesce(y.story_id, -y.id) "
            "FROM deal_rulings d JOIN remembered_claims m ON m.id = d.a JOIN articles x ON x.id = "
            "m.article_id JOIN remembered_claims n ON n.id = d.b JOIN articles y ON y.id = "
            "n.article_id ORDER BY d.a, d.b"};
    while (q.next()) {
      if (stories.contains(q.integer(3)) && stories.contains(q.integer(4))) {
        stored.push_back({q.integer(0), q.integer(1), q.integer(2) != 0});
      }
    }
  }
  std::vector<DealRuling> rulings;
  if (stored.empty()) return rulings;
  RuledClaims ruled{connection, claims};
  for (const Ruling& ruling : stored) {
    for (const std::size_t a : ruled.of(ruling.a)) {
      for (const std::size_t b : ruled.of(ruling.b)) {
        if (a != b) rulings.push_back({a, b, ruling.same});
      }
    }
  }
  return rulings;
}

}  // namespace stakeout
