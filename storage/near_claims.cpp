#include "storage/near_claims.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "storage/contract_rows.h"
#include "storage/deal_rules.h"
#include "storage/entity_rows.h"
#include "storage/filed_claims.h"

namespace stakeout {
namespace {

// A claim as far as the index tells of it.
struct Outline {
  DealClaim claim;
  std::optional<std::int64_t> contract;
  bool is_near = false;
};

constexpr const char* of_vendor =
    "SELECT id, contract_id, revision_id, agency_id, amount, amount_max, currency, signed_on, "
    "status, award_id FROM claims WHERE vendor_id = ? AND NOT rejected ORDER BY id";
constexpr const char* of_agency_alone =
    "SELECT id, contract_id, revision_id, agency_id, amount, amount_max, currency, signed_on, "
    "status, award_id FROM claims WHERE vendor_id IS NULL AND agency_id = ? AND NOT rejected "
    "ORDER BY id";

std::vector<Outline> read_outlines(Connection& connection, const DealParty& party) {
  std::vector<Outline> outlines;
  AgencyLines lines{connection};
  Query q{connection, party.vendor ? of_vendor : of_agency_alone,
          party.vendor.value_or(party.agency)};
  while (q.next()) {
    Outline& outline = outlines.emplace_back();
    outline.contract = q.maybe_integer(1);
    DealClaim& claim = outline.claim;
    claim.id = q.integer(0);
    claim.revision = q.integer(2);
    if (const auto agency = q.maybe_integer(3)) claim.agency_line = lines.line_of(*agency);
    claim.value = read_money(q, 4, 5, 6);
    claim.signed_on = read_date(q, 7);
    claim.status = find_word<Status>(q.text(8));
    claim.award_id = q.maybe_text(9);
  }
  return outlines;
}

// The spreading from claim to claim.
class Neighbourhood {
 public:
  Neighbourhood(Connection& connection, const DealParty& party)
      : connection_{connection}, outlines_{read_outlines(connection, party)} {
    for (std::size_t i = 0; i < outlines_.size(); ++i) {
      index_of_[outlines_[i].claim.id] = i;
      if (outlines_[i].contract) of_contract_[*outlines_[i].contract].push_back(i);
    }
  }

  void add_all() {
    for (std::size_t i = 0; i < outlines_.size(); ++i) add(i);
  }

  void add_article(std::int64_t article) {
    Query q{connection_,
            "SELECT c.id FROM revisions r JOIN claims c ON c.revision_id = r.id WHERE "
            "r.article_id = ?",
            article};
    add_rows(q);
  }

  void add_contract(std::int64_t contract) {
    const auto found = of_contract_.find(contract);
    if (found == of_contract_.end()) return;
    for (const std::size_t i : found->second) add(i);
  }

  void spread() {
    do {
      while (!fresh_.empty()) {
        const std::size_t i = fresh_.back();
        fresh_.pop_back();
        add_neighbours(i);
      }
      add_ruled_same();
    } while (!fresh_.empty());
  }

  [[nodiscard]] std::vector<std::int64_t> ids() const {
    std::vector<std::int64_t> ids;
    for (const Outline& outline : outlines_) {
      if (outline.is_near) ids.push_back(outline.claim.id);
    }
    return ids;
  }

 private:
  void add(std::size_t i) {
    if (std::exchange(outlines_[i].is_near, true)) return;
    fresh_.push_back(i);
  }

  void add_rows(Query& q) {
    while (q.next()) {
      const auto found = index_of_.find(q.integer(0));
      if (found != index_of_.end()) add(found->second);
    }
  }

  void add_neighbours(std::size_t i) {
    const Outline& outline = outlines_[i];
    if (outline.contract) add_contract(*outline.contract);
    if (const auto article = find_integer(
            connection_, "SELECT article_id FROM revisions WHERE id = ?", outline.claim.revision);
        article && articles_.insert(*article).second) {
      add_article(*article);
    }
    for (std::size_t other = 0; other < outlines_.size(); ++other) {
      if (!outlines_[other].is_near && could_be_one_deal(outline.claim, outlines_[other].claim)) {
        add(other);
      }
    }
  }

  // What a person has put together stays together, whatever it says: see rulings_of().
  void add_ruled_same() {
    std::vector<std::pair<std::int64_t, std::int64_t>> rulings;  // of articles
    {
      Query q{connection_,
              "SELECT m.article_id, n.article_id FROM deal_rulings d JOIN remembered_claims m ON "
              "m.id = d.a JOIN remembered_claims n ON n.id = d.b WHERE d.same"};
      while (q.next()) rulings.emplace_back(q.integer(0), q.integer(1));
    }
    for (const auto& [a, b] : rulings) {
      const auto of_a = claims_of_copies(a);
      const auto of_b = claims_of_copies(b);
      const auto is_near = [&](std::size_t i) { return outlines_[i].is_near; };
      if (std::none_of(of_a.begin(), of_a.end(), is_near) &&
          std::none_of(of_b.begin(), of_b.end(), is_near)) {
        continue;
      }
      for (const std::size_t i : of_a) add(i);
      for (const std::size_t i : of_b) add(i);
    }
  }

  // Of an article and of the copies of its story.
  std::vector<std::size_t> claims_of_copies(std::int64_t article) {
    std::vector<std::size_t> claims;
    Query q{connection_,
            "SELECT c.id FROM articles a JOIN revisions r ON r.article_id = a.id JOIN claims c ON "
            "c.revision_id = r.id WHERE a.id IN (SELECT ?1 UNION SELECT id FROM articles WHERE "
            "story_id = (SELECT story_id FROM articles WHERE id = ?1))",
            article};
    while (q.next()) {
      const auto found = index_of_.find(q.integer(0));
      if (found != index_of_.end()) claims.push_back(found->second);
    }
    return claims;
  }

  Connection& connection_;
  std::vector<Outline> outlines_;
  std::unordered_map<std::int64_t, std::size_t> index_of_;  // by id
  std::unordered_map<std::int64_t, std::vector<std::size_t>> of_contract_;
  std::set<std::int64_t> articles_;  // that are in
  std::vector<std::size_t> fresh_;   // near, and their neighbours not looked at yet
};

}  // namespace

std::vector<std::int64_t> claims_near(Connection& connection, const DealParty& party,
                                      const DealScope& scope) {
  Neighbourhood near{connection, party};
  if (scope.whole_parties) {
    near.add_all();
    return near.ids();
  }
  for (const std::int64_t article : scope.articles) near.add_article(article);
  for (const std::int64_t contract : scope.contracts) near.add_contract(contract);
  near.spread();
  return near.ids();
}

}  // namespace stakeout
