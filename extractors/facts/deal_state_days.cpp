#include "extractors/facts/deal_state_days.h"

#include <algorithm>
#include <chrono>

#include "extractors/facts/deal_days.h"

namespace stakeout {
namespace {

// What is told later of a state has a date of its own.
constexpr std::chrono::days news{31};
constexpr std::size_t says_before = 5;      // "said on", "told reporters in Boston on"
constexpr std::size_t says_behind = 3;      // "On Monday the company said"
constexpr std::size_t decision_before = 6;  // "The decision, taken by the board on"

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

// In tokens; what stands before the words counts two more, what stands among them most.
std::size_t distance_of(const Placed<DateMention>& date, const CueHit& state) {
  constexpr std::size_t among = 100;
  if (date.at.first >= state.end) return date.at.first - state.end;
  if (date.at.end <= state.first) return state.first - date.at.end + 2;
  return among;
}

bool has_word(const DealScene& scene, TokenRange range, DealWord list) {
  for (std::size_t i = range.first; i < range.end; ++i) {
    if (scene.is_word(i, list)) return true;
  }
  return false;
}

}  // namespace

StateDays::StateDays(const DealScene& scene, const std::optional<PartialDate>& published)
    : scene_{scene}, published_{published} {
  for (const auto& date : scene.dates) add(date);
}

void StateDays::add(const Placed<DateMention>& date) {
  const CueHit* cue = cue_of_date(scene_, date);
  if (cue == nullptr || !cue->is(CueKind::state) || !is_adverbial(scene_, date)) return;
  const auto day = one_date(*date.fact);
  if (!day || is_to_come(*day)) return;
  const Dated dated{*day, distance_of(date, *cue)};
  const auto [known, is_new] = days_.try_emplace(cue, dated);
  if (!is_new && dated.distance < known->second.distance) known->second = dated;
}

std::optional<PartialDate> StateDays::of(const CueHit& state) const {
  // A phrase with a gap holds others: "order ... was lifted".
  const Dated* best = nullptr;
  for (const CueHit& part : scene_.cues_in({state.first, state.end})) {
    const auto found = days_.find(&part);
    if (found == days_.end()) continue;
    const bool is_part = part.end <= state.end;
    if (is_part && (best == nullptr || found->second.distance < best->distance)) {
      best = &found->second;
    }
  }
  return best == nullptr ? std::nullopt : std::optional{best->day};
}

std::optional<PartialDate> StateDays::of_report(std::size_t sentence) const {
  if (const auto day = day_beside(sentence, DealWord::says, says_behind)) return day;
  const std::size_t next = sentence + 1;
  if (next >= scene_.sentence_count) return std::nullopt;
  const auto& sentences = scene_.prose.sentences();
  if (sentences[next].paragraph != sentences[sentence].paragraph) return std::nullopt;
  if (scene_.has_cue(scene_.tokens_of(next), CueKind::state)) return std::nullopt;
  return day_beside(next, DealWord::decision, 0);
}

bool StateDays::is_to_come(const PartialDate& day) const {
  return published_ && day.first_day() > published_->last_day();
}

bool StateDays::is_news(const PartialDate& day) const {
  return published_ && published_->is_full() && day.is_full() && !is_to_come(day) &&
         published_->first_day() - day.first_day() <= news;
}

std::optional<PartialDate> StateDays::day_beside(std::size_t sentence, DealWord words,
                                                 std::size_t reach_behind) const {
  const std::size_t reach_before = reach_behind > 0 ? says_before : decision_before;
  for (const auto& date : items_in(scene_.dates, scene_.tokens_of(sentence))) {
    const auto day = one_date(*date.fact);
    if (!day || !is_news(*day)) continue;
    if (has_word(scene_, before(scene_, date.at.first, reach_before), words) ||
        has_word(scene_, after(scene_, date.at.end, reach_behind), words)) {
      return day;
    }
  }
  return std::nullopt;
}

}  // namespace stakeout
