#include "extractors/facts/deal_wording.h"

#include <algorithm>
#include <iterator>

#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t part_reach_before = 5;
constexpr std::size_t part_reach_after = 6;
constexpr std::size_t hedge_reach = 5;
constexpr std::size_t former_reach = 20;

template <class Item>
bool covers(const std::vector<Item>& items, std::size_t token) {
  const auto behind =
      std::ranges::upper_bound(items, token, {}, [](const Item& item) { return item.at.first; });
  return behind != items.begin() && std::prev(behind)->at.contains(token);
}

// A word with a capital that is no part of a name that we know, of a date or a sum.
bool is_unknown_name(const DealScene& scene, std::size_t token) {
  if (scene.is_word(token, DealWord::definite)) return false;  // "The Intercept"
  return is_upper(code_point_at(scene.prose.words(token), 0).value) &&
         !covers(scene.parties, token) && !covers(scene.dates, token) && !covers(scene.sums, token);
}

// No article, no pronoun, and no plural as of people.
bool may_be_name(const DealScene& scene, std::size_t token) {
  for (const DealWord list :
       {DealWord::definite, DealWord::indefinite, DealWord::pronoun, DealWord::own}) {
    if (scene.is_word(token, list)) return false;
  }
  return !scene.prose.tokens()[token].folded.ends_with('s');
}

}  // namespace

std::size_t words_beside(const DealScene& scene, const Placed<MoneyMention>& sum) {
  const TokenRange line = scene.tokens_of(sum.sentence);
  std::size_t words = 0;
  for (std::size_t i = line.first; i < line.end; ++i) {
    if (!sum.at.contains(i) && scene.prose.tokens()[i].kind == TokenKind::word) ++words;
  }
  return words;
}

TokenRange words_about_deal(const DealScene& scene, TokenRange sum) {
  TokenRange best;
  std::size_t least = DealScene::most_tokens;
  constexpr std::size_t reach = 60;
  const TokenRange around{before(scene, sum.first, reach).first, after(scene, sum.end, reach).end};
  for (const CueHit& hit : scene.cues_in(around)) {
    if (!hit.is(CueKind::noun) && !hit.is(CueKind::act)) continue;
    const TokenRange gap = gap_between({hit.first, hit.end}, sum);
    if (gap.end - gap.first >= least) continue;
    best = {hit.first, hit.end};
    least = gap.end - gap.first;
  }
  return best;
}

const CueHit* part_cue(const DealScene& scene, const Placed<MoneyMention>& sum) {
  const CueHit* behind = scene.first_cue(after(scene, sum.at.end, part_reach_after), CueKind::part);
  if (behind != nullptr) return behind;
  // "by $3 million to $8 million": words before another sum speak of that one.
  TokenRange lead = before(scene, sum.at.first, part_reach_before);
  for (const auto& other : items_in(scene.sums, lead)) lead.first = other.at.end;
  return scene.last_cue(lead, CueKind::part);
}

bool is_in_other_clause(const DealScene& scene, const Party& party, TokenRange anchor) {
  const TokenRange gap = gap_between(party.at, anchor);
  bool is_open = false;
  for (std::size_t i = gap.first; i < gap.end; ++i) {
    if (scene.is_word(i, DealWord::clause_break)) is_open = true;
    // "Acme, whose shares fell, has won": the comma closes a clause about the name before it.
    const bool is_closed = is_open && scene.is_mark(i, ",") && party.at.end <= gap.first &&
                           gap.first + 1 < i && scene.is_mark(gap.first, ",") &&
                           scene.is_word(gap.first + 1, DealWord::clause_break);
    if (is_closed) is_open = false;
  }
  return is_open;
}

bool is_another(const DealScene& scene, const Deal& deal) {
  const TokenRange sentence = scene.tokens_of(deal.sentence);
  std::size_t from = sentence.first;
  for (const auto& sum : items_in(scene.sums, {sentence.first, deal.anchor.first})) {
    from = sum.at.end;
  }
  return scene.has_cue({from, deal.anchor.first}, CueKind::another);
}

bool is_former_deal(const DealScene& scene, const Deal& deal) {
  const TokenRange lead = before(scene, deal.anchor.first, former_reach);
  const CueHit* cue = scene.last_cue(lead, CueKind::another);
  return cue != nullptr && cue->cue->detail == "former";
}

bool stands_apart(const DealScene& scene, TokenRange a, TokenRange b) {
  const TokenRange gap = gap_between(a, b);
  const TokenRange reach{gap.first, after(scene, std::max(a.end, b.end), 4).end};
  return scene.has_cue(gap, CueKind::act) || scene.has_cue(gap, CueKind::noun) ||
         !items_in(scene.dates, reach).empty();
}

