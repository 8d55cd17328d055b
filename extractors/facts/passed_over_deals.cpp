#include "extractors/facts/passed_over_deals.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "extractors/facts/deal_changes.h"
#include "extractors/facts/deal_doubts.h"
#include "extractors/facts/deal_parties.h"
#include "extractors/facts/deal_scene.h"
#include "extractors/facts/deal_wording.h"

namespace stakeout {
namespace {

// A rule and the words by which it kept something out.
struct Reason {
  std::string rule;
  TokenRange by = {};
};

TokenRange words_of(const CueHit& hit) {
  return {hit.first, hit.end};
}

class DealExplainer {
 public:
  DealExplainer(const DealScene& scene, const std::vector<Claim>& claims)
      : scene_{scene}, claims_{claims} {
    for (const Claim& claim : claims) {
      for (const FieldEvidence& field : claim.fields) {
        if (field.field == "amount") values_.insert(field.span.start);
      }
      for (const Span& span : claim.sentences) told_.insert(span.start);
    }
    for (const CueHit& hit : scene.cues) {
      if (!hit.is(CueKind::private_buyer)) continue;
      const std::size_t sentence = scene.prose.sentence_of(hit.first);
      private_buyers_.try_emplace(scene.prose.sentences()[sentence].paragraph, &hit);
    }
  }

  std::vector<PassedOver> explain() {
    for (std::size_t s = 0; s < scene_.sentence_count; ++s) {
      const TokenRange range = scene_.tokens_of(s);
      bool has_contract_sum = false;
      for (const auto& sum : items_in(scene_.sums, range)) {
        has_contract_sum = has_contract_sum || sum.fact->role == Role::contract;
        explain_sum(sum);
      }
      if (!has_contract_sum) explain_sentence(s);
    }
    return std::move(passed_);
  }

 private:
  void explain_sum(const Placed<MoneyMention>& sum) {
    if (values_.contains(sum.fact->span.start)) return;
    if (sum.fact->role == Role::contract && is_value_told_elsewhere(*sum.fact)) return;
    const Reason reason = sum.fact->role == Role::contract
                              ? why_no_value(sum)
                              : Reason{"role-" + std::string{word_of(sum.fact->role)}, {}};
    PassedOver& passed = add("sum", sum.at, reason);
    passed.name = word_of(sum.fact->role);
    const bool is_read = sum.fact->role != Role::other && !sum.fact->reason.empty();
    if (is_read) passed.detail = "read as that for " + sum.fact->reason;
  }

  // The same sum once more is no news.
  [[nodiscard]] bool is_value_told_elsewhere(const MoneyMention& sum) const {
    return std::ranges::any_of(
        claims_, [&](const Claim& claim) { return claim.value && *claim.value == sum.money; });
  }

  // Why a sum with the role of a contract's value is the value of none.
  [[nodiscard]] Reason why_no_value(const Placed<MoneyMention>& sum) const {
    if (scene_.is_correction(sum.sentence)) return {"correction", {}};
    if (is_of_deal_beside(scene_, sum)) return {"deal-beside", {}};
    if (is_value_before(scene_, sum)) return {"former-value", {sum.at.first - 1, sum.at.first}};
    if (const auto doubt = words_of_doubt(scene_, sum.at)) return {"hedged", *doubt};
    if (const CueHit* part = part_cue(scene_, sum)) return {"part-of-value", words_of(*part)};
    if (is_step(scene_, sum)) return {"part-of-value", {sum.at.end, sum.at.end + 1}};
    if (const auto reason = why_private(sum.sentence, sum.at)) return *reason;
    if (const auto reason = why_no_party(sum.sentence, sum.at)) return *reason;
    const auto vendor = find_party(scene_, EntityKind::vendor, sum.at);
    if (has_claim_of(vendor)) return {"further-figure", {}};
    return {"not-tied", {}};
  }

  void explain_sentence(std::size_t s) {
    const TokenRange range = scene_.tokens_of(s);
    if (items_in(scene_.parties, range).empty() || told_.contains(span_of_sentence(s).start)) {
      return;
    }
    const CueHit* noun = strong_noun(range);
    const CueHit* hit = noun != nullptr ? noun : scene_.first_cue(range, CueKind::act);
    if (hit != nullptr) {
      add("deal", words_of(*hit), why_no_deal(s, *hit, noun != nullptr));
      return;
    }
    // "The agency might buy software from Acme": the two sides, and no word that is one of deals.
    const auto parties = items_in(scene_.parties, range);
    const auto is_of_first_kind = [&](const Party& party) {
      return party.fact->kind == parties.front().fact->kind;
    };
    if (std::ranges::all_of(parties, is_of_first_kind)) return;
    const CueHit* hedge = scene_.first_cue(range, CueKind::hedge);
    add("deal", {parties.front().at.first, parties.back().at.end},
        hedge != nullptr ? Reason{"hedged", words_of(*hedge)} : Reason{"no-deal-words", {}});
  }

  [[nodiscard]] Reason why_no_deal(std::size_t s, const CueHit& hit, bool is_strong) const {
    const TokenRange range = scene_.tokens_of(s);
    if (const auto doubt = words_of_doubt(scene_, words_of(hit))) return {"hedged", *doubt};
    if (!is_strong) {
      if (const CueHit* hedge = hedge_before(hit)) return {"hedged", words_of(*hedge)};
    }
    if (const auto* sum = foreign_sum(range)) return {"foreign-sum", sum->at};
    if (const auto reason = why_private(s, words_of(hit))) return *reason;
    if (const auto reason = why_no_party(s, words_of(hit))) return *reason;
    const auto hedge = std::ranges::find_if(
        scene_.cues_in(range), [](const CueHit& cue) { return cue.is(CueKind::hedge); });
    if (hedge != scene_.cues_in(range).end()) return {"hedged", words_of(*hedge)};
    return {"not-tied", {}};
  }

