#include "extractors/facts/deal_status.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "extractors/facts/deal_bystanders.h"
#include "extractors/facts/deal_state_days.h"
#include "extractors/facts/deal_state_order.h"
#include "extractors/facts/deal_wording.h"

namespace stakeout {
namespace {

constexpr std::size_t hedge_reach = 5;
constexpr std::size_t act_reach = 25;
constexpr std::size_t challenge_reach = 6;    // "turned down a second protest by X"
constexpr std::size_t subject_reach = 5;      // "It has since been terminated"
constexpr std::size_t words_with_object = 3;  // "lifted the pause", but not "has resumed"
constexpr std::string_view existing_rule = "spoken-of-as-existing";

bool is_state_hedged(const DealScene& scene, const CueHit& hit, Status status) {
  // "an order to lift", "did not renew": the phrase itself tells it all.
  if (status == Status::resumed || status == Status::denied || status == Status::under_review) {
    return has_hedge(scene, before(scene, hit.first, 2));
  }
  return has_hedge(scene, before(scene, hit.first, hedge_reach));
}

// The status in a cue's detail: its last word.
std::optional<Status> status_in(const CueHit& hit) {
  const std::string_view detail = hit.cue->detail;
  const std::size_t blank = detail.rfind(' ');
  return find_word<Status>(blank == std::string_view::npos ? detail : detail.substr(blank + 1));
}

// The state of a cue says that the deal stays what it was: its detail is "again awarded".
bool is_again(const CueHit& hit) {
  return hit.cue->detail.starts_with("again");
}

// "The agency denies it.": the detail is "existence before denied".
bool speaks_of_sentence_before(const CueHit& hit) {
  return hit.cue->detail.starts_with("existence before");
}

// No word stands behind the phrase: "denies it", not "denies it spied on anyone".
bool ends_clause(const DealScene& scene, const CueHit& hit) {
  const TokenRange behind = after(scene, hit.end, 1);
  return behind.first == behind.end || scene.prose.tokens()[behind.first].kind != TokenKind::word;
}

// A protest or a suit is what the phrase is about: the phrase names it, or it follows soon.
bool is_about_challenge(const DealScene& scene, const CueHit& hit) {
  const TokenRange words = after(scene, hit.first + 1, challenge_reach);
  for (std::size_t i = hit.first; i < words.end; ++i) {
    if (scene.is_word(i, DealWord::challenge)) return true;
  }
  return false;
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
    if (!status || (is_beginning(*status) && is_state_hedged(scene, hit, *status))) continue;
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
    return word.folded.starts_with("contra") || word.folded.starts_with("deal") ||
           word.folded == "agreement" || word.folded == "vertrag";
  });
}

bool has_word(const DealScene& scene, TokenRange range, DealWord list) {
  for (std::size_t i = range.first; i < range.end; ++i) {
    if (scene.is_word(i, list)) return true;
  }
  return false;
}