bool has_hedge(const DealScene& scene, TokenRange range) {
  return std::ranges::any_of(scene.cues_in(range), [&](const CueHit& hit) {
    return hit.is(CueKind::hedge) && items_in(scene.dates, {hit.first, hit.end}).empty();
  });
}

bool is_hedged(const DealScene& scene, const CueHit& act) {
  return has_hedge(scene, before(scene, act.first, hedge_reach));
}

bool is_negated(const DealScene& scene, const CueHit& verb) {
  constexpr std::size_t reach = 3;
  const TokenRange lead = before(scene, verb.first, reach);
  for (std::size_t i = lead.first; i < lead.end; ++i) {
    if (scene.is_word(i, DealWord::negation)) return true;
  }
  return false;
}

bool is_losers_sum(const DealScene& scene, const Placed<MoneyMention>& sum) {
  const TokenRange lead{scene.tokens_of(sum.sentence).first, sum.at.first};
  const auto names = items_in(scene.parties, lead);
  const auto is_vendor = [](const Party& party) { return party.fact->kind == EntityKind::vendor; };
  const auto last = std::ranges::find_if(names.rbegin(), names.rend(), is_vendor);
  if (last == names.rend() || !(last->is_rival || last->is_beaten)) return false;
  for (std::size_t i = last->at.end; i < sum.at.first; ++i) {
    if (scene.is_word(i, DealWord::losers_sum)) return true;
  }
  return false;
}

bool goes_on_about_deal(const DealScene& scene, TokenRange sentence) {
  const auto speaks = [](const CueHit& hit) {
    return hit.is(CueKind::noun) || hit.is(CueKind::state) || hit.is(CueKind::another) ||
           hit.is(CueKind::vendor_ref) || hit.is(CueKind::agency_ref) ||
           hit.is(CueKind::both_ref) ||
           (hit.is(CueKind::act) && hit.cue->detail.starts_with("deal"));
  };
  if (std::ranges::any_of(scene.cues_in(sentence), speaks)) return true;
  return has_pronoun(scene, sentence) && scene.has_cue(sentence, CueKind::act);
}

bool has_own_date(const DealScene& scene, TokenRange sentence) {
  return !items_in(scene.dates, sentence).empty();
}

bool has_new_noun(const DealScene& scene, TokenRange anchor, TokenRange sentence) {
  const TokenRange lead = before(scene, anchor.first, 4);
  for (std::size_t i = lead.first; i < lead.end; ++i) {
    if (scene.is_word(i, DealWord::indefinite)) return true;
  }
  const CueHit* act = scene.first_cue(sentence, CueKind::act);
  return act != nullptr && !act->cue->detail.starts_with("deal");
}

bool is_definite(const DealScene& scene, const CueHit& noun) {
  const TokenRange lead = before(scene, noun.first, 4);
  for (std::size_t i = lead.end; noun.is(CueKind::noun) && i > lead.first; --i) {
    if (scene.is_word(i - 1, DealWord::definite)) return true;
    if (scene.is_word(i - 1, DealWord::no_article)) return false;
  }
  return false;
}

bool has_other_sum(const DealScene& scene, TokenRange range) {
  for (const auto& sum : items_in(scene.sums, range)) {
    if (sum.fact->role != Role::contract) return true;
  }
  return false;
}

bool has_foreign_sum(const DealScene& scene, TokenRange range) {
  return std::ranges::any_of(items_in(scene.sums, range), [](const Placed<MoneyMention>& sum) {
    return sum.fact->role == Role::penalty || sum.fact->role == Role::revenue;
  });
}

bool has_pronoun(const DealScene& scene, TokenRange range) {
  return range.first < range.end && scene.is_word(range.first, DealWord::pronoun);
}

bool points_back(const DealScene& scene, TokenRange range) {
  if (has_pronoun(scene, range)) return true;
  for (const CueHit& hit : scene.cues_in(range)) {
    const bool refers = hit.is(CueKind::vendor_ref) || hit.is(CueKind::both_ref) ||
                        hit.is(CueKind::another) || is_definite(scene, hit);
    if (refers) return true;
  }
  for (std::size_t i = range.first; i < range.end; ++i) {
    if (scene.is_word(i, DealWord::own)) return true;
  }
  return false;
}

