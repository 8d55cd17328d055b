#include "storage/contract_merge.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <tuple>

namespace stakeout {
namespace {

constexpr int signing_tolerance_days = 7;
constexpr int period_tolerance_days = 31;
constexpr int report_tolerance_days = 3;

// Days between two dates, 0 when they overlap as far as they are known.
int gap_days(const PartialDate& a, const PartialDate& b) {
  if (a.last_day() < b.first_day()) return static_cast<int>((b.first_day() - a.last_day()).count());
  if (b.last_day() < a.first_day()) return static_cast<int>((a.first_day() - b.last_day()).count());
  return 0;
}

bool dates_fit(const std::optional<PartialDate>& a, const std::optional<PartialDate>& b,
               int tolerance) {
  return !a || !b || gap_days(*a, *b) <= tolerance;
}

std::optional<PartialDate> reported_on(const DealClaim& claim) {
  const auto date = parse_partial_date(std::string_view{claim.reported_at}.substr(0, 10));
  return date ? std::optional{*date} : std::nullopt;
}

int significant_digits(std::int64_t amount) {
  while (amount != 0 && amount % 10 == 0) amount /= 10;
  return static_cast<int>(std::to_string(amount).size());
}

std::int64_t rounded(std::int64_t amount, int digits) {
  std::int64_t unit = 1;
  for (auto size = static_cast<int>(std::to_string(amount).size()); size > digits; --size) {
    unit *= 10;
  }
  const std::int64_t rest = amount % unit;
  return amount - rest + (rest >= unit - rest ? unit : 0);
}

// "$2 million" for $1,987,654: equal at the digits that the rounder one has, and not far apart.
bool is_rounding(std::int64_t a, std::int64_t b) {
  if (a == b) return true;
  const std::int64_t larger = std::max(a, b);
  if (larger - std::min(a, b) > larger / 10) return false;
  const int digits = std::min(significant_digits(a), significant_digits(b));
  return rounded(a, digits) == rounded(b, digits);
}

bool amounts_agree(const Money& a, const Money& b) {
  if (a.currency() != b.currency()) return false;
  if (a.is_range() || b.is_range()) return a.low() <= b.high() && b.low() <= a.high();
  return is_rounding(a.low(), b.low());
}

bool reports(const DealClaim& claim, std::initializer_list<Status> states) {
  const auto is_one = [&](Status s) {
    return std::find(states.begin(), states.end(), s) != states.end();
  };
  return (claim.status && is_one(*claim.status)) ||
         std::any_of(claim.history.begin(), claim.history.end(),
                     [&](const StatusReport& r) { return is_one(r.status); });
}

bool is_amended(const DealClaim& claim) {
  return reports(claim, {Status::modified, Status::extended});
}

bool is_over(const DealClaim& claim) {
  return reports(claim, {Status::cancelled, Status::expired, Status::denied});
}

bool agencies_fit(const DealClaim& a, const DealClaim& b) {
  if (a.agency_line.empty() || b.agency_line.empty()) return true;
  const auto has = [](const DealClaim& line, std::int64_t agency) {
    return std::find(line.agency_line.begin(), line.agency_line.end(), agency) !=
           line.agency_line.end();
  };
  return has(a, b.agency_line.front()) || has(b, a.agency_line.front());
}

bool same_signing(const DealClaim& a, const DealClaim& b) {
  return a.signed_on && b.signed_on && a.signed_on->month() && b.signed_on->month() &&
         gap_days(*a.signed_on, *b.signed_on) == 0;
}

bool amounts_fit(const DealClaim& a, const DealClaim& b) {
  if (!a.value || !b.value || amounts_agree(*a.value, *b.value)) return true;
  if (!same_signing(a, b)) return false;
  return is_amended(a) || is_amended(b) || a.value->currency() != b.value->currency();
}

bool states_agreeing_amounts(const DealClaim& a, const DealClaim& b) {
  return a.value && b.value && amounts_agree(*a.value, *b.value);
}

bool periods_fit(const DealClaim& a, const DealClaim& b) {
  if (!dates_fit(a.signed_on, b.signed_on, signing_tolerance_days)) return false;
  if (is_amended(a) || is_amended(b)) return true;
  if (!dates_fit(a.starts_on, b.starts_on, period_tolerance_days)) return false;
  if (!is_over(a) && !is_over(b) && !dates_fit(a.ends_on, b.ends_on, period_tolerance_days)) {
    return false;
  }
  return !a.term || !b.term || *a.term == *b.term || states_agreeing_amounts(a, b) ||
         same_signing(a, b);
}

// False when `early` reports as made what `late` says was signed afterwards.
bool report_fits_signing(const DealClaim& early, const DealClaim& late) {
  const auto reported = reported_on(early);
  if (!reported || !late.signed_on || early.signed_on || !early.status) return true;
  if (reports(early, {Status::proposed, Status::awarded, Status::under_review})) return true;
  return reported->last_day() + std::chrono::days{report_tolerance_days} >=
         late.signed_on->first_day();
}

// A plan comes before the deal; a plan of later, or beside a deal that is over, is another one.
bool plan_fits(const DealClaim& a, const DealClaim& b) {
  const bool a_plans = a.status == Status::proposed;
  const bool b_plans = b.status == Status::proposed;
  if (a_plans == b_plans || states_agreeing_amounts(a, b)) return true;
  const DealClaim& plan = a_plans ? a : b;
  const DealClaim& deal = a_plans ? b : a;
  return !is_over(deal) && plan.reported_at < deal.reported_at;
}

// Letters and digits of an award number, so that "70CTD024-P-00012" equals "70CTD024P00012".
std::string award_key(std::string_view id) {
  std::string key;
  for (const char c : id) {
    if (c >= 'a' && c <= 'z') key += static_cast<char>(c - 'a' + 'A');
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) key += c;
  }
  return key;
}

// How much two claims that may be one deal have in common.
int common_ground(const DealClaim& a, const DealClaim& b) {
  int points = 0;
  if (a.award_id && b.award_id) points += 16;
  if (states_agreeing_amounts(a, b)) points += *a.value == *b.value ? 8 : 4;
  if (same_signing(a, b)) points += a.signed_on == b.signed_on ? 4 : 2;
  if (a.story == b.story) points += 4;
  if (a.ends_on && a.ends_on == b.ends_on) points += 2;
  if (a.term && a.term == b.term) points += 1;
  return points;
}

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

bool reported_before(const DealClaim& a, const DealClaim& b) {
  return std::tie(a.reported_at, a.order) < std::tie(b.reported_at, b.order);
}

// Claims that a person has put together stand and fall together.
using Unit = std::vector<std::size_t>;

std::vector<Unit> units_of(const std::vector<DealClaim>& claims,
                           const std::vector<DealRuling>& rulings) {
  std::vector<std::size_t> root(claims.size());
  std::iota(root.begin(), root.end(), std::size_t{0});
  const auto find = [&](std::size_t i) {
    while (root[i] != i) i = root[i] = root[root[i]];
    return i;
  };
  for (const DealRuling& ruling : rulings) {
    if (ruling.same) root[find(ruling.a)] = find(ruling.b);
  }
  std::vector<Unit> by_root(claims.size());
  for (std::size_t i = 0; i < claims.size(); ++i) by_root[find(i)].push_back(i);
  std::erase_if(by_root, [](const Unit& unit) { return unit.empty(); });
  for (Unit& unit : by_root) {
    std::sort(unit.begin(), unit.end(), [&](std::size_t a, std::size_t b) {
      return std::pair{-strength(claims[a]), std::tie(claims[a].reported_at, claims[a].order)} <
             std::pair{-strength(claims[b]), std::tie(claims[b].reported_at, claims[b].order)};
    });
  }
  std::sort(by_root.begin(), by_root.end(), [&](const Unit& a, const Unit& b) {
    const DealClaim& x = claims[a.front()];
    const DealClaim& y = claims[b.front()];
    return std::pair{-strength(x), std::tie(x.reported_at, x.order)} <
           std::pair{-strength(y), std::tie(y.reported_at, y.order)};
  });
  return by_root;
}

// The sorting of claims into groups, one unit after the other.
class Grouping {
 public:
  Grouping(const std::vector<DealClaim>& claims, const std::vector<DealRuling>& rulings)
      : claims_{claims}, rulings_{rulings} {}

