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

// The agencies of a vendor's claims by their ids, each once, in so many steps; NULL at the end.
constexpr const char* agencies_of_vendor =
    "WITH RECURSIVE agency (id) AS (SELECT min(agency_id) FROM claims WHERE vendor_id = ?1 AND "
    "agency_id > 0 UNION ALL SELECT (SELECT min(agency_id) FROM claims WHERE vendor_id = ?1 AND "
    "agency_id > agency.id) FROM agency WHERE agency.id IS NOT NULL) SELECT id FROM agency";
constexpr const char* of_vendor =
    "SELECT id, contract_id, revision_id, amount, amount_max, currency, signed_on, status, "
    "award_id "
    "FROM claims WHERE vendor_id = ? AND agency_id IS ? AND NOT rejected";
constexpr const char* of_agency_alone =
    "SELECT id, contract_id, revision_id, amount, amount_max, currency, signed_on, status, "
    "award_id "
    "FROM claims WHERE vendor_id IS ? AND agency_id = ? AND NOT rejected";

// The claims of the party that name one agency, or none; read when something is near them.
struct AgencyGroup {
  std::optional<std::int64_t> agency;
  DealClaim any;  // knows the agency, and nothing else
  bool is_read = false;
  std::vector<std::size_t> outlines;
};

// The spreading from claim to claim.
class Neighbourhood {
 public:
  Neighbourhood(Connection& connection, const DealParty& party)
      : connection_{connection}, party_{party} {
    AgencyLines lines{connection};
    const auto add_group = [&](std::optional<std::int64_t> agency) {
      AgencyGroup& group = groups_.emplace_back();
      group.agency = agency;
      if (agency) group.any.agency_line = lines.line_of(*agency);
    };
    std::vector<std::optional<std::int64_t>> agencies;
    if (party.vendor) {
      Query q{connection, agencies_of_vendor, *party.vendor};
      while (q.next()) agencies.push_back(q.maybe_integer(0));
    } else {
      agencies.emplace_back(party.agency);
    }
    for (const auto& agency : agencies) add_group(agency);
  }

  void add_all() {
    for (AgencyGroup& group : groups_) read(group);
    for (std::size_t i = 0; i < outlines_.size(); ++i) add(i);
  }

  void add_article(std::int64_t article) {
    if (!articles_.insert(article).second) return;
    for (const std::size_t i :
         rows_of("SELECT c.id, c.vendor_id, c.agency_id FROM revisions r JOIN claims c ON "
                 "c.revision_id = r.id WHERE r.article_id = ?",
                 article)) {
      add(i);
    }
  }

  void add_contract(std::int64_t contract) {
    if (!contracts_.insert(contract).second) return;
    for (const std::size_t i :
         rows_of("SELECT id, vendor_id, agency_id FROM claims WHERE contract_id = ?", contract)) {
      add(i);
    }
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
    std::ranges::sort(ids);
    return ids;
  }

 private:
  void add(std::size_t i) {
    if (std::exchange(outlines_[i].is_near, true)) return;
    fresh_.push_back(i);
  }

  void read(AgencyGroup& group) {
    if (std::exchange(group.is_read, true)) return;
    Query q{connection_, party_.vendor ? of_vendor : of_agency_alone, party_.vendor, group.agency};
    while (q.next()) {
      group.outlines.push_back(outlines_.size());
      Outline& outline = outlines_.emplace_back();
      outline.contract = q.maybe_integer(1);
      DealClaim& claim = outline.claim;
      claim.id = q.integer(0);
      claim.revision = q.integer(2);
      claim.agency_line = group.any.agency_line;
      claim.value = read_money(q, 3, 4, 5);
      claim.signed_on = read_date(q, 6);
      claim.status = find_word<Status>(q.text(7));
      claim.award_id = q.maybe_text(8);
      index_of_[claim.id] = group.outlines.back();
    }
  }

  // The claims of the party among rows of claim, vendor and agency.
  std::vector<std::size_t> rows_of(const char* sql, std::int64_t id) {
    std::vector<std::pair<std::int64_t, std::optional<std::int64_t>>> rows;
    {
      Query q{connection_, sql, id};
      while (q.next()) {
        if (q.maybe_integer(1) == party_.vendor)
          rows.emplace_back(q.integer(0), q.maybe_integer(2));
      }
    }
    std::vector<std::size_t> claims;
    for (const auto& [claim, agency] : rows) {
      const auto group = std::ranges::find(groups_, agency, &AgencyGroup::agency);
      if (group == groups_.end()) continue;
      read(*group);
      const auto found = index_of_.find(claim);
      if (found != index_of_.end()) claims.push_back(found->second);
    }
    return claims;
  }

  void add_neighbours(std::size_t i) {
    const DealClaim claim = outlines_[i].claim;  // what is read on the way moves the outlines
    if (const auto contract = outlines_[i].contract) add_contract(*contract);
    if (const auto article = find_integer(
            connection_, "SELECT article_id FROM revisions WHERE id = ?", claim.revision)) {
      add_article(*article);
    }
    for (AgencyGroup& group : groups_) {
      if (!agencies_fit(claim, group.any)) continue;
      read(group);
      for (const std::size_t other : group.outlines) {
        if (!outlines_[other].is_near && could_be_one_deal(claim, outlines_[other].claim)) {
          add(other);
        }
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
    return rows_of(
        "SELECT c.id, c.vendor_id, c.agency_id FROM articles a JOIN revisions r ON r.article_id = "
        "a.id JOIN claims c ON c.revision_id = r.id WHERE a.id IN (SELECT ?1 UNION SELECT id FROM "
        "articles WHERE story_id = (SELECT story_id FROM articles WHERE id = ?1))",
        article);
  }

  Connection& connection_;
  const DealParty& party_;
  std::vector<AgencyGroup> groups_;
  std::vector<Outline> outlines_;                           // those that were read
  std::unordered_map<std::int64_t, std::size_t> index_of_;  // by id
  std::set<std::int64_t> articles_, contracts_;             // that are in
  std::vector<std::size_t> fresh_;  // near, and their neighbours not looked at yet
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
