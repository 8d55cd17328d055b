#include "storage/contract_merge.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "storage/claim_threads.h"
#include "storage/deal_rules.h"

namespace stakeout {
namespace {

// The claims that tell deals apart best come first and found the groups.
int strength(const DealClaim& claim) {
  return (claim.has_vendor && !claim.agency_line.empty() ? 32 : 0) + (claim.award_id ? 16 : 0) +
         (claim.value ? 8 : 0) + (claim.signed_on ? 4 : 0) + (claim.ends_on ? 1 : 0) +
         (claim.term ? 1 : 0);
}

bool makes_deal(const DealClaim& claim) {
  const bool both = claim.has_vendor && !claim.agency_line.empty();
  return both || claim.value || claim.award_id;
}

// The claims of a thread, and those that a person has put together, stand and fall together.
struct Unit {
  std::vector<std::size_t> claims;  // the strongest current one first
  bool corrected = false;           // some of them contradict the current ones
  bool told_apart = false;          // from a deal like it, by a text that tells both
};

using Thread = std::vector<std::size_t>;

std::vector<Thread> living_threads_of(const std::vector<DealClaim>& claims) {
  std::vector<const DealClaim*> pointers;
  pointers.reserve(claims.size());
  for (const DealClaim& claim : claims) pointers.push_back(&claim);
  std::vector<Thread> threads;
  for (const ClaimThread& thread : living_threads(pointers)) {
    Thread& indexes = threads.emplace_back();
    for (const DealClaim* claim : thread) {
      indexes.push_back(static_cast<std::size_t>(claim - claims.data()));
    }
  }
  return threads;
}

// For each claim whether it has a say in what fits its deal: the current ones do, and of the
// superseded ones those that were corrected, since others may have copied them before.
std::vector<bool> speaking(const std::vector<DealClaim>& claims,
                           const std::vector<Thread>& threads) {
  std::vector<bool> speaks(claims.size(), false);
  for (const Thread& thread : threads) {
    const DealClaim& current = claims[thread.back()];
    for (const std::size_t i : thread) {
      speaks[i] = i == thread.back() || !may_be_one_deal(claims[i], current);
    }
  }
  return speaks;
}

auto rank_of(const DealClaim& claim) {
  return std::tuple{!claim.current, -strength(claim), std::tie(claim.reported_at, claim.order)};
}

// For each claim whether the current text of its article tells of another deal, too, whose sum is
// the same or near, by its day of signing or its sum.
std::vector<bool> told_apart(const std::vector<DealClaim>& claims) {
  std::map<std::int64_t, std::vector<std::size_t>> dated;  // by revision
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const DealClaim& claim = claims[i];
    const bool has_both = claim.value && claim.signed_on && claim.signed_on->is_full();
    if (claim.current && has_both) dated[claim.revision].push_back(i);
  }
  std::vector<bool> apart(claims.size(), false);
  for (const auto& [revision, its] : dated) {
    for (const std::size_t i : its) {
      const DealClaim& claim = claims[i];
      apart[i] = std::any_of(its.begin(), its.end(), [&](std::size_t j) {
        const DealClaim& other = claims[j];
        const bool is_alike = amounts_agree(*claim.value, *other.value) ||
                              amounts_are_near(*claim.value, *other.value);
        return is_alike && (claim.signed_on != other.signed_on || claim.value != other.value);
      });
    }
  }
  return apart;
}

std::vector<Unit> units_of(const std::vector<DealClaim>& claims, const std::vector<Thread>& threads,
                           const std::vector<bool>& speaks,
                           const std::vector<DealRuling>& rulings) {
  std::vector<std::size_t> root(claims.size());
  std::iota(root.begin(), root.end(), std::size_t{0});
  const auto find = [&](std::size_t i) {
    while (root[i] != i) i = root[i] = root[root[i]];
    return i;
  };
  for (const Thread& thread : threads) {
    for (const std::size_t i : thread) root[find(i)] = find(thread.front());
  }
  for (const DealRuling& ruling : rulings) {
    if (ruling.same) root[find(ruling.a)] = find(ruling.b);
  }
  const std::vector<bool> apart = told_apart(claims);
  std::vector<Unit> by_root(claims.size());
  for (const Thread& thread : threads) {
    for (const std::size_t i : thread) {
      Unit& unit = by_root[find(i)];
      unit.claims.push_back(i);
      unit.corrected = unit.corrected || (speaks[i] && !claims[i].current);
      unit.told_apart = unit.told_apart || apart[i];
    }
  }
  std::erase_if(by_root, [](const Unit& unit) { return unit.claims.empty(); });
  for (Unit& unit : by_root) {
    std::sort(unit.claims.begin(), unit.claims.end(), [&](std::size_t a, std::size_t b) {
      return rank_of(claims[a]) < rank_of(claims[b]);
    });
  }
  // What was corrected comes first: it ties those who report the new words to those who report the
  // old ones. Then what is told apart: day and sum tell which of the two others mean.
  std::sort(by_root.begin(), by_root.end(), [&](const Unit& a, const Unit& b) {
    return std::tuple{!a.corrected, !a.told_apart, rank_of(claims[a.claims.front()])} <
           std::tuple{!b.corrected, !b.told_apart, rank_of(claims[b.claims.front()])};
  });
  return by_root;
}

// The sorting of claims into groups, one unit after the other.
class Grouping {
 public:
  Grouping(const std::vector<DealClaim>& claims, const std::vector<bool>& speaks,
           const std::vector<DealRuling>& rulings)
      : claims_{claims}, speaks_{speaks}, rulings_{rulings} {}

