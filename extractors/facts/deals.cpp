#include "extractors/facts/deals.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "extractors/facts/deal_parties.h"

namespace stakeout {
namespace {

// A name this far from the word for the deal, with nothing to tie them, may still be its party.
constexpr int loose_link = -10;
constexpr int only_agency_link = -20;
// How far back the deal may stand whose winner a sentence names.
constexpr std::size_t winner_sentences = 4;
constexpr std::size_t part_reach_before = 5;
constexpr std::size_t part_reach_after = 6;

bool same_name(const std::optional<Found<DealParty>>& a, const std::optional<Found<DealParty>>& b) {
  return a && b && a->value.name == b->value.name;
}

// One side may not be known; two known ones have to be the same.
bool may_be_same(const std::optional<Found<DealParty>>& a,
                 const std::optional<Found<DealParty>>& b) {
  return !a || !b || same_name(a, b);
}

// The same sum, or the same rounded: "$2 million" and "$1,999,394".
bool nearly_same(const Money& a, const Money& b) {
  if (a.currency() != b.currency()) return false;
  const std::int64_t low = std::min(a.low(), b.low());
  const std::int64_t high = std::max(a.low(), b.low());
  return high - low <= high / 200;
}

// Not named in the sentence that tells the deal.
bool is_guess(const std::optional<Found<DealParty>>& party) {
  return party && party->rule == in_focus;
}

class DealFinder {
 public:
  DealFinder(const DealScene& scene, std::vector<Deal>& deals)
      : scene_{scene}, focus_{scene}, deals_{deals} {
    for (const CueHit& hit : scene.cues) {
      if (hit.is(CueKind::private_buyer)) private_paragraphs_.insert(paragraph_of(hit.first));
    }
  }

  void run() {
    std::vector<bool> taken(scene_.sentence_count, false);
    for (const Deal& deal : deals_) {
      for (const std::size_t s : deal.sentences) taken[s] = true;
    }
    for (std::size_t s = 0; s < taken.size() && !is_full(); ++s) {
      if (!taken[s]) read_sentence(s);
    }
    fill_in_yearly_sums();
    drop_unfinished();
  }

 private:
  [[nodiscard]] bool is_full() const { return deals_.size() >= DealScene::most_deals; }

  void add(Deal deal) {
    if (!is_full()) deals_.push_back(std::move(deal));
  }

  void read_sentence(std::size_t s) {
    const TokenRange range = scene_.tokens_of(s);
    bool has_sum = false;
    for (const auto& sum : items_in(scene_.sums, range)) {
      if (sum.fact->role == Role::contract) has_sum = read_sum(sum) || has_sum;
    }
    if (!has_sum) read_pairs(s);
  }

  // True when the sum is that of a deal, told now or before.
  bool read_sum(const Placed<MoneyMention>& sum) {
    const TokenRange range = scene_.tokens_of(sum.sentence);
    const bool is_about_deal =
        scene_.has_cue(range, CueKind::noun) || scene_.has_cue(range, CueKind::act) ||
        scene_.has_cue(range, CueKind::state) || scene_.has_cue(range, CueKind::another);
    Deal deal = deal_at(sum.sentence, sum.at);
    deal.sum = {sum.fact, sum.at, "contract-sum"};
    const bool named = add_parties(deal);
    if (Deal* known = deal_with_sum(deal)) {
      join(*known, deal);
      return true;
    }
    const CueHit* part = part_cue(sum);
    const bool is_part = part != nullptr;
    if (is_part && part->cue->detail == "yearly" && yearly_.size() < DealScene::most_deals) {
      yearly_.push_back(deal);
    }
    if (Deal* open = open_deal(deal, named)) {
      if (!is_part) {
        open->sum = deal.sum;
        join(*open, deal);
      }
      return true;
    }
    const bool is_item = is_list_item(sum);
    if (is_part || (!is_about_deal && !named && !is_item)) return false;
    if (!is_item && repeats(deal, named)) return false;
    add_shared(deal);
    return true;
  }

