#include "extractors/facts/deals.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "extractors/facts/deal_changes.h"
#include "extractors/facts/deal_days.h"
#include "extractors/facts/deal_doubts.h"
#include "extractors/facts/deal_parties.h"
#include "extractors/facts/deal_sides.h"
#include "extractors/facts/deal_wording.h"

namespace stakeout {
namespace {

// A name this far from the word for the deal, with nothing to tie them, may still be its party.
constexpr int loose_link = -10;
constexpr int only_agency_link = -20;
// How far back the deal may stand whose winner a sentence names.
constexpr std::size_t winner_sentences = 4;

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

bool was_ever_worth(const Deal& deal, const Money& money) {
  return nearly_same(deal.sum->value->money, money) ||
         std::ranges::any_of(deal.former_sums, [&](const MoneyMention* former) {
           return nearly_same(former->money, money);
         });
}

bool overlap(const PartialDate& a, const PartialDate& b) {
  return a.first_day() <= b.last_day() && b.first_day() <= a.last_day();
}

// Two deals with one sum: signed in different years, or on different days with different agencies.
bool are_told_apart(const Deal& a, const Deal& b) {
  if (!a.told_day || !b.told_day || overlap(*a.told_day, *b.told_day)) return false;
  return a.told_day->year() != b.told_day->year() || !may_be_same(a.agency, b.agency);
}

// How far from the word for the deal an agency may stand: further when it is the only one.
int agency_limit(const DealScene& scene, TokenRange range) {
  std::size_t agencies = 0;
  for (const Party& party : items_in(scene.parties, range)) {
    if (party.fact->kind == EntityKind::agency) ++agencies;
  }
  return agencies == 1 ? only_agency_link : loose_link;
}

class DealFinder {
 public:
  DealFinder(const DealScene& scene, std::vector<Deal>& deals)
      : scene_{scene}, focus_{scene}, deals_{deals} {}

  void run() {
    std::vector<bool> taken(scene_.sentence_count, false);
    for (const Deal& deal : deals_) {
      for (const std::size_t s : deal.sentences) taken[s] = true;
    }
    for (std::size_t s = 0; s < taken.size() && !is_full(); ++s) {
      if (!taken[s] && !scene_.is_correction(s)) read_sentence(s);
    }
    fill_in_yearly_sums();
    drop_unfinished(scene_, deals_);
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
    if (is_losers_sum(scene_, sum) || was_never_paid(sum, range)) return false;
    if (is_value_before(scene_, sum) || is_of_deal_beside(scene_, sum)) return false;
    if (words_of_doubt(scene_, sum.at)) return false;
    Deal deal = deal_at(sum.sentence, sum.at);
    deal.sum = {sum.fact, sum.at, "contract-sum", words_about_deal(scene_, sum.at)};
    deal.told_day = day_beside(scene_, sum.at);
    const bool named = add_parties(deal);
    read_change(sum, deal);
    if (Deal* known = deal_with_sum(deal)) {
      join(*known, deal);
      return true;
    }
    const CueHit* part = part_of(sum, deal);
    // "with a ceiling of $5 million" is the value of a deal that has no other.
    const bool is_part = is_step(scene_, sum) ||
                         (part != nullptr && (part->cue->detail != "ceiling" || has_value(deal)) &&
                          !(part->cue->detail == "former" && is_former_deal(scene_, deal)));
    if (!is_part && change_known(deal)) return true;
    if (is_part && part != nullptr && part->cue->detail == "yearly" &&
        yearly_.size() < DealScene::most_deals) {
      yearly_.push_back(deal);
      yearly_.back().sum->rule = "yearly-sum";
    }
    if (Deal* open = open_deal(deal, named)) {
      if (!is_part) {
        open->sum = deal.sum;
        open->changed = deal.changed;
        open->told_day = deal.told_day;
        open->anchor = deal.anchor;
        open->sentence = deal.sentence;
        join(*open, deal);
      }
      return true;
    }
    constexpr std::size_t most_in_fragment = 4;  // "Price: $5 million, tax excluded."
    const std::size_t words = words_beside(scene_, sum);
    const bool is_item = words == 0;
    const bool is_fragment = words <= most_in_fragment;
    // "It raised $400 million and bought a rival for $186 million."
    if (!named && has_other_sum(scene_, range)) return false;
    if (is_part || (!named && !is_fragment && !goes_on_about_deal(scene_, range))) return false;
    if (!is_item && repeats(deal, named)) return false;
    add_shared(deal);
    return true;
  }

