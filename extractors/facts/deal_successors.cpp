#include "extractors/facts/deal_successors.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "extractors/facts/deal_parties.h"
#include "extractors/facts/deal_state_days.h"
#include "extractors/facts/deal_wording.h"

namespace stakeout {
namespace {

constexpr std::size_t sentences_to_invitation = 2;

bool is_over(const Deal& deal) {
  return deal.status &&
         (deal.status->value == Status::cancelled || deal.status->value == Status::expired);
}

// Also where the deal itself was not found.
bool tells_an_end(const DealScene& scene, const std::vector<Deal>& deals) {
  if (!deals.empty()) return std::ranges::any_of(deals, is_over);
  for (std::size_t s = 0; s < scene.sentence_count; ++s) {
    if (is_ended(scene, scene.tokens_of(s))) return true;
  }
  return false;
}

// Of those that the sentence names the vendor of a deal that is over, else the first.
const Party* invited_vendor(const DealScene& scene, TokenRange sentence,
                            const std::vector<Deal>& deals) {
  const Party* first = nullptr;
  for (const Party& party : items_in(scene.parties, sentence)) {
    if (party.fact->kind != EntityKind::vendor || party.is_rival || party.is_beaten) continue;
    const bool had_the_deal = std::ranges::any_of(deals, [&](const Deal& deal) {
      return is_over(deal) && deal.vendor && deal.vendor->value.name_id == party.name;
    });
    if (had_the_deal) return &party;
    if (first == nullptr) first = &party;
  }
  return first;
}

std::optional<Choice> buyer(const DealScene& scene, std::size_t first, std::size_t last,
                            const std::vector<Deal>& deals) {
  for (std::size_t s = first; s <= last; ++s) {
    for (const Party& party : items_in(scene.parties, scene.tokens_of(s))) {
      const bool is_buyer = party.fact->kind == EntityKind::agency && !party.is_oversight;
      if (is_buyer) return Choice{&party, 0, "nearest-name"};
    }
  }
  PartyFocus focus{scene};
  return focus.find(EntityKind::agency, first, deals);
}

// "said on Tuesday that it had ended the contract".
std::optional<PartialDate> day_of_end(const DealScene& scene, const StateDays& days,
                                      const std::vector<Deal>& deals) {
  for (const Deal& deal : deals) {
    if (!is_over(deal)) continue;
    const std::size_t sentence = scene.prose.sentence_of(deal.status->at.first);
    if (const auto day = days.of_report(sentence)) return day;
  }
  return std::nullopt;
}

std::optional<Deal> successor_from(const DealScene& scene, std::size_t sentence,
                                   const std::vector<Deal>& deals) {
  const CueHit* plan = scene.first_cue(scene.tokens_of(sentence), CueKind::successor);
  if (plan == nullptr) return std::nullopt;
  const std::size_t end = std::min(sentence + sentences_to_invitation + 1, scene.sentence_count);
  for (std::size_t s = sentence; s < end; ++s) {
    const CueHit* invitation = scene.first_cue(scene.tokens_of(s), CueKind::invites);
    if (invitation == nullptr || is_negated(scene, *invitation)) continue;
    const Party* vendor = invited_vendor(scene, scene.tokens_of(s), deals);
    const auto agency = buyer(scene, sentence, s, deals);
    if (vendor == nullptr || !agency) return std::nullopt;
    const TokenRange words{invitation->first, invitation->end};
    Deal deal;
    deal.sentence = s;
    deal.anchor = words;
    deal.vendor = to_found({vendor, 0, invitation->cue->rule, words});
    deal.agency = to_found(*agency);
    deal.status = {Status::proposed, {plan->first, plan->end}, plan->cue->rule};
    deal.states.push_back({*deal.status, std::nullopt});
    deal.sentences = {s};
    if (s != sentence) deal.sentences.insert(deal.sentences.begin(), sentence);
    return deal;
  }
  return std::nullopt;
}

}  // namespace

void add_successor(const DealScene& scene, const std::optional<PartialDate>& published,
                   std::vector<Deal>& deals) {
  if (deals.size() >= DealScene::most_deals || !tells_an_end(scene, deals)) return;
  for (std::size_t s = 0; s < scene.sentence_count; ++s) {
    auto deal = successor_from(scene, s, deals);
    if (!deal) continue;
    deal->states.front().on = day_of_end(scene, StateDays{scene, published}, deals);
    const auto place = std::ranges::upper_bound(deals, deal->sentence, {}, &Deal::sentence);
    deals.insert(place, *std::move(deal));
    return;
  }
}

}  // namespace stakeout