  // A shared award gives each of the vendors in one list a deal of its own.
  void add_shared(const Deal& deal) {
    add(deal);
    if (!deal.vendor || scene_.prose.sentence_of(deal.vendor->at.first) != deal.sentence) return;
    for (const Party& party : items_in(scene_.parties, deal.vendor->at)) {
      for (const Party* other : listed_with(party)) {
        const bool is_new = std::none_of(deals_.begin(), deals_.end(), [&](const Deal& known) {
          return known.sum && known.sum->value == deal.sum->value && known.vendor &&
                 known.vendor->value.name == other->fact->name;
        });
        if (!is_new) continue;
        Deal shared = deal;
        shared.vendor = to_found({other, 0, "shared-award"});
        add(std::move(shared));
      }
    }
  }

  // A line of a list that holds a sum and no other word.
  [[nodiscard]] bool is_list_item(const Placed<MoneyMention>& sum) const {
    const TokenRange line = scene_.tokens_of(sum.sentence);
    for (std::size_t i = line.first; i < line.end; ++i) {
      if (!sum.at.contains(i) && scene_.prose.tokens()[i].kind == TokenKind::word) return false;
    }
    return true;
  }

  [[nodiscard]] static Deal deal_at(std::size_t sentence, TokenRange anchor) {
    Deal deal;
    deal.sentence = sentence;
    deal.anchor = anchor;
    deal.sentences = {sentence};
    return deal;
  }

  // Fills in vendor and agency; true when the sentence itself names one of them.
  bool add_parties(Deal& deal) {
    const auto vendor = find_party(scene_, EntityKind::vendor, deal.anchor);
    const auto agency = find_party(scene_, EntityKind::agency, deal.anchor);
    if (vendor) deal.vendor = to_found(*vendor);
    if (agency && !(agency->party->is_oversight && agency->score < 0)) {
      deal.agency = to_found(*agency);
    }
    const bool named = vendor || deal.agency;
    if (!deal.vendor) {
      const auto focus = focus_.find(EntityKind::vendor, deal.sentence, deals_);
      if (focus) deal.vendor = to_found(*focus);
    }
    if (!deal.agency) {
      const auto focus = focus_.find(EntityKind::agency, deal.sentence, deals_);
      if (focus) deal.agency = to_found(*focus);
    }
    return named;
  }

  Deal* deal_with_sum(const Deal& deal) {
    for (Deal& known : deals_) {
      if (!known.is_notice && known.sum &&
          nearly_same(known.sum->value->money, deal.sum->value->money) &&
          (may_be_same(known.vendor, deal.vendor) ||
           ((is_guess(known.vendor) || is_guess(deal.vendor)) &&
            may_be_same(known.agency, deal.agency)))) {
        return &known;
      }
    }
    return nullptr;
  }

  // A deal told before without a sum, which this sum completes.
  Deal* open_deal(const Deal& deal, bool named) {
    if (is_another(deal)) return nullptr;
    for (auto known = deals_.rbegin(); known != deals_.rend(); ++known) {
      if (known->is_notice || known->sum) continue;
      if (!may_be_same(known->vendor, deal.vendor)) continue;
      if (named && !may_be_same(known->agency, deal.agency)) continue;
      return &*known;
    }
    return nullptr;
  }

  // What makes the sum a part of a deal's value, or null.
  [[nodiscard]] const CueHit* part_cue(const Placed<MoneyMention>& sum) const {
    const CueHit* behind =
        scene_.first_cue(after(scene_, sum.at.end, part_reach_after), CueKind::part);
    if (behind != nullptr) return behind;
    return scene_.last_cue(before(scene_, sum.at.first, part_reach_before), CueKind::part);
  }