  // "raised from $12 million to $15 million"
  void read_change(const Placed<MoneyMention>& sum, Deal& deal) const {
    const auto* former = value_before(scene_, sum);
    TokenRange words = change_to(scene_, sum);
    if (words.first == words.end) words = modification_to(scene_, sum);
    if (former != nullptr) deal.former_sums = {former->fact};
    if (words.first < words.end) {
      deal.changed = words;
    } else if (former != nullptr && !scene_.has_cue(scene_.tokens_of(sum.sentence), CueKind::act)) {
      // Not "awarded a $15 million contract, up from $12 million last year".
      deal.changed = {former->at.first - 1, former->at.first};
    }
    if (deal.changed) deal.sum->rule = "changed-value";
  }

  // What makes the sum a part of a value, but for words that only tell of its change.
  [[nodiscard]] const CueHit* part_of(const Placed<MoneyMention>& sum, const Deal& deal) const {
    const CueHit* part = part_cue(scene_, sum);
    if (part == nullptr || deal.former_sums.empty()) return part;
    const auto* former = value_before(scene_, sum);
    const bool is_about_change = part->first < sum.at.first || part->end <= former->at.first;
    return is_about_change && part->cue->detail != "ceiling" ? nullptr : part;
  }

  // The value of a deal told before has become this one.
  bool change_known(const Deal& deal) {
    if (!deal.changed || is_another(scene_, deal)) return false;
    const auto known = std::find_if(deals_.rbegin(), deals_.rend(), [&](const Deal& other) {
      if (other.is_notice || !other.sum || !same_name(other.vendor, deal.vendor)) return false;
      if (!may_be_same(other.agency, deal.agency)) return false;
      return deal.former_sums.empty() ||
             nearly_same(other.sum->value->money, deal.former_sums.front()->money);
    });
    if (known == deals_.rend()) return false;
    add_former(*known, known->sum->value);
    known->sum = deal.sum;
    known->changed = deal.changed;
    join(*known, deal);
    return true;
  }

  // "The agency never paid Acme the $2 million", and nothing of a deal that is refused.
  [[nodiscard]] bool was_never_paid(const Placed<MoneyMention>& sum, TokenRange range) const {
    const CueHit* act = scene_.first_cue({range.first, sum.at.first}, CueKind::act);
    return act != nullptr && act->cue->detail == "buyer signed" && is_negated(scene_, *act) &&
           !scene_.has_cue(range, CueKind::state);
  }

  // A deal of the same vendor has been told with a sum, in this sentence or the one before.
  [[nodiscard]] bool has_value(const Deal& deal) const {
    return std::any_of(deals_.rbegin(), deals_.rend(), [&](const Deal& known) {
      return known.sum && !known.is_notice && known.sentence + 1 >= deal.sentence &&
             same_name(known.vendor, deal.vendor) && may_be_same(known.agency, deal.agency);
    });
  }