  // A noun that is always one for a deal; verbs count before weak ones.
  [[nodiscard]] const CueHit* strong_noun(TokenRange range) const {
    for (const CueHit& hit : scene_.cues_in(range)) {
      if (hit.is(CueKind::noun) && hit.cue->detail.starts_with("strong")) return &hit;
    }
    return nullptr;
  }

  [[nodiscard]] const CueHit* hedge_before(const CueHit& act) const {
    return is_hedged(scene_, act)
               ? scene_.last_cue(
                     {scene_.tokens_of(scene_.prose.sentence_of(act.first)).first, act.first},
                     CueKind::hedge)
               : nullptr;
  }

  [[nodiscard]] const Placed<MoneyMention>* foreign_sum(TokenRange range) const {
    for (const auto& sum : items_in(scene_.sums, range)) {
      if (sum.fact->role != Role::contract && sum.fact->role != Role::other) return &sum;
    }
    return nullptr;
  }

  [[nodiscard]] std::optional<Reason> why_private(std::size_t s, TokenRange anchor) const {
    const auto buyer = private_buyers_.find(scene_.prose.sentences()[s].paragraph);
    const bool has_both = find_party(scene_, EntityKind::vendor, anchor) &&
                          find_party(scene_, EntityKind::agency, anchor);
    if (buyer == private_buyers_.end() || has_both) return std::nullopt;
    return Reason{"private-buyer", words_of(*buyer->second)};
  }

  // Which side is missing, and why the name that stands there is none.
  [[nodiscard]] std::optional<Reason> why_no_party(std::size_t s, TokenRange anchor) const {
    const bool has_vendor = names(EntityKind::vendor);
    const bool has_agency = names(EntityKind::agency);
    if (!has_vendor && !has_agency) return Reason{"no-parties", {}};
    if (!find_party(scene_, EntityKind::vendor, anchor)) {
      if (const auto reason = why_beside(s)) return reason;
      if (!has_vendor) return Reason{"no-vendor", {}};
    }
    const auto agency = find_party(scene_, EntityKind::agency, anchor);
    if (agency && agency->party->is_oversight) return Reason{"oversight", agency->party->at};
    if (!agency && !has_agency) return Reason{"no-buyer", {}};
    for (const EntityKind kind : {EntityKind::vendor, EntityKind::agency}) {
      const auto party = find_party(scene_, kind, anchor);
      if (party && is_in_other_clause(scene_, *party->party, anchor)) {
        return Reason{"other-clause", party->party->at};
      }
    }
    if (!agency) return Reason{"no-buyer", {}};
    if (!find_party(scene_, EntityKind::vendor, anchor)) return Reason{"no-vendor", {}};
    return std::nullopt;
  }

  // "unlike X", "X had sued".
  [[nodiscard]] std::optional<Reason> why_beside(std::size_t s) const {
    for (const Party& party : items_in(scene_.parties, scene_.tokens_of(s))) {
      if (party.fact->kind != EntityKind::vendor) continue;
      if (party.is_rival) return Reason{"rival", party.at};
      if (party.is_beaten) return Reason{"beaten", party.at};
    }
    return std::nullopt;
  }

  [[nodiscard]] bool names(EntityKind kind) const {
    return std::ranges::any_of(scene_.parties,
                               [kind](const Party& party) { return party.fact->kind == kind; });
  }

  [[nodiscard]] bool has_claim_of(const std::optional<Choice>& vendor) const {
    return std::ranges::any_of(claims_, [&](const Claim& claim) {
      return claim.value && (!vendor || claim.vendor == vendor->party->fact->name);
    });
  }

  [[nodiscard]] Span span_of_sentence(std::size_t s) const {
    const Sentence& sentence = scene_.prose.sentences()[s];
    return scene_.prose.span_of_bytes(sentence.begin, sentence.end);
  }

  PassedOver& add(std::string what, TokenRange at, const Reason& reason) {
    PassedOver& passed = passed_.emplace_back();
    passed.what = std::move(what);
    passed.text = scene_.prose.words(at.first, at.end);
    passed.span = scene_.prose.span_of_tokens(at.first, at.end);
    passed.rule = reason.rule;
    if (reason.by.first < reason.by.end) {
      passed.by = scene_.prose.words(reason.by.first, reason.by.end);
      passed.by_span = scene_.prose.span_of_tokens(reason.by.first, reason.by.end);
    }
    return passed;
  }

  const DealScene& scene_;
  const std::vector<Claim>& claims_;
  std::set<std::size_t> values_;                         // where the sums of claims begin
  std::set<std::size_t> told_;                           // where the sentences of claims begin
  std::map<std::size_t, const CueHit*> private_buyers_;  // by paragraph, the first words for one
  std::vector<PassedOver> passed_;
};

}  // namespace

std::vector<PassedOver> find_passed_deals(const Prose& prose, const Facts& facts,
                                          std::vector<CueHit> cues) {
  const DealScene scene{prose,       facts.mentions,  facts.money,
                        facts.dates, facts.durations, std::move(cues)};
  return DealExplainer{scene, facts.claims}.explain();
}

}  // namespace stakeout