  // A price for each year stands for the value of a deal that has no other.
  void fill_in_yearly_sums() {
    for (const Deal& yearly : yearly_) {
      for (Deal& deal : deals_) {
        const bool speaks_of_it = std::ranges::binary_search(deal.sentences, yearly.sentence);
        if (deal.sum || !speaks_of_it || !may_be_same(deal.vendor, yearly.vendor)) continue;
        deal.sum = yearly.sum;
        deal.sum->rule = "yearly-sum";
        break;
      }
    }
  }

  // The words since the last sum or the start of the sentence say that this is a further deal.
  [[nodiscard]] bool is_another(const Deal& deal) const {
    const TokenRange sentence = scene_.tokens_of(deal.sentence);
    std::size_t from = sentence.first;
    for (const auto& sum : items_in(scene_.sums, {sentence.first, deal.anchor.first})) {
      from = sum.at.end;
    }
    return scene_.has_cue({from, deal.anchor.first}, CueKind::another);
  }

  // A second figure for a deal that has one: "the contract", in a sentence without names or with a
  // deal of the same parties before it, and no word of a further deal.
  [[nodiscard]] bool repeats(const Deal& deal, bool named) const {
    if (is_another(deal)) return false;
    const TokenRange sentence = scene_.tokens_of(deal.sentence);
    for (auto known = deals_.rbegin(); known != deals_.rend(); ++known) {
      if (known->is_notice || !same_name(known->vendor, deal.vendor)) continue;
      if (known->sentence == deal.sentence) {
        return !stands_apart(known->anchor, deal.anchor) && may_be_same(known->agency, deal.agency);
      }
      return !named && !has_own_date(sentence) && !has_new_noun(deal.anchor, sentence);
    }
    return false;
  }

  // Between the two sums of one sentence there is a deal word or a year of the second's own.
  [[nodiscard]] bool stands_apart(TokenRange a, TokenRange b) const {
    const TokenRange gap = gap_between(a, b);
    const TokenRange reach{gap.first, after(scene_, std::max(a.end, b.end), 4).end};
    return scene_.has_cue(gap, CueKind::act) || scene_.has_cue(gap, CueKind::noun) ||
           !items_in(scene_.dates, reach).empty();
  }

  [[nodiscard]] bool has_own_date(TokenRange sentence) const {
    return !items_in(scene_.dates, sentence).empty();
  }

  // "a $5 million contract", "contracts": no pointing back.
  [[nodiscard]] bool has_new_noun(TokenRange anchor, TokenRange sentence) const {
    const TokenRange lead = before(scene_, anchor.first, 4);
    for (std::size_t i = lead.first; i < lead.end; ++i) {
      if (scene_.is_word(i, "a an ein einen eine un une una um uma een")) return true;
    }
    const CueHit* act = scene_.first_cue(sentence, CueKind::act);
    return act != nullptr && !act->cue->detail.starts_with("deal");
  }

  void read_pairs(std::size_t s) {
    const TokenRange range = scene_.tokens_of(s);
    const CueHit* noun = nullptr;
    for (const CueHit& hit : scene_.cues_in(range)) {
      if (hit.is(CueKind::noun) && (noun == nullptr || hit.cue->detail.starts_with("strong"))) {
        noun = &hit;
      }
    }
    const CueHit* act = scene_.first_cue(range, CueKind::act);
    if (noun == nullptr && act == nullptr) return;
    const CueHit& hit = noun != nullptr ? *noun : *act;
    const bool strong = noun != nullptr && noun->cue->detail.starts_with("strong");
    read_pair(s, hit, strong, act != nullptr);
  }