  void add(const Unit& unit) {
    const DealClaim& claim = claims_[unit.claims.front()];
    Group* best = nullptr;
    // Points, then nearness in time: of two deals that fit, a report is about the last one known.
    std::tuple<int, std::string> best_merit{least_points(claim), ""};
    for (Group& group : groups_) {
      if (!fits(unit, group)) continue;
      std::tuple<int, std::string> merit{points(unit, group), last_before(claim, group)};
      if (best == nullptr ? std::get<0>(merit) >= std::get<0>(best_merit) : merit > best_merit) {
        best = &group;
        best_merit = std::move(merit);
      }
    }
    if (best != nullptr) {
      best->push_back(unit);
    } else if (makes_deal(claim)) {
      groups_.push_back({unit});
    }
  }

  // Puts together what outlets tell of one deal with sums that contradict each other, once it is
  // known that the sums make no deals that stand beside each other.
  void join_contradicting() {
    for (std::size_t a = 0; a < groups_.size(); ++a) {
      for (std::size_t b = a + 1; b < groups_.size();) {
        if (!may_contradict(groups_[a], groups_[b])) {
          ++b;
          continue;
        }
        groups_[a].insert(groups_[a].end(), groups_[b].begin(), groups_[b].end());
        groups_.erase(groups_.begin() + static_cast<std::ptrdiff_t>(b));
      }
    }
  }

  [[nodiscard]] std::vector<std::vector<std::size_t>> take() {
    std::vector<std::vector<std::size_t>> flat;
    for (const Group& group : groups_) {
      auto& claims = flat.emplace_back();
      for (const Unit& unit : group) {
        claims.insert(claims.end(), unit.claims.begin(), unit.claims.end());
      }
    }
    return flat;
  }

 private:
  using Group = std::vector<Unit>;

  // A claim without a party joins a deal only with an amount, a day or a number in common.
  static int least_points(const DealClaim& claim) {
    return claim.has_vendor && !claim.agency_line.empty() ? 0 : 4;
  }

  [[nodiscard]] bool fits(const Unit& unit, const Group& group) const {
    const bool is_bridged = std::any_of(group.begin(), group.end(), [&](const Unit& other) {
      return other.corrected && units_fit(unit, other);
    });
    const bool tells_known_sum = std::any_of(
        group.begin(), group.end(), [&](const Unit& other) { return has_its_sum(unit, other); });
    return std::all_of(group.begin(), group.end(), [&](const Unit& other) {
      if (is_bridged && !other.corrected) return may_share_bridge(unit, other);
      return units_fit(unit, other) || (tells_known_sum && fits_but_for_sum(unit, other));
    });
  }

  // Sums that are near each other, first told within a week, where the day of signing of only one
  // is known, and nothing but the sum speaks against one deal.
  [[nodiscard]] bool may_contradict(const Group& a, const Group& b) const {
    if (is_day_known(a) == is_day_known(b)) return false;
    if (!are_told_at_once(first_report(a), first_report(b))) return false;
    return std::all_of(a.begin(), a.end(), [&](const Unit& unit) {
      return std::all_of(b.begin(), b.end(), [&](const Unit& other) {
        const auto& value = front(unit).value;
        const auto& its_value = front(other).value;
        const bool has_near_sum = value && its_value && amounts_are_near(*value, *its_value);
        return (!value || !its_value || has_near_sum) && fits_but_for_sum(unit, other);
      });
    });
  }