// "that order", "the renewal".
bool points_back(const DealScene& scene, const CueHit& noun) {
  const TokenRange lead = before(scene, noun.first, 1);
  return lead.first < lead.end && scene.is_word(lead.first, DealWord::definite);
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
  bool again;
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
      if (!linked[s].empty()) tells_of_halt_ = tells_of_halt_ || halts(s);
    }
    for (std::size_t s = 0; s < linked.size(); ++s) {
      if (!linked[s].empty()) read(s, linked[s]);
    }
  }

  [[nodiscard]] const std::vector<Told>& told_of(std::size_t deal) const { return told_[deal]; }

 private:
  void read(std::size_t sentence, const std::vector<std::size_t>& linked) {
    const auto own = deals_of(deals_, sentence);
    const auto hits = scene_.cues_in(scene_.tokens_of(sentence));
    const bool stops = std::ranges::any_of(hits, [&](const CueHit& hit) {
      const auto told = reported_by(hit, sentence);
      return told && told->status == Status::stop_work;
    });
    std::size_t told_until = 0;
    for (const CueHit& hit : hits) {
      auto told = reported_by(hit, sentence);
      // "ceiling was lifted" is not "was lifted" as well.
      if (!told || hit.end <= told_until) continue;
      told_until = hit.end;
      // "was frozen by a stop-work order"
      if (stops && told->status == Status::under_review) told->status = Status::stop_work;
      if (!own.empty()) {
        for (const Deal& deal : nearest(own, hit)) {
          told_[static_cast<std::size_t>(&deal - deals_.data())].push_back(*told);
        }
      } else {
        for (const std::size_t d : linked) {
          if (reaches(*told, deals_[d])) told_[d].push_back(*told);
        }
      }
    }
  }

  // Whether a sentence reports that something was stopped or is under review.
  [[nodiscard]] bool halts(std::size_t sentence) const {
    return std::ranges::any_of(scene_.cues_in(scene_.tokens_of(sentence)), [&](const CueHit& hit) {
      const auto told = reported_by(hit, sentence);
      return told && (told->status == Status::stop_work || told->status == Status::under_review);
    });
  }

  [[nodiscard]] std::optional<Told> reported_by(const CueHit& hit, std::size_t sentence) const {
    const auto status = hit.is(CueKind::state) ? status_in(hit) : std::nullopt;
    if (!status || is_state_hedged(scene_, hit, *status)) return std::nullopt;
    if (*status != Status::proposed && !happened(hit, *status)) return std::nullopt;
    Told told{*status, is_again(hit), &hit, sentence};
    if (told.status == Status::expired && ends_a_halt(scene_, hit)) told.status = Status::resumed;
    // "The ceiling of the contract was lifted": not an order.
    if (told.status == Status::resumed && is_about_ceiling(hit)) told.status = Status::modified;
    // Who turns down a protest upholds the award.
    if (told.status == Status::denied && is_about_challenge(scene_, hit)) {
      told.status = Status::awarded;
      told.again = true;
    }
    return told;
  }

  // It is the deal that this happened to, and by those who decide.
  [[nodiscard]] bool happened(const CueHit& hit, Status status) const {
    if (is_again(hit)) return true;
    if (speaks_of_sentence_before(hit) && !ends_clause(scene_, hit)) return false;
    if (is_of_bystander(scene_, hit) || is_asked_for(scene_, hit)) return false;
    return status != Status::denied ||
           (!is_about_motion(scene_, hit) && !is_about_another(scene_, hit));
  }

  [[nodiscard]] bool is_about_ceiling(const CueHit& hit) const {
    constexpr std::size_t reach = 9;
    const CueHit* part = scene_.last_cue(before(scene_, hit.first, reach), CueKind::part);
    return part != nullptr && part->cue->detail == "ceiling" &&
           !scene_.has_cue({part->end, hit.first}, CueKind::state);
  }

  // Stops, reviews and their end are told in sentences of their own, but what goes on again must
  // have been stopped in this text, or the sentence says what goes on. Other states, outside of the
  // sentence that states the deal, have to name it again, and changes its vendor, too. Where the
  // text tells of one deal only, "it" will do for its end, and "the contract" for a change.
  [[nodiscard]] bool reaches(const Told& told, const Deal& deal) const {
    const bool is_only = deals_.size() == 1 && !names_other_vendor(told.sentence, deal);
    if (speaks_of_sentence_before(*told.hit)) {
      return is_only && told.sentence > 0 && names_a_deal(scene_, told.sentence - 1) &&
             std::ranges::binary_search(deal.sentences, told.sentence - 1);
    }
    switch (told.status) {
      case Status::modified:
      case Status::extended:
        return names_a_deal(scene_, told.sentence) &&
               (is_only ||
                (deal.vendor && scene_.prose.sentence_of(deal.vendor->at.first) == told.sentence));
      case Status::cancelled:
      case Status::expired:
      case Status::denied:
        return names_a_deal(scene_, told.sentence) || (is_only && is_about_it(*told.hit));
      case Status::resumed:
        return tells_of_halt_ || names_a_party_or_deal(told.sentence);
      default:
        return true;
    }
  }

  [[nodiscard]] bool names_a_party_or_deal(std::size_t sentence) const {
    const TokenRange words = scene_.tokens_of(sentence);
    return !items_in(scene_.parties, words).empty() || scene_.has_cue(words, CueKind::noun) ||
           std::ranges::any_of(scene_.cues_in(words), [](const CueHit& hit) {
             return hit.is(CueKind::state) && hit.end - hit.first >= words_with_object;
           });
  }

  [[nodiscard]] bool names_other_vendor(std::size_t sentence, const Deal& deal) const {
    return std::ranges::any_of(items_in(scene_.parties, scene_.tokens_of(sentence)),
                               [&](const Party& party) {
                                 return party.fact->kind == EntityKind::vendor &&
                                        !(deal.vendor && deal.vendor->value.name_id == party.name);
                               });
  }

  // "terminated it", "It was terminated".
  [[nodiscard]] bool is_about_it(const CueHit& hit) const {
    const TokenRange behind = after(scene_, hit.end, 1);
    if (behind.first < behind.end && scene_.is_word(behind.first, DealWord::pronoun)) return true;
    const TokenRange lead = before(scene_, hit.first + 1, subject_reach);
    for (std::size_t i = lead.first; i + 1 < lead.end; ++i) {
      const bool is_verb =
          scene_.is_word(i + 1, DealWord::passive) || scene_.is_word(i + 1, DealWord::perfect);
      if (scene_.is_word(i, DealWord::pronoun) && is_verb) return true;
    }
    return false;
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
  bool tells_of_halt_ = false;  // the text
};

// What is told of one deal, put together.
class Settlement {
 public:
  Settlement(const DealScene& scene, const StateDays& days, const std::vector<Told>& told,
             Deal& deal)
      : scene_{scene}, days_{days}, told_{told}, deal_{deal} {}

