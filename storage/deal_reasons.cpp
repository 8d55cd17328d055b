#include "storage/deal_reasons.h"

#include <map>
#include <set>
#include <utility>

#include "storage/deal_rules.h"

namespace stakeout {
namespace {

// Stronger ties have greater numbers.
enum class Tie { parties, signing, near_sum, rounded_sum, sum, sum_and_signing, award, ruling };

Tie tie_between(const DealClaim& a, const DealClaim& b) {
  if (same_award(a, b)) return Tie::award;
  const bool near_days =
      a.signed_on && b.signed_on && gap_days(*a.signed_on, *b.signed_on) <= signing_tolerance_days;
  if (a.value && b.value) {
    if (a.value == b.value) return near_days ? Tie::sum_and_signing : Tie::sum;
    if (amounts_agree(*a.value, *b.value)) return Tie::rounded_sum;
    if (amounts_are_near(*a.value, *b.value) && !near_days) return Tie::near_sum;
  }
  return near_days ? Tie::signing : Tie::parties;
}

std::string words_of(Tie tie, const DealClaim& a, const DealClaim& b) {
  const std::string of = " of article " + std::to_string(b.article);
  switch (tie) {
    case Tie::ruling:
      return "a person's word: the deal" + of;
    case Tie::award:
      return "the award number" + of;
    case Tie::sum_and_signing:
      return "the sum and the day of signing" + of;
    case Tie::sum:
      return "the sum" + of;
    case Tie::rounded_sum:
      return "the sum" + of + ", rounded";
    case Tie::near_sum:
      return "a sum near that" + of + ", told otherwise";
    case Tie::signing: {
      const int gap = gap_days(*a.signed_on, *b.signed_on);
      return gap == 0 ? "the day of signing" + of
                      : "signed within " + std::to_string(gap) + (gap == 1 ? " day" : " days") +
                            " of the deal" + of;
    }
    case Tie::parties:
      break;
  }
  const bool has_both = a.has_vendor && !a.agency_line.empty() && !b.agency_line.empty();
  return (has_both ? "the parties" : "a party") + of + ", and nothing against it";
}

}  // namespace

std::vector<std::string> reasons_of(const std::vector<DealClaim>& claims,
                                    const std::vector<std::size_t>& group,
                                    const std::vector<DealRuling>& rulings) {
  // By article: what was said of a text holds for what became of it.
  std::set<std::pair<std::int64_t, std::int64_t>> put_together;
  std::map<std::size_t, std::size_t> set_apart;  // and of which it is not
  for (const DealRuling& ruling : rulings) {
    if (ruling.same) {
      put_together.insert({claims[ruling.a].article, claims[ruling.b].article});
      put_together.insert({claims[ruling.b].article, claims[ruling.a].article});
    } else {
      set_apart.try_emplace(ruling.a, ruling.b);
      set_apart.try_emplace(ruling.b, ruling.a);
    }
  }
  std::vector<std::string> reasons;
  for (const std::size_t i : group) {
    const bool is_first = i == group.front();
    const DealClaim* best = nullptr;
    Tie best_tie = Tie::parties;
    for (const std::size_t other : group) {
      if (claims[other].article == claims[i].article) continue;
      const bool is_ruled = put_together.contains({claims[i].article, claims[other].article});
      if (is_first && !is_ruled) continue;
      const Tie tie = is_ruled ? Tie::ruling : tie_between(claims[i], claims[other]);
      if (best == nullptr || tie > best_tie) {
        best = &claims[other];
        best_tie = tie;
      }
    }
    if (best != nullptr) {
      reasons.push_back(words_of(best_tie, claims[i], *best));
    } else {
      std::string& reason = reasons.emplace_back("the first report");
      const auto apart = set_apart.find(i);
      if (apart == set_apart.end()) continue;
      reason += "; by a person's word not the deal of article " +
                std::to_string(claims[apart->second].article);
    }
  }
  return reasons;
}

}  // namespace stakeout
