#include "extractors/facts/deal_status.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace stakeout {
namespace {

constexpr std::size_t hedge_reach = 5;
constexpr std::size_t act_reach = 25;

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

// The verb nearest to the sum or noun of the deal, else what its noun tells, else signed.
Found<Status> base_status(const DealScene& scene, const Deal& deal) {
  const TokenRange sentence = scene.tokens_of(deal.sentence);
  std::optional<Found<Status>> base;
  std::size_t best_gap = act_reach;
  for (const CueHit& hit : scene.cues_in(sentence)) {
    const bool tells = hit.is(CueKind::act) || hit.is(CueKind::noun);
    const auto status = tells ? status_in(hit) : std::nullopt;
    if (!status) continue;
    const TokenRange gap = gap_between({hit.first, hit.end}, deal.anchor);
    if (gap.end - gap.first < best_gap) {
      base = {*status, {hit.first, hit.end}, hit.cue->rule};
      best_gap = gap.end - gap.first;
    }
  }
  return base.value_or(Found<Status>{Status::signed_, deal.anchor, "spoken-of-as-existing"});
}

// "no such contract": the phrase holds the word for the deal.
bool names_deal(const Cue& cue) {
  return std::any_of(cue.words.begin(), cue.words.end(), [](const CueWord& word) {
    return word.folded.starts_with("contract") || word.folded.starts_with("deal") ||
           word.folded == "agreement";
  });
}

// Stops, reviews and their end are told in sentences of their own; other states, outside of the
// sentence that states the deal, have to name it again.
bool reaches_further(const DealScene& scene, std::size_t sentence, Status status) {
  switch (status) {
    case Status::modified:
    case Status::extended:
      return false;
    case Status::cancelled:
    case Status::expired:
    case Status::denied:
      for (const CueHit& hit : scene.cues_in(scene.tokens_of(sentence))) {
        if (hit.is(CueKind::noun) && hit.cue->detail.starts_with("strong")) return true;
        if (hit.is(CueKind::state) && names_deal(*hit.cue)) return true;
      }
      return false;
    default:
      return true;
  }
}

bool states_another(const std::vector<Deal>& deals, const Deal& deal, std::size_t sentence,
                    const CueHit& hit) {
  const auto gap = [&](const Deal& d) {
    const TokenRange between = gap_between(d.anchor, {hit.first, hit.end});
    return between.end - between.first;
  };
  for (const Deal& other : deals_of(deals, sentence)) {
    if (&other == &deal) continue;
    if (deal.sentence != sentence || gap(other) < gap(deal)) return true;
  }
  return false;
}

}  // namespace

void add_status(const DealScene& scene, std::vector<Deal>& deals) {
  for (Deal& deal : deals) {
    if (deal.status) continue;
    Found<Status> last = base_status(scene, deal);
    for (const std::size_t s : deal.sentences) {
      for (const CueHit& hit : scene.cues_in(scene.tokens_of(s))) {
        const auto status = hit.is(CueKind::state) ? status_in(hit) : std::nullopt;
        if (!status || is_hedged(scene, hit, *status) || states_another(deals, deal, s, hit)) {
          continue;
        }
        const bool is_own_sentence = s == deal.sentence;
        if (*status == Status::proposed) {
          if (is_own_sentence && last.rule == "spoken-of-as-existing") {
            last = {*status, {hit.first, hit.end}, hit.cue->rule};
          }
          continue;
        }
        if (!is_own_sentence && !reaches_further(scene, s, *status)) continue;
        if (rank(*status) > rank(last.value)) {
          last = {*status, {hit.first, hit.end}, hit.cue->rule};
        }
      }
    }
    deal.status = last;
  }
}

}  // namespace stakeout