  void add(const Unit& unit) {
    const DealClaim& claim = claims_[unit.front()];
    Group* best = nullptr;
    // Points, then nearness in time: of two deals that fit, a report is about the last one known.
    std::tuple<int, std::string> best_merit{least_points(claim), ""};
    for (Group& group : groups_) {
      if (!fits(unit, group)) continue;
      std::tuple<int, std::string> merit{points(claim, group), last_before(claim, group)};
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

  [[nodiscard]] std::vector<std::vector<std::size_t>> take() {
    std::vector<std::vector<std::size_t>> flat;
    for (const Group& group : groups_) {
      auto& claims = flat.emplace_back();
      for (const Unit& unit : group) claims.insert(claims.end(), unit.begin(), unit.end());
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
    return std::all_of(group.begin(), group.end(),
                       [&](const Unit& other) { return units_fit(unit, other); });
  }

  // Claims that a person has put together may contradict each other: one of them has to fit.
  [[nodiscard]] bool units_fit(const Unit& unit, const Unit& other) const {
    bool fit = false;
    for (const std::size_t a : unit) {
      for (const std::size_t b : other) {
        if (is_ruled_apart(a, b)) return false;
        fit = fit || may_be_one_deal(claims_[a], claims_[b]);
      }
    }
    return fit;
  }

  [[nodiscard]] bool is_ruled_apart(std::size_t a, std::size_t b) const {
    return std::any_of(rulings_.begin(), rulings_.end(), [&](const DealRuling& r) {
      return !r.same && ((r.a == a && r.b == b) || (r.a == b && r.b == a));
    });
  }

  [[nodiscard]] int points(const DealClaim& claim, const Group& group) const {
    int best = 0;
    for (const Unit& unit : group) {
      for (const std::size_t i : unit) best = std::max(best, common_ground(claim, claims_[i]));
    }
    return best;
  }

  // The latest report of the group that is not later than the claim's, else "".
  [[nodiscard]] std::string last_before(const DealClaim& claim, const Group& group) const {
    std::string last;
    for (const Unit& unit : group) {
      for (const std::size_t i : unit) {
        const std::string& at = claims_[i].reported_at;
        if (at <= claim.reported_at) last = std::max(last, at);
      }
    }
    return last;
  }

  const std::vector<DealClaim>& claims_;
  const std::vector<DealRuling>& rulings_;
  std::vector<Group> groups_;
};

}  // namespace

bool may_be_one_deal(const DealClaim& a, const DealClaim& b) {
  if (a.revision == b.revision || !agencies_fit(a, b)) return false;
  if (a.award_id && b.award_id) return award_key(*a.award_id) == award_key(*b.award_id);
  return amounts_fit(a, b) && periods_fit(a, b) && report_fits_signing(a, b) &&
         report_fits_signing(b, a) && plan_fits(a, b);
}

std::vector<std::vector<std::size_t>> group_deals(const std::vector<DealClaim>& claims,
                                                  const std::vector<DealRuling>& rulings) {
  Grouping grouping{claims, rulings};
  for (const Unit& unit : units_of(claims, rulings)) grouping.add(unit);
  auto groups = grouping.take();
  // What no current text says any more is no contract.
  std::erase_if(groups, [&](const auto& group) {
    return std::none_of(group.begin(), group.end(),
                        [&](std::size_t i) { return claims[i].current; });
  });
  for (auto& group : groups) {
    std::sort(group.begin(), group.end(),
              [&](std::size_t a, std::size_t b) { return reported_before(claims[a], claims[b]); });
  }
  return groups;
}

namespace {

// Picks the value of one field. `of` gives a claim's value (an optional), `agree` whether two
// values say the same as far as they go, `precision` how much one says.
template <class Of, class Agree, class Precision>
auto choose(const std::vector<const DealClaim*>& claims, Of of, Agree agree, Precision precision)
    -> std::decay_t<decltype(of(*claims.front()))> {
  std::decay_t<decltype(of(*claims.front()))> best;
  std::pair<std::size_t, int> best_merit{0, 0};
  for (const DealClaim* candidate : claims) {
    const auto value = of(*candidate);
    if (!value) continue;
    std::vector<std::int64_t> stories;
    for (const DealClaim* other : claims) {
      const auto its = of(*other);
      if (its && agree(*value, *its)) stories.push_back(other->story);
    }
    std::sort(stories.begin(), stories.end());
    const auto last = std::unique(stories.begin(), stories.end());
    const std::pair merit{static_cast<std::size_t>(last - stories.begin()), precision(*value)};
    if (merit > best_merit) {
      best = value;
      best_merit = merit;
    }
  }
  return best;
}

std::optional<PartialDate> choose_date(const std::vector<const DealClaim*>& claims,
                                       std::optional<PartialDate> DealClaim::*field) {
  return choose(
      claims, [&](const DealClaim& c) { return c.*field; },
      [](const PartialDate& a, const PartialDate& b) { return gap_days(a, b) == 0; },
      [](const PartialDate& d) { return d.is_full() ? 3
                                        : d.month() ? 2
                                                    : 1; });
}

std::optional<std::string> choose_words(const std::vector<const DealClaim*>& claims,
                                        std::optional<std::string> DealClaim::*field) {
  return choose(
      claims, [&](const DealClaim& c) { return c.*field; },
      [](const std::string& a, const std::string& b) { return a == b; },
      [](const std::string&) { return 1; });
}

int precision_of(const Money& money) {
  return money.is_range() ? 1 : 1 + significant_digits(money.low());
}

DealEvent change_of(std::string field, std::string before, std::string after,
                    const DealClaim& claim) {
  return {std::move(field),  std::move(before), std::move(after), std::nullopt,
          claim.reported_at, claim.article,     claim.story,      claim.quote};
}

// What the claims of a modification or extension say last replaces what was chosen.
void apply_amendments(const std::vector<const DealClaim*>& claims, Deal& deal) {
  for (const DealClaim* claim : claims) {
    if (!is_amended(*claim)) continue;
    if (claim->value && deal.value && !amounts_agree(*claim->value, *deal.value)) {
      deal.events.push_back(change_of("amount", std::to_string(deal.value->low()),
                                      std::to_string(claim->value->low()), *claim));
      deal.value = claim->value;
      deal.qualifier = claim->qualifier;
    }
    if (claim->ends_on && deal.ends_on && gap_days(*claim->ends_on, *deal.ends_on) > 0) {
      deal.events.push_back(
          change_of("ends_on", to_string(*deal.ends_on), to_string(*claim->ends_on), *claim));
      deal.ends_on = claim->ends_on;
    }
  }
}

// Amendments are left out of the choice as long as anything else is known.
std::vector<const DealClaim*> original_terms(const std::vector<const DealClaim*>& claims,
                                             bool (*states)(const DealClaim&)) {
  std::vector<const DealClaim*> original;
  for (const DealClaim* claim : claims) {
    if (!is_amended(*claim) && states(*claim)) original.push_back(claim);
  }
  return original.empty() ? claims : original;
}

void choose_value(const std::vector<const DealClaim*>& all, Deal& deal) {
  const auto claims = original_terms(all, [](const DealClaim& c) { return c.value.has_value(); });
  deal.value = choose(
      claims, [](const DealClaim& c) { return c.value; }, amounts_agree, precision_of);
  if (!deal.value) return;
  deal.qualifier = choose(
      claims,
      [&](const DealClaim& c) {
        return c.value == deal.value ? c.qualifier : std::optional<Qualifier>{};
      },
      [](Qualifier a, Qualifier b) { return a == b; }, [](Qualifier) { return 1; });
}

}  // namespace

Deal merge_deal(const std::vector<const DealClaim*>& claims) {
  std::vector<const DealClaim*> current;
  for (const DealClaim* claim : claims) {
    if (claim->current) current.push_back(claim);
  }
  Deal deal;
  deal.first_story = claims.front()->story;
  deal.agency = choose(
      current,
      [](const DealClaim& c) {
        return c.agency_line.empty() ? std::optional<std::int64_t>{} : c.agency_line.front();
      },
      [](std::int64_t a, std::int64_t b) { return a == b; }, [](std::int64_t) { return 1; });
  choose_value(current, deal);
  deal.term = choose_words(current, &DealClaim::term);
  deal.award_id = choose_words(current, &DealClaim::award_id);
  deal.signed_on = choose_date(current, &DealClaim::signed_on);
  deal.starts_on = choose_date(current, &DealClaim::starts_on);
  deal.ends_on =
      choose_date(original_terms(current, [](const DealClaim& c) { return c.ends_on.has_value(); }),
                  &DealClaim::ends_on);
  deal.events = status_events(claims, deal.signed_on);
  if (!deal.events.empty()) {
    // An order to stop work outranks the review that it serves.
    const auto& last = deal.events.back();
    const bool serves = last.after == word_of(Status::under_review) &&
                        last.before == std::string{word_of(Status::stop_work)};
    deal.status = find_word<Status>(serves ? *last.before : last.after);
  }
  apply_amendments(current, deal);
  return deal;
}

}  // namespace stakeout
