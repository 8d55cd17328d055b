#include "extractors/facts/deal_sides.h"

#include <algorithm>
#include <cstdint>
#include <unordered_set>

#include "extractors/facts/deal_wording.h"

namespace stakeout {
namespace {

// Tells of a deal whether the text says enough of its two sides.
class SideCheck {
 public:
  explicit SideCheck(const DealScene& scene) : scene_{scene} {
    for (const CueHit& hit : scene.cues) {
      if (hit.is(CueKind::private_buyer)) private_paragraphs_.insert(paragraph_of(hit.first));
    }
    std::unordered_set<std::uint32_t> vendors;
    for (const Party& party : scene.parties) {
      if (party.fact->kind == EntityKind::vendor) vendors.insert(party.name);
    }
    vendor_names_ = vendors.size();
  }

  [[nodiscard]] bool is_unfinished(const Deal& deal) const {
    if (deal.is_notice) return false;
    if (is_private(deal)) return true;
    if (deal.vendor && !deal.agency) {
      const bool is_told =
          deal.sum ? is_sale(deal) : is_ended(scene_, scene_.tokens_of(deal.sentence));
      return !is_told;
    }
    if (deal.vendor) return false;
    return !deal.agency || !deal.sum || !has_noun_by(scene_, deal) ||
           deal.agency->rule == "nearest-name";
  }

 private:
  // A shop, a studio, a club: with no public body in the text, or no vendor, it is their own deal.
  [[nodiscard]] bool is_private(const Deal& deal) const {
    if (deal.vendor && deal.agency) return false;
    return private_paragraphs_.contains(scene_.prose.sentences()[deal.sentence].paragraph);
  }

  [[nodiscard]] std::uint32_t paragraph_of(std::size_t token) const {
    return scene_.prose.sentences()[scene_.prose.sentence_of(token)].paragraph;
  }

  // Without a buyer a sum beside a vendor is a deal only where the words call it one and tie the
  // vendor to it, and where no other company stands there as the one that pays.
  [[nodiscard]] bool is_sale(const Deal& deal) const {
    if (deal.vendor->rule == "nearest-name") return false;
    const TokenRange range = scene_.tokens_of(deal.sentence);
    // "It extended the city's contract": of the only vendor that the text names.
    if (is_guess(deal.vendor)) {
      return vendor_names_ == 1 && scene_.has_cue(range, CueKind::agency_ref) &&
             has_noun_by(scene_, deal);
    }
    return (has_noun_by(scene_, deal) || is_bought_by_place(deal)) && !has_partner(deal);
  }

  // "Springfield agreed to pay $2 million to Acme. The council ...": a buyer's verb, and a public
  // body without a name here or in the next sentence.
  [[nodiscard]] bool is_bought_by_place(const Deal& deal) const {
    const auto buys = [](const CueHit& hit) {
      return hit.is(CueKind::act) && hit.cue->detail == "buyer signed";
    };
    const TokenRange range = scene_.tokens_of(deal.sentence);
    if (std::ranges::none_of(scene_.cues_in(range), buys)) return false;
    if (scene_.has_cue(range, CueKind::agency_ref)) return true;
    const std::size_t next = deal.sentence + 1;
    return next < scene_.sentence_count &&
           paragraph_of(range.first) == scene_.prose.sentences()[next].paragraph &&
           scene_.has_cue(scene_.tokens_of(next), CueKind::agency_ref);
  }

  // "Acme signed a deal with Bolt": a company before the verb, and the vendor behind it.
  [[nodiscard]] bool has_partner(const Deal& deal) const {
    const std::size_t sentence = deal.sentence;
    for (const Party& party : items_in(scene_.parties, scene_.tokens_of(sentence))) {
      const bool is_other = party.fact->kind == EntityKind::vendor &&
                            party.fact->name != deal.vendor->value.name &&
                            party.at.first < deal.vendor->at.first;
      if (is_other && scene_.has_cue({party.at.end, deal.vendor->at.first}, CueKind::act)) {
        return true;
      }
    }
    return false;
  }

  const DealScene& scene_;
  std::unordered_set<std::uint32_t> private_paragraphs_;  // that speak of a private buyer
  std::size_t vendor_names_ = 0;
};

}  // namespace

bool is_guess(const std::optional<Found<DealParty>>& party) {
  return party && party->rule == in_focus;
}

bool has_noun_by(const DealScene& scene, const Deal& deal) {
  constexpr std::size_t beside = 4;
  for (const CueHit& hit : scene.cues_in(scene.tokens_of(deal.sentence))) {
    if (!hit.is(CueKind::noun)) continue;
    const TokenRange gap = gap_between({hit.first, hit.end}, deal.anchor);
    if (hit.cue->detail.starts_with("strong") || gap.end - gap.first <= beside) return true;
  }
  return false;
}

void drop_unfinished(const DealScene& scene, std::vector<Deal>& deals) {
  const SideCheck sides{scene};
  std::erase_if(deals, [&](const Deal& deal) { return sides.is_unfinished(deal); });
}

}  // namespace stakeout
