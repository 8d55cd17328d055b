#include "extractors/facts/deal_status.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "extractors/facts/deal_days.h"

namespace stakeout {
namespace {

constexpr std::size_t hedge_reach = 5;
constexpr std::size_t act_reach = 25;
constexpr std::string_view existing_rule = "spoken-of-as-existing";

// Which of two reported states is the later one.
int rank(Status status) {
  switch (status) {
    case Status::proposed:
      return 0;
    case Status::signed_:
    case Status::awarded:
      return 1;
    case Status::modified:
      return 2;
    case Status::extended:
      return 3;
    case Status::denied:
      return 4;
    case Status::under_review:
      return 5;
    case Status::stop_work:
      return 6;
    case Status::resumed:
      return 7;
    case Status::expired:
      return 8;
    case Status::cancelled:
      return 9;
  }
  return 0;
}

bool is_hedged(const DealScene& scene, const CueHit& hit, Status status) {
  // "an order to lift", "did not renew": the phrase itself tells it all.
  if (status == Status::resumed || status == Status::denied || status == Status::under_review) {
    return scene.has_cue(before(scene, hit.first, 2), CueKind::hedge);
  }
  return scene.has_cue(before(scene, hit.first, hedge_reach), CueKind::hedge);
}

// The status in a cue's detail: its last word.
std::optional<Status> status_in(const CueHit& hit) {
  const std::string_view detail = hit.cue->detail;
  const std::size_t blank = detail.rfind(' ');
  return find_word<Status>(blank == std::string_view::npos ? detail : detail.substr(blank + 1));
}

// The status that a noun tells ("renewal") is that of a deal which may still be a plan.
bool is_of_noun(const DealScene& scene, const Found<Status>& found) {
  return scene.has_cue(found.at, CueKind::noun);
}

// The verb nearest to the sum or noun of the deal, else what its noun tells, else signed. A verb
// that promises a deal goes before a noun.
Found<Status> base_status(const DealScene& scene, const Deal& deal) {
  const TokenRange sentence = scene.tokens_of(deal.sentence);
  std::optional<Found<Status>> base;
  std::size_t best_gap = act_reach;
  for (const CueHit& hit : scene.cues_in(sentence)) {
    const bool tells = hit.is(CueKind::act) || hit.is(CueKind::noun);
    const auto status = tells ? status_in(hit) : std::nullopt;
    if (!status) continue;
    const TokenRange gap = gap_between({hit.first, hit.end}, deal.anchor);
    const bool is_nearer = gap.end - gap.first < best_gap;
    const bool promises = *status == Status::proposed && hit.is(CueKind::act) && base &&
                          is_of_noun(scene, *base) && gap.end - gap.first < act_reach;
    const bool yields = base && base->value == Status::proposed && hit.is(CueKind::noun);
    if ((is_nearer && !yields) || promises) {
      base = {*status, {hit.first, hit.end}, hit.cue->rule};
      best_gap = gap.end - gap.first;
    }
  }
  return base.value_or(Found<Status>{Status::signed_, deal.anchor, std::string{existing_rule}});
}

// "no such contract": the phrase holds the word for the deal.
bool names_deal(const Cue& cue) {
  return std::any_of(cue.words.begin(), cue.words.end(), [](const CueWord& word) {
    return word.folded.starts_with("contract") || word.folded.starts_with("deal") ||
           word.folded == "agreement";
  });
}

// "that order", "the renewal".
bool points_back(const DealScene& scene, const CueHit& noun) {
  const TokenRange lead = before(scene, noun.first, 1);
  return lead.first < lead.end && scene.is_word(lead.first, DealWord::definite);
}

// Stops, reviews and their end are told in sentences of their own; other states, outside of the
// sentence that states the deal, have to name it again, and changes its vendor, too.
bool reaches_further(Status status, bool names_deal_again, bool names_vendor) {
  switch (status) {
    case Status::modified:
    case Status::extended:
      return names_deal_again && names_vendor;
    case Status::cancelled:
    case Status::expired:
    case Status::denied:
      return names_deal_again;
    default:
      return true;
  }
}

bool names_a_deal(const DealScene& scene, std::size_t sentence) {
  return std::ranges::any_of(scene.cues_in(scene.tokens_of(sentence)), [&](const CueHit& hit) {
    return (hit.is(CueKind::noun) &&
            (hit.cue->detail.starts_with("strong") || points_back(scene, hit))) ||
           (hit.is(CueKind::state) && names_deal(*hit.cue));
  });
}

// A state that a sentence reports.
struct Told {
  Status status;
  const CueHit* hit;
  std::size_t sentence;
};

// What is told of each deal: a sentence that states deals speaks of the nearest of them, any other
// one of the deals that it is linked to.
class StateReader {
 public:
  StateReader(const DealScene& scene, const std::vector<Deal>& deals)
      : scene_{scene}, deals_{deals}, told_(deals.size()) {
    std::vector<std::vector<std::size_t>> linked(scene.sentence_count);
    for (std::size_t d = 0; d < deals.size(); ++d) {
      for (const std::size_t s : deals[d].sentences) linked[s].push_back(d);
    }
    for (std::size_t s = 0; s < linked.size(); ++s) {
      if (!linked[s].empty()) read(s, linked[s]);
    }
  }

  [[nodiscard]] const std::vector<Told>& told_of(std::size_t deal) const { return told_[deal]; }