  // A shared award gives each of the vendors in one list a deal of its own.
  void add_shared(const Deal& deal) {
    add(deal);
    if (!deal.vendor || scene_.prose.sentence_of(deal.vendor->at.first) != deal.sentence) return;
    for (const Party& party : items_in(scene_.parties, deal.vendor->at)) {
      for (const Party* other : listed_with(scene_, party)) {
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

  [[nodiscard]] static Deal deal_at(std::size_t sentence, TokenRange anchor) {
    Deal deal;
    deal.sentence = sentence;
    deal.anchor = anchor;
    deal.sentences = {sentence};
    return deal;
  }

  // Fills in vendor and agency; true when the sentence itself names one of them.
  bool add_parties(Deal& deal) {
    const auto vendor = party_by(EntityKind::vendor, deal.anchor);
    const auto agency = party_by(EntityKind::agency, deal.anchor);
    if (vendor) deal.vendor = to_found(*vendor);
    if (agency && !(agency->party->is_oversight && agency->score < 0)) {
      deal.agency = to_found(*agency);
    }
    const bool named = vendor || deal.agency;
    for (const EntityKind kind : {EntityKind::vendor, EntityKind::agency}) {
      auto& party = kind == EntityKind::vendor ? deal.vendor : deal.agency;
      if (party) continue;
      const auto focus = focus_.find(kind, deal.sentence, deals_);
      if (focus && is_told_before(*focus, deal) && !speaks_of_others(scene_, deal, *focus)) {
        party = to_found(*focus);
      }
    }
    return named;
  }

  // The party that the words around the anchor name; none that only stands in another clause.
  [[nodiscard]] std::optional<Choice> party_by(EntityKind kind, TokenRange anchor) const {
    auto choice = find_party(scene_, kind, anchor);
    if (choice && is_in_other_clause(scene_, *choice->party, anchor) &&
        (is_near(*choice) || choice->party->at.first > anchor.first)) {
      choice.reset();
    }
    return choice;
  }

  // Not in the same sentence behind the words for the deal.
  [[nodiscard]] static bool is_told_before(const Choice& focus, const Deal& deal) {
    return focus.party->sentence != deal.sentence || focus.party->at.first < deal.anchor.first;
  }

  Deal* deal_with_sum(const Deal& deal) {
    for (Deal& known : deals_) {
      if (!known.is_notice && known.sum && was_ever_worth(known, deal.sum->value->money) &&
          !are_told_apart(known, deal) &&
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
    if (is_another(scene_, deal)) return nullptr;
    for (auto known = deals_.rbegin(); known != deals_.rend(); ++known) {
      if (known->is_notice || known->sum) continue;
      if (!may_be_same(known->vendor, deal.vendor)) continue;
      if (named && !may_be_same(known->agency, deal.agency)) continue;
      return &*known;
    }
    return nullptr;
  }

  // A price for each year stands for the value of a deal that has no other; where its vendor has no
  // deal yet, it is one.
  void fill_in_yearly_sums() {
    for (const Deal& yearly : yearly_) {
      const bool is_known = std::ranges::any_of(
          deals_, [&](const Deal& deal) { return may_be_same(deal.vendor, yearly.vendor); });
      const bool tells_agency =
          yearly.agency && !is_guess(yearly.agency) && yearly.agency->rule != "nearest-name";
      const bool tells_vendor = yearly.vendor && (!is_guess(yearly.vendor) || tells_agency);
      if (!is_known && tells_vendor && has_noun_by(scene_, yearly)) add(yearly);
      for (Deal& deal : deals_) {
        const bool speaks_of_it = std::ranges::binary_search(deal.sentences, yearly.sentence);
        if (deal.sum || !speaks_of_it || !may_be_same(deal.vendor, yearly.vendor)) continue;
        deal.sum = yearly.sum;
        break;
      }
    }
  }

  // A second figure for a deal that has one: "the contract", in a sentence without names or with a
  // deal of the same parties before it, and no word of a further deal.
  [[nodiscard]] bool repeats(const Deal& deal, bool named) const {
    if (is_another(scene_, deal)) return false;
    const TokenRange sentence = scene_.tokens_of(deal.sentence);
    for (auto known = deals_.rbegin(); known != deals_.rend(); ++known) {
      if (known->is_notice || !same_name(known->vendor, deal.vendor)) continue;
      if (known->sentence == deal.sentence) {
        return !stands_apart(scene_, known->anchor, deal.anchor) &&
               may_be_same(known->agency, deal.agency);
      }
      return !named && !has_own_date(scene_, sentence) &&
             !has_new_noun(scene_, deal.anchor, sentence);
    }
    return false;
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
    // "wants to know how much the agency has spent on Acme".
    if (noun == nullptr && act != nullptr && is_hedged(scene_, *act)) return;
    if (noun == nullptr && act == nullptr) return;
    if (has_foreign_sum(scene_, range)) return;
    if (noun != nullptr && words_of_doubt(scene_, {noun->first, noun->end})) return;
    const bool strong = noun != nullptr && noun->cue->detail.starts_with("strong");
    const CueHit& hit = noun != nullptr && (strong || act == nullptr) ? *noun : *act;
    read_pair(s, hit, strong, act != nullptr);
  }

  void read_pair(std::size_t s, const CueHit& hit, bool strong, bool has_act) {
    const TokenRange anchor{hit.first, hit.end};
    const TokenRange range = scene_.tokens_of(s);
    auto vendor = find_party(scene_, EntityKind::vendor, anchor);
    auto agency = find_party(scene_, EntityKind::agency, anchor);
    const bool refers =
        scene_.has_cue(range, CueKind::vendor_ref) || scene_.has_cue(range, CueKind::both_ref);
    if (vendor && vendor->score < loose_link) return;
    const bool explicit_vendor = vendor.has_value();
    if (vendor && !agency && name_winner(s, *vendor)) return;
    if (vendor && !agency && !strong && goes_to(hit) && vendor->score >= firm_link) {
      agency = focus_.find(EntityKind::agency, s, deals_);
      if (agency) agency->score = firm_link;
    }
    const bool firm_agency = agency && agency->rule == "preposition";
    if (!vendor && (refers || (strong && firm_agency && has_pronoun(scene_, range))) &&
        !names_vendor(scene_, range)) {
      vendor = focus_.find(EntityKind::vendor, s, deals_);
    }
    if (!vendor) return;
    if (!agency && strong && scene_.has_cue(range, CueKind::agency_ref)) {
      agency = focus_.find(EntityKind::agency, s, deals_);
      if (agency) agency->score = firm_link;
    }
    const bool agency_firm =
        agency && !agency->party->is_oversight &&
        agency->score >= (explicit_vendor ? agency_limit(scene_, range) : firm_link);
    if (!strong &&
        (!agency || is_near(*vendor) || is_near(*agency) || has_other_sum(scene_, range)))
      return;
    const bool ended = explicit_vendor && strong && is_ended(scene_, range);
    if (!(agency_firm && (strong || has_act)) && !ended) return;
    Deal deal = deal_at(s, anchor);
    deal.vendor = to_found(*vendor);
    if (!agency_firm) {
      add_pair(std::move(deal), true);
      return;
    }
    const bool points_back = is_definite(scene_, hit);
    // "with A, B and C": one deal for each of the buyers, else for each of the sellers.
    const auto buyers = listed_with(scene_, *agency->party);
    for (const Party* party : buyers) {
      Deal one = deal;
      one.agency = to_found({party, agency->score, agency->rule});
      add_pair(std::move(one), points_back);
    }
    if (buyers.size() > 1 || !explicit_vendor) return;
    for (const Party* party : listed_with(scene_, *vendor->party)) {
      if (party == vendor->party) continue;
      Deal one = deal;
      one.vendor = to_found({party, vendor->score, "shared-award"});
      one.agency = to_found({agency->party, agency->score, agency->rule});
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

  // "It has gone to X": with the vendor the act makes a deal of the agency spoken of.
  [[nodiscard]] static bool goes_to(const CueHit& act) {
    return act.is(CueKind::act) && act.cue->detail == "deal awarded";
  }

  // Chosen for nearness alone.
  [[nodiscard]] static bool is_near(const Choice& choice) { return choice.rule == "nearest-name"; }

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

  static void add_former(Deal& deal, const MoneyMention* sum) {
    constexpr std::size_t most = 8;
    if (deal.former_sums.size() < most) deal.former_sums.push_back(sum);
  }

  static void join(Deal& known, const Deal& more) {
    if (!known.vendor || (more.vendor && is_guess(known.vendor) && !is_guess(more.vendor))) {
      known.vendor = more.vendor;
    }
    if (!known.agency) known.agency = more.agency;
    if (!known.changed) known.changed = more.changed;
    if (!more.former_sums.empty()) add_former(known, more.former_sums.front());
    if (known.sentences.back() < more.sentence) known.sentences.push_back(more.sentence);
  }

  const DealScene& scene_;
  PartyFocus focus_;
  std::vector<Deal>& deals_;
  std::vector<Deal> yearly_;  // told by a price for each year
};

}  // namespace

void find_deals(const DealScene& scene, std::vector<Deal>& deals) {
  DealFinder{scene, deals}.run();
}

}  // namespace stakeout