  void read_pair(std::size_t s, const CueHit& hit, bool strong, bool has_act) {
    const TokenRange anchor{hit.first, hit.end};
    const TokenRange range = scene_.tokens_of(s);
    auto vendor = find_party(scene_, EntityKind::vendor, anchor);
    const auto agency = find_party(scene_, EntityKind::agency, anchor);
    const bool refers =
        scene_.has_cue(range, CueKind::vendor_ref) || scene_.has_cue(range, CueKind::both_ref);
    if (vendor && vendor->score < loose_link) return;
    const bool explicit_vendor = vendor.has_value();
    if (vendor && !agency && name_winner(s, *vendor)) return;
    const bool firm_agency = agency && agency->rule == "preposition";
    if (!vendor && (refers || (strong && firm_agency && has_pronoun(range))) &&
        !names_vendor(range)) {
      vendor = focus_.find(EntityKind::vendor, s, deals_);
    }
    if (!vendor) return;
    const bool agency_firm = agency && !agency->party->is_oversight &&
                             agency->score >= (explicit_vendor ? agency_limit(range) : firm_link);
    if (!strong && (!agency || is_near(*vendor) || is_near(*agency) || has_other_sum(range)))
      return;
    const bool ended = explicit_vendor && strong && is_ended(range);
    if (!(agency_firm && (strong || has_act)) && !ended) return;
    Deal deal = deal_at(s, anchor);
    deal.vendor = to_found(*vendor);
    if (!agency_firm) {
      add_pair(std::move(deal), true);
      return;
    }
    const bool points_back = is_definite(hit);
    for (const Party* party : listed_with(*agency->party)) {
      Deal one = deal;
      one.agency = to_found({party, agency->score, agency->rule});
      add_pair(std::move(one), points_back);
    }
  }

  // "The winner was X", "it went to X": names the vendor of the deal told before, when that
  // sentence did not name one itself.
  bool name_winner(std::size_t s, const Choice& vendor) {
    const CueHit* act = scene_.first_cue(scene_.tokens_of(s), CueKind::act);
    if (act == nullptr || !act->cue->detail.ends_with("awarded") || vendor.score < firm_link) {
      return false;
    }
    for (auto known = deals_.rbegin(); known != deals_.rend(); ++known) {
      if (known->is_notice || known->sentence + winner_sentences < s) continue;
      if (known->vendor && !is_guess(known->vendor)) return false;
      known->vendor = to_found(vendor);
      known->vendor->rule = "named-winner";
      if (known->sentences.back() < s) known->sentences.push_back(s);
      return true;
    }
    return false;
  }

  // "the one-year agreement", "its contract": speaks of a deal told before.
  [[nodiscard]] bool is_definite(const CueHit& noun) const {
    const TokenRange lead = before(scene_, noun.first, 4);
    for (std::size_t i = lead.end; noun.is(CueKind::noun) && i > lead.first; --i) {
      if (scene_.is_word(i - 1, "the this that der die das le la el il lo o")) return true;
      if (scene_.is_word(i - 1, "a an with to of for has have had holds also is are was were , ."))
        return false;
    }
    return false;
  }

  // Chosen for nearness alone.
  [[nodiscard]] static bool is_near(const Choice& choice) { return choice.rule == "nearest-name"; }

  // A fine, a round of funding, ...: the verb is about that.
  [[nodiscard]] bool has_other_sum(TokenRange range) const {
    for (const auto& sum : items_in(scene_.sums, range)) {
      if (sum.fact->role != Role::contract) return true;
    }
    return false;
  }

  // "It has a contract with ..."
  [[nodiscard]] bool has_pronoun(TokenRange range) const {
    return range.first < range.end && scene_.is_word(range.first, "it its they");
  }

  [[nodiscard]] bool names_vendor(TokenRange range) const {
    for (const Party& party : items_in(scene_.parties, range)) {
      if (party.fact->kind == EntityKind::vendor) return true;
    }
    return false;
  }

  // How far from the word for the deal an agency may stand: further when it is the only one.
  [[nodiscard]] int agency_limit(TokenRange range) const {
    std::size_t agencies = 0;
    for (const Party& party : items_in(scene_.parties, range)) {
      if (party.fact->kind == EntityKind::agency) ++agencies;
    }
    return agencies == 1 ? only_agency_link : loose_link;
  }