 private:
  void read(std::size_t sentence, const std::vector<std::size_t>& linked) {
    const auto own = deals_of(deals_, sentence);
    const bool names_again = names_a_deal(scene_, sentence);
    const auto hits = scene_.cues_in(scene_.tokens_of(sentence));
    const bool stops = std::ranges::any_of(
        hits, [&](const CueHit& hit) { return reported_by(hit) == Status::stop_work; });
    for (const CueHit& hit : hits) {
      auto status = reported_by(hit);
      if (!status) continue;
      // "was frozen by a stop-work order"
      if (stops && *status == Status::under_review) status = Status::stop_work;
      if (!own.empty()) {
        for (const Deal& deal : nearest(own, hit)) {
          told_[static_cast<std::size_t>(&deal - deals_.data())].push_back(
              {*status, &hit, sentence});
        }
      } else {
        for (const std::size_t d : linked) {
          const auto& vendor = deals_[d].vendor;
          const bool names_vendor =
              vendor && scene_.prose.sentence_of(vendor->at.first) == sentence;
          if (!reaches_further(*status, names_again, names_vendor)) continue;
          told_[d].push_back({*status, &hit, sentence});
        }
      }
    }
  }

  [[nodiscard]] std::optional<Status> reported_by(const CueHit& hit) const {
    const auto status = hit.is(CueKind::state) ? status_in(hit) : std::nullopt;
    return status && is_hedged(scene_, hit, *status) ? std::nullopt : status;
  }

  // Those of one anchor: `own` is sorted by anchors.
  static std::span<const Deal> nearest(std::span<const Deal> own, const CueHit& hit) {
    const auto gap = [&](const Deal& deal) {
      const TokenRange between = gap_between(deal.anchor, {hit.first, hit.end});
      return between.end - between.first;
    };
    const auto anchor = [](const Deal& deal) { return deal.anchor.first; };
    auto best = std::ranges::lower_bound(own, hit.first, {}, anchor);
    if (best == own.end() || (best != own.begin() && gap(*(best - 1)) <= gap(*best))) --best;
    const std::size_t place = best->anchor.first;
    return {std::ranges::lower_bound(own, place, {}, anchor),
            std::ranges::upper_bound(own, place, {}, anchor)};
  }

  const DealScene& scene_;
  const std::vector<Deal>& deals_;
  std::vector<std::vector<Told>> told_;
};

// One date out of the two ends of a span of days, no more precise than both share.
std::optional<PartialDate> one_date(const DateMention& date) {
  if (date.from == date.to) return date.from;
  if (date.from.year() != date.to.year()) return std::nullopt;
  const bool same_month = date.from.month() && date.from.month() == date.to.month();
  return PartialDate::make(date.from.year(), same_month ? date.from.month() : std::optional<int>{},
                           std::nullopt);
}

// "on October 8", ", Tuesday"; not "his March 2023 order", "imposed last year".
bool is_adverbial(const DealScene& scene, const Placed<DateMention>& date) {
  if (date.at.first == scene.tokens_of(date.sentence).first) return true;
  return scene.is_word(date.at.first - 1, DealWord::day_lead);
}

// The dates that no word ties to anything nearer than a state.
using DatesOfStates = std::unordered_map<const CueHit*, PartialDate>;

DatesOfStates dates_of_states(const DealScene& scene, const std::optional<PartialDate>& published) {
  DatesOfStates dates;
  for (const auto& date : scene.dates) {
    const CueHit* cue = cue_of_date(scene, date);
    if (cue == nullptr || !cue->is(CueKind::state) || !is_adverbial(scene, date)) continue;
    const auto day = one_date(*date.fact);
    const bool is_to_come = day && published && day->first_day() > published->last_day();
    if (day && !is_to_come) dates.emplace(cue, *day);
  }
  return dates;
}

// Of what is told of one state the first report stays, with the first date.
void add_state(DealState state, std::vector<DealState>& states) {
  for (DealState& known : states) {
    if (known.status.value != state.status.value) continue;
    if (!known.on) known.on = state.on;
    return;
  }
  states.push_back(std::move(state));
}

void settle(const DealScene& scene, const std::vector<Told>& told, const DatesOfStates& dates,
            Deal& deal) {
  Found<Status> last = deal.status.value_or(base_status(scene, deal));
  const bool is_settled = deal.status.has_value();
  if (last.rule != existing_rule) {
    const bool begins = last.value == Status::signed_ || last.value == Status::awarded;
    add_state(
        {last, begins && deal.signed_on ? std::optional{deal.signed_on->value} : std::nullopt},
        deal.states);
  }
  for (const Told& report : told) {
    const Found<Status> found{
        report.status, {report.hit->first, report.hit->end}, report.hit->cue->rule};
    if (report.status == Status::proposed) {
      const bool is_open = last.rule == existing_rule || is_of_noun(scene, last);
      if (report.sentence == deal.sentence && is_open && !is_settled) last = found;
      continue;
    }
    const auto date = dates.find(report.hit);
    add_state({found, date == dates.end() ? std::nullopt : std::optional{date->second}},
              deal.states);
    if (!is_settled && rank(report.status) > rank(last.value)) last = found;
  }
  deal.status = last;
  std::ranges::stable_sort(deal.states, {},
                           [](const DealState& s) { return rank(s.status.value); });
}

}  // namespace

void add_status(const DealScene& scene, const std::optional<PartialDate>& published,
                std::vector<Deal>& deals) {
  const StateReader reader{scene, deals};
  const DatesOfStates dates = dates_of_states(scene, published);
  for (std::size_t d = 0; d < deals.size(); ++d) {
    settle(scene, reader.told_of(d), dates, deals[d]);
  }
}

}  // namespace stakeout