  void settle() {
    const bool is_settled = deal_.status.has_value();
    Found<Status> base = deal_.status.value_or(base_status(scene_, deal_));
    if (is_part_of_state(base)) base = {Status::signed_, deal_.anchor, std::string{existing_rule}};
    if (const auto plan = plan_of(base); plan && !is_settled) base = *plan;
    if (base.rule != existing_rule) add_state({base, day_of_base(base), false}, deal_.states);
    for (const Told& report : told_) {
      if (report.status == Status::proposed || is_no_last_word(report, base)) continue;
      if (is_denied_in_vain(report)) continue;
      add_state({found_by(report), day_of(report), report.again}, deal_.states);
    }
    add_change();
    put_in_order(deal_.states);
    // The last one that is reported; a plan, and what only exists, yield to all.
    deal_.status = base;
    if (is_settled || deal_.states.empty()) return;
    const Found<Status>& last = deal_.states.back().status;
    if (rank(last.value) > rank(Status::awarded) || deal_.states.back().again) deal_.status = last;
  }

 private:
  // "raised from $12 million to $15 million": where no word of a state says it.
  void add_change() {
    const bool is_told = std::ranges::any_of(deal_.states, [](const DealState& state) {
      return state.status.value == Status::modified || state.status.value == Status::extended;
    });
    if (!deal_.changed || is_told) return;
    const Found<Status> status{Status::modified, *deal_.changed, "changed-value"};
    const std::size_t sentence = scene_.prose.sentence_of(deal_.changed->first);
    add_state({status, days_.of_report(sentence), false}, deal_.states);
  }

  [[nodiscard]] static Found<Status> found_by(const Told& report) {
    return {report.status, {report.hit->first, report.hit->end}, report.hit->cue->rule};
  }

  // "The office denied having a contract": another sentence tells of papers that show it.
  [[nodiscard]] bool is_denied_in_vain(const Told& report) const {
    if (!report.hit->cue->detail.starts_with("existence")) return false;
    return std::ranges::any_of(deal_.sentences, [&](std::size_t sentence) {
      const TokenRange range = scene_.tokens_of(sentence);
      return sentence != report.sentence && has_word(scene_, range, DealWord::paper) &&
             has_word(scene_, range, DealWord::shows);
    });
  }

  // Beside a decision to sign: "It had rejected it twice", "The mayor said he rejected it", on no
  // day that is told.
  [[nodiscard]] bool is_no_last_word(const Told& report, const Found<Status>& base) const {
    return report.status == Status::denied && is_beginning(base.value) &&
           base.rule != existing_rule && !day_of(report) &&
           (is_told_as_past(scene_, *report.hit) || is_opinion(scene_, *report.hit));
  }

  // "is to vote on a renewal": what makes a plan of a deal that no verb makes.
  [[nodiscard]] std::optional<Found<Status>> plan_of(const Found<Status>& base) const {
    if (base.rule != existing_rule && !is_of_noun(scene_, base)) return std::nullopt;
    for (const Told& report : told_) {
      const bool is_plan = report.status == Status::proposed;
      if (is_plan && report.sentence == deal_.sentence) return found_by(report);
    }
    return std::nullopt;
  }

  // "agreed on Friday to extend": the verb makes no deal of its own.
  [[nodiscard]] bool is_part_of_state(const Found<Status>& base) const {
    return std::ranges::any_of(told_, [&](const Told& report) {
      return report.hit->first <= base.at.first && base.at.end <= report.hit->end &&
             report.status != base.value;
    });
  }

  // The day of a state of which the beginning's day is told apart.
  [[nodiscard]] std::optional<PartialDate> day_of_base(const Found<Status>& base) const {
    if (!is_beginning(base.value)) return day_of_action(base.value, deal_.sentence);
    return deal_.signed_on ? std::optional{deal_.signed_on->value} : std::nullopt;
  }

  [[nodiscard]] std::optional<PartialDate> day_of(const Told& report) const {
    if (const auto day = days_.of(*report.hit)) return day;
    // Of what a sentence tells, its day is that of the last.
    const bool is_last = std::ranges::none_of(told_, [&](const Told& other) {
      return other.sentence == report.sentence && rank(other.status) > rank(report.status);
    });
    return is_last ? day_of_action(report.status, report.sentence) : std::nullopt;
  }

  // "It renewed its contract; the renewal was signed on May 5."
  [[nodiscard]] std::optional<PartialDate> day_of_action(Status status,
                                                         std::size_t sentence) const {
    if (status == Status::proposed) return std::nullopt;
    const bool is_amendment = status == Status::extended || status == Status::modified;
    if (is_amendment && deal_.signed_on && days_.is_news(deal_.signed_on->value)) {
      return deal_.signed_on->value;
    }
    return days_.of_report(sentence);
  }

  const DealScene& scene_;
  const StateDays& days_;
  const std::vector<Told>& told_;
  Deal& deal_;
};

}  // namespace

void add_status(const DealScene& scene, const std::optional<PartialDate>& published,
                std::vector<Deal>& deals) {
  const StateReader reader{scene, deals};
  const StateDays days{scene, published};
  for (std::size_t d = 0; d < deals.size(); ++d) {
    Settlement{scene, days, reader.told_of(d), deals[d]}.settle();
  }
}

}  // namespace stakeout