bool has_unknown_buyer(const DealScene& scene, TokenRange range) {
  const CueHit* act = scene.first_cue(range, CueKind::act);
  if (act == nullptr || !act->cue->detail.starts_with("buyer")) return false;
  const TokenRange subject{range.first, act->first};
  if (!items_in(scene.parties, subject).empty()) return false;
  bool has_name = false;
  for (std::size_t i = subject.first; i < subject.end; ++i) {
    if (scene.is_word(i, DealWord::pronoun)) return false;
    has_name = has_name || (is_unknown_name(scene, i) && is_unknown_name(scene, i + 1));
  }
  return has_name;
}

bool has_unknown_winner(const DealScene& scene, TokenRange range) {
  const CueHit* act = scene.first_cue(range, CueKind::act);
  if (act == nullptr) return false;
  const bool is_sellers =
      act->cue->detail.starts_with("seller") || act->cue->detail.starts_with("both");
  const TokenRange subject{range.first, act->first};
  if (!is_sellers || subject.first == subject.end) return false;
  if (!items_in(scene.parties, subject).empty()) return false;
  for (std::size_t i = subject.first; i < subject.end; ++i) {
    const bool is_subject = i + 1 == subject.end || scene.is_mark(i + 1, ",");
    // The first word has its capital anyway: "Officials signed", "Later, they signed".
    const bool is_name = i > subject.first || may_be_name(scene, i);
    if (is_subject && is_name && is_unknown_name(scene, i)) return true;
  }
  return false;
}

bool has_unknown_seller(const DealScene& scene, TokenRange range) {
  for (std::size_t i = range.first; i + 1 < range.end; ++i) {
    if (scene.is_word(i, DealWord::different)) return true;
    if (!scene.is_word(i, DealWord::vendor_preposition) || !is_unknown_name(scene, i + 1)) continue;
    const bool is_long = i + 2 < range.end && is_unknown_name(scene, i + 2);
    if (is_long || scene.is_word(i, DealWord::name_preposition)) return true;
  }
  return false;
}

bool names_vendor(const DealScene& scene, TokenRange range) {
  for (const Party& party : items_in(scene.parties, range)) {
    if (party.fact->kind == EntityKind::vendor) return true;
  }
  return false;
}

namespace {

// "A, B (BB) and others", behind the last name.
bool ends_with_others(const DealScene& scene, std::size_t end) {
  TokenRange next = after(scene, end, 3);
  if (next.first < next.end && scene.is_mark(next.first, ")")) ++next.first;
  return next.first + 1 < next.end && scene.is_word(next.first, DealWord::conjunction) &&
         scene.is_word(next.first + 1, DealWord::others);
}

}  // namespace

std::vector<const Party*> listed_with(const DealScene& scene, const Party& party) {
  const auto row = items_in(scene.parties, scene.tokens_of(party.sentence));
  std::size_t first = static_cast<std::size_t>(&party - row.data());
  std::size_t last = first;
  const auto goes_on = [&](std::size_t a, std::size_t b) {
    return row[a].fact->kind == row[b].fact->kind && is_listed_with(scene, row[a], row[b]);
  };
  while (first > 0 && goes_on(first - 1, first)) --first;
  while (last + 1 < row.size() && goes_on(last, last + 1)) ++last;
  // Commas alone part a name from what explains it.
  bool has_conjunction = ends_with_others(scene, row[last].at.end);
  for (std::size_t i = row[first].at.end; i < row[last].at.first; ++i) {
    has_conjunction = has_conjunction || scene.is_word(i, DealWord::conjunction);
  }
  if (!has_conjunction) return {&party};
  std::vector<const Party*> parties;
  for (std::size_t i = first; i <= last; ++i) parties.push_back(&row[i]);
  return parties;
}

bool ends_a_halt(const DealScene& scene, const CueHit& cue) {
  constexpr std::size_t reach = 9;  // "The review of the $5 million software contract ended"
  const bool is_end = std::ranges::any_of(cue.cue->words, [](const CueWord& word) {
    return word.folded == "ended" || word.folded == "end" || word.folded == "ends";
  });
  const TokenRange lead = before(scene, cue.first + 1, reach);
  for (std::size_t i = lead.end; is_end && i > lead.first; --i) {
    if (scene.is_word(i - 1, DealWord::halt)) return true;
    if (scene.is_word(i - 1, DealWord::clause_mark)) return false;
  }
  return false;
}

bool is_ended(const DealScene& scene, TokenRange range) {
  for (const CueHit& hit : scene.cues_in(range)) {
    if (hit.is(CueKind::state) &&
        (hit.cue->detail == "cancelled" || hit.cue->detail.ends_with("denied") ||
         hit.cue->detail == "expired")) {
      return true;
    }
  }
  return false;
}

}  // namespace stakeout