  // The party and those of its kind in one list with it: "with A, B and C".
  [[nodiscard]] std::vector<const Party*> listed_with(const Party& party) const {
    const auto row = items_in(scene_.parties, scene_.tokens_of(party.sentence));
    std::size_t first = static_cast<std::size_t>(&party - row.data());
    std::size_t last = first;
    const auto goes_on = [&](std::size_t a, std::size_t b) {
      return row[a].fact->kind == row[b].fact->kind && is_listed_with(scene_, row[a], row[b]);
    };
    while (first > 0 && goes_on(first - 1, first)) --first;
    while (last + 1 < row.size() && goes_on(last, last + 1)) ++last;
    // Commas alone part a name from what explains it.
    bool has_conjunction = false;
    for (std::size_t i = row[first].at.end; i < row[last].at.first; ++i) {
      has_conjunction = has_conjunction || scene_.is_word(i, "and & ; or y et und e i en");
    }
    if (!has_conjunction) return {&party};
    std::vector<const Party*> parties;
    for (std::size_t i = first; i <= last; ++i) parties.push_back(&row[i]);
    return parties;
  }

  [[nodiscard]] bool is_ended(TokenRange range) const {
    for (const CueHit& hit : scene_.cues_in(range)) {
      if (hit.is(CueKind::state) && (hit.cue->detail == "cancelled" ||
                                     hit.cue->detail == "denied" || hit.cue->detail == "expired")) {
        return true;
      }
    }
    return false;
  }

  // A pair without a sum: part of a deal with these parties (with this vendor, if it points back)
  // if there is one, else a deal.
  void add_pair(Deal deal, bool points_back) {
    for (auto known = deals_.rbegin(); known != deals_.rend(); ++known) {
      if (known->is_notice || !same_name(known->vendor, deal.vendor)) continue;
      if (points_back || may_be_same(known->agency, deal.agency)) {
        join(*known, deal);
        return;
      }
    }
    add(std::move(deal));
  }

  static void join(Deal& known, const Deal& more) {
    if (!known.vendor || (more.vendor && is_guess(known.vendor) && !is_guess(more.vendor))) {
      known.vendor = more.vendor;
    }
    if (!known.agency) known.agency = more.agency;
    if (known.sentences.back() < more.sentence) known.sentences.push_back(more.sentence);
  }

  // A shop, a studio, a club: with no public body in the text, or no vendor, it is their own deal.
  [[nodiscard]] bool is_private(const Deal& deal) const {
    if (deal.vendor && deal.agency) return false;
    return private_paragraphs_.contains(scene_.prose.sentences()[deal.sentence].paragraph);
  }

  [[nodiscard]] std::uint32_t paragraph_of(std::size_t token) const {
    return scene_.prose.sentences()[scene_.prose.sentence_of(token)].paragraph;
  }

  void drop_unfinished() {
    std::erase_if(deals_, [&](const Deal& deal) {
      if (deal.is_notice) return false;
      if (is_private(deal)) return true;
      if (deal.vendor) {
        return !deal.agency && !deal.sum && !is_ended(scene_.tokens_of(deal.sentence));
      }
      const TokenRange sentence = scene_.tokens_of(deal.sentence);
      return !deal.agency || !deal.sum || !scene_.has_cue(sentence, CueKind::noun) ||
             deal.agency->rule == "nearest-name";
    });
  }

  const DealScene& scene_;
  PartyFocus focus_;
  std::vector<Deal>& deals_;
  std::unordered_set<std::uint32_t> private_paragraphs_;  // that speak of a private buyer
  std::vector<Deal> yearly_;                              // told by a price for each year
};

}  // namespace

void find_deals(const DealScene& scene, std::vector<Deal>& deals) {
  DealFinder{scene, deals}.run();
}

}  // namespace stakeout