  [[nodiscard]] bool is_day_known(const Group& group) const {
    return std::any_of(group.begin(), group.end(),
                       [&](const Unit& unit) { return front(unit).signed_on.has_value(); });
  }

  [[nodiscard]] const DealClaim& first_report(const Group& group) const {
    return front(*std::min_element(group.begin(), group.end(), [&](const Unit& a, const Unit& b) {
      return reported_before(front(a), front(b));
    }));
  }

  // Of a deal with two sums, raised or told differently, each claim that fits gives one.
  [[nodiscard]] bool has_its_sum(const Unit& unit, const Unit& other) const {
    const DealClaim& a = front(unit);
    const DealClaim& b = front(other);
    return a.value && b.value && amounts_agree(*a.value, *b.value) && units_fit(unit, other);
  }

  [[nodiscard]] bool fits_but_for_sum(const Unit& unit, const Unit& other) const {
    for (const std::size_t a : unit.claims) {
      for (const std::size_t b : other.claims) {
        if (is_kept_apart(a, b)) return false;
      }
    }
    DealClaim deal = front(other);
    deal.value = front(unit).value;
    return may_be_one_deal(front(unit), deal);
  }

  // Claims that a person has put together may contradict each other, and so may those of before and
  // after a correction: one of them has to fit.
  [[nodiscard]] bool units_fit(const Unit& unit, const Unit& other) const {
    bool fit = false;
    for (const std::size_t a : unit.claims) {
      for (const std::size_t b : other.claims) {
        if (is_kept_apart(a, b)) return false;
        fit = fit || (speaks_[a] && speaks_[b] && may_be_one_deal(claims_[a], claims_[b]));
      }
    }
    return fit;
  }

  // Old and new words of what was corrected may differ, but not the parties or the award.
  [[nodiscard]] bool may_share_bridge(const Unit& unit, const Unit& other) const {
    for (const std::size_t a : unit.claims) {
      for (const std::size_t b : other.claims) {
        if (is_kept_apart(a, b)) return false;
      }
    }
    return agencies_fit(front(unit), front(other)) && !awards_differ(front(unit), front(other));
  }

  [[nodiscard]] const DealClaim& front(const Unit& unit) const {
    return claims_[unit.claims.front()];
  }

  [[nodiscard]] bool is_kept_apart(std::size_t a, std::size_t b) const {
    return claims_[a].revision == claims_[b].revision || is_ruled_apart(a, b);
  }

  [[nodiscard]] bool is_ruled_apart(std::size_t a, std::size_t b) const {
    return std::any_of(rulings_.begin(), rulings_.end(), [&](const DealRuling& r) {
      return !r.same && ((r.a == a && r.b == b) || (r.a == b && r.b == a));
    });
  }

  [[nodiscard]] int points(const Unit& unit, const Group& group) const {
    int best = 0;
    for (const Unit& other : group) {
      for (const std::size_t b : other.claims) {
        for (const std::size_t a : unit.claims) {
          if (speaks_[a]) best = std::max(best, common_ground(claims_[a], claims_[b]));
        }
      }
    }
    return best;
  }

  // The latest report of the group that is not later than the claim's, else "".
  [[nodiscard]] std::string last_before(const DealClaim& claim, const Group& group) const {
    std::string last;
    for (const Unit& unit : group) {
      for (const std::size_t i : unit.claims) {
        const std::string& at = claims_[i].reported_at;
        if (at <= claim.reported_at) last = std::max(last, at);
      }
    }
    return last;
  }

  const std::vector<DealClaim>& claims_;
  const std::vector<bool>& speaks_;
  const std::vector<DealRuling>& rulings_;
  std::vector<Group> groups_;
};

}  // namespace

std::vector<std::vector<std::size_t>> group_deals(const std::vector<DealClaim>& claims,
                                                  const std::vector<DealRuling>& rulings) {
  const auto threads = living_threads_of(claims);
  const auto speaks = speaking(claims, threads);
  Grouping grouping{claims, speaks, rulings};
  for (const Unit& unit : units_of(claims, threads, speaks, rulings)) grouping.add(unit);
  grouping.join_contradicting();
  auto groups = grouping.take();
  for (auto& group : groups) {
    std::sort(group.begin(), group.end(),
              [&](std::size_t a, std::size_t b) { return reported_before(claims[a], claims[b]); });
  }
  return groups;
}

}  // namespace stakeout
