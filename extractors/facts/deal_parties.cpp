#include "extractors/facts/deal_parties.h"

#include <algorithm>
#include <string>

#include "extractors/facts/deal_wording.h"

namespace stakeout {
namespace {

constexpr std::size_t preposition_reach = 6;
constexpr std::size_t noun_reach = 4;
constexpr std::size_t forward_sentences = 2;
// What makes a name the one that a text is speaking of: how often it is named, and how near.
constexpr int focus_mentions = 6;
constexpr int focus_last_sentence = 5;
constexpr int focus_same_paragraph = 3;
constexpr std::ptrdiff_t focus_names = 1000;
// How many words a verb may stand before a name or behind it, and how long a verb's cue may be.
constexpr std::size_t verb_reach_before = 15;
constexpr std::size_t verb_reach_behind = 12;
constexpr std::size_t far_verb_reach = 30;
constexpr std::size_t subject_start = 8;  // behind a dateline
constexpr std::size_t longest_verb = 40;

// "Acme's new partner": speaks of something else that Acme has.
bool is_owner(const DealScene& scene, const Party& party) {
  const TokenRange next = after(scene, party.at.end, 1);
  return next.first < next.end &&
         (scene.is_mark(next.first, "'s") || scene.is_mark(next.first, "'"));
}

// "from Acme's landlord": not from Acme. A vendor's own units are Acme.
bool owns_something_else(const DealScene& scene, const Party& party) {
  if (party.fact->kind != EntityKind::vendor || !is_owner(scene, party)) return false;
  const TokenRange behind = after(scene, party.at.end + 1, 3);
  if (scene.has_cue(behind, CueKind::noun)) return false;
  for (std::size_t i = behind.first; i < behind.end; ++i) {
    if (scene.is_word(i, DealWord::company_noun)) return false;
  }
  return items_in(scene.sums, behind).empty();
}

// The preposition that governs a name: "with the Israeli spyware seller X".
std::optional<TokenRange> preposition_of(const DealScene& scene, const Party& party) {
  if (owns_something_else(scene, party)) return std::nullopt;
  const DealWord list = party.fact->kind == EntityKind::vendor ? DealWord::vendor_preposition
                                                               : DealWord::agency_preposition;
  const TokenRange range = before(scene, party.at.first, preposition_reach);
  for (std::size_t i = range.end; i > range.first; --i) {
    const std::size_t token = i - 1;
    if (scene.is_word(token, list)) return TokenRange{token, token + 1};
    const bool is_joint =
        scene.is_mark(token, "-") || scene.is_mark(token, "(") || scene.is_mark(token, "'");
    if (scene.prose.tokens()[token].kind != TokenKind::word && !is_joint) break;
    if (scene.is_word(token, DealWord::topic_preposition)) break;
    if (scene.has_cue({token, token + 1}, CueKind::act)) break;
  }
  return std::nullopt;
}

// "X's contract", "an X contract", "X ($5 million)".
std::optional<TokenRange> noun_behind(const DealScene& scene, const Party& party) {
  const TokenRange range = after(scene, party.at.end, noun_reach);
  if (range.first == range.end) return std::nullopt;
  const bool possessive = (scene.is_mark(range.first, "'s") || scene.is_mark(range.first, "'"));
  const CueHit* noun = scene.first_cue(range, CueKind::noun);
  if (noun == nullptr || !(possessive || noun->first <= party.at.end + 1)) return std::nullopt;
  return TokenRange{noun->first, noun->end};
}

struct Side {
  int score = 0;
  TokenRange by = {};
};

TokenRange words_of(const CueHit& hit) {
  return {hit.first, hit.end};
}

// "Acme Inc., a maker of software with offices in four countries, said that it had won": the verb
// of a subject that no other name parts from it.
const CueHit* far_verb(const DealScene& scene, const Party& party, TokenRange sentence) {
  const TokenRange behind{party.at.end, std::min(party.at.end + far_verb_reach, sentence.end)};
  const CueHit* verb = scene.first_cue(behind, CueKind::act);
  if (verb == nullptr || party.at.first > sentence.first + subject_start) return nullptr;
  const auto between = items_in(scene.parties, {party.at.end, verb->first});
  const bool has_it = verb->cue->words.back().folded == "it";  // "said that the agency picked it"
  const auto parts = [&](const Party& other) {
    return !has_it || other.fact->kind == party.fact->kind;
  };
  return std::ranges::none_of(between, parts) ? verb : nullptr;
}

// Points for standing on the side of a verb where its kind belongs, for the verb nearest to it.
Side side_of(const DealScene& scene, const Party& party, TokenRange sentence) {
  const std::string_view own = party.fact->kind == EntityKind::vendor ? "seller" : "buyer";
  const std::string_view other = own == "seller" ? "buyer" : "seller";
  const TokenRange behind{party.at.end, std::min(party.at.end + verb_reach_behind, sentence.end)};
  const CueHit* next = scene.first_cue(behind, CueKind::act);
  if (next == nullptr) next = far_verb(scene, party, sentence);
  const bool is_vendor = party.fact->kind == EntityKind::vendor;
  if (next != nullptr && !(is_vendor && is_owner(scene, party))) {
    if (next->cue->detail.starts_with(own)) return {20, words_of(*next)};
    if (next->cue->detail.starts_with("both")) return {15, words_of(*next)};
  }
  // Either side may end, stop or renew a deal.
  if (const CueHit* state = scene.first_cue(behind, CueKind::state)) return {15, words_of(*state)};
  const TokenRange lead = before(scene, party.at.first, verb_reach_before + longest_verb);
  const CueHit* last = scene.last_cue(lead, CueKind::act);
  if (last != nullptr && party.at.first < last->end + verb_reach_before) {
    if (last->cue->detail.starts_with(other)) return {20, words_of(*last)};
    if (last->cue->detail.starts_with("both") || last->cue->detail.starts_with("deal")) {
      return {10, words_of(*last)};
    }
  }
  return {};
}

}  // namespace

Choice link_score(const DealScene& scene, const Party& party, TokenRange anchor) {
  const TokenRange sentence = scene.tokens_of(party.sentence);
  const TokenRange gap = gap_between(party.at, anchor);
  Choice choice{&party, -static_cast<int>(std::min<std::size_t>(gap.end - gap.first, 60)),
                "nearest-name"};
  choice.score -= 25 * static_cast<int>(scene.count_semicolons(gap));
  const auto count = [&](int points, std::string_view rule, TokenRange by) {
    choice.score += points;
    choice.rule = rule;
    choice.by = by;
  };
  const Side side = side_of(scene, party, sentence);
  if (side.score > 0) count(side.score, "side-of-verb", side.by);
  if (const auto noun = noun_behind(scene, party)) count(20, "name-before-noun", *noun);
  if (const auto preposition = preposition_of(scene, party)) {
    // "$2 million with X": the preposition alone stands between.
    const bool is_beside = party.at.first > anchor.end && gap.end - gap.first <= 1;
    count(is_beside ? 35 : 20, "preposition", *preposition);
  }
  if (party.is_oversight) choice.score -= 30;
  if (party.is_enumerated && choice.rule != "side-of-verb") choice.score -= 15;
  return choice;
}

std::optional<Choice> find_party(const DealScene& scene, EntityKind kind, TokenRange anchor) {
  const std::size_t sentence = scene.prose.sentence_of(anchor.first);
  std::optional<Choice> best;
  for (const Party& party : items_in(scene.parties, scene.tokens_of(sentence))) {
    if (party.fact->kind != kind || party.is_rival || party.is_beaten) continue;
    Choice choice = link_score(scene, party, anchor);
    if (!best || choice.score > best->score) best = choice;
  }
  return best;
}

PartyFocus::PartyFocus(const DealScene& scene) : scene_{scene} {
  for (const EntityKind kind : {EntityKind::vendor, EntityKind::agency}) {
    std::vector<int>& counts = counts_[static_cast<std::size_t>(kind)];
    counts.resize(scene.name_count());
    for (const Party& party : scene.parties) {
      counts[party.name] += fits(party, kind) ? 2 : party.is_rival ? -1 : 0;
    }
  }
}

std::optional<Choice> PartyFocus::find(EntityKind kind, std::size_t sentence,
                                       const std::vector<Deal>& deals) {
  count_deals(kind, sentence, deals, 2);
  const auto best = best_of(kind, sentence);
  count_deals(kind, sentence, deals, -2);
  return best;
}

std::optional<Choice> PartyFocus::best_of(EntityKind kind, std::size_t sentence) const {
  const std::vector<int>& counts = counts_[static_cast<std::size_t>(kind)];
  const auto& sentences = scene_.prose.sentences();
  const auto behind = std::ranges::upper_bound(scene_.parties, sentence, {}, &Party::sentence);
  const auto first =
      behind - std::min<std::ptrdiff_t>(behind - scene_.parties.begin(), focus_names);
  std::optional<Choice> best;
  for (auto party = first; party != behind; ++party) {
    if (!fits(*party, kind)) continue;
    int score = std::min(counts[party->name], focus_mentions);
    if (party->sentence + 1 >= sentence) {
      score += focus_last_sentence;
    } else if (sentences[party->sentence].paragraph == sentences[sentence].paragraph) {
      score += focus_same_paragraph;
    }
    if (is_owner(scene_, *party)) --score;
    // Of equals the later sentence counts, and in one sentence its subject.
    const bool is_better = !best || score > best->score ||
                           (score == best->score && party->sentence > best->party->sentence);
    if (is_better) best = Choice{&*party, score, in_focus};
  }
  for (auto party = behind;
       !best && party != scene_.parties.end() && party->sentence <= sentence + forward_sentences;
       ++party) {
    if (fits(*party, kind)) best = Choice{&*party, 0, "named-after"};
  }
  if (best) best->score = 0;
  return best;
}

void PartyFocus::count_deals(EntityKind kind, std::size_t sentence, const std::vector<Deal>& deals,
                             int points) {
  std::vector<int>& counts = counts_[static_cast<std::size_t>(kind)];
  for (const Deal& deal : deals) {
    const auto& party = kind == EntityKind::vendor ? deal.vendor : deal.agency;
    if (!party || party->rule == in_focus || deal.sentence > sentence) continue;
    if (party->value.name_id) counts[*party->value.name_id] += points;
  }
}

bool PartyFocus::fits(const Party& party, EntityKind kind) {
  return party.fact->kind == kind && !party.is_rival && !party.is_beaten && !party.is_oversight &&
         !party.is_enumerated;
}

bool speaks_of_others(const DealScene& scene, const Deal& deal, const Choice& focus) {
  if (focus.party->sentence > deal.sentence) {
    const TokenRange later = scene.tokens_of(focus.party->sentence);
    return std::ranges::any_of(items_in(scene.parties, later), [&](const Party& party) {
      return party.fact->kind == EntityKind::agency && deal.agency &&
             party.fact->name != deal.agency->value.name;
    });
  }
  const TokenRange sentence = scene.tokens_of(deal.sentence);
  if (focus.party->fact->kind == EntityKind::agency) return has_unknown_buyer(scene, sentence);
  if (has_unknown_winner(scene, sentence)) return true;
  if (points_back(scene, sentence)) return false;
  return has_unknown_buyer(scene, sentence) || has_unknown_seller(scene, sentence);
}

Found<DealParty> to_found(const Choice& choice) {
  const Party& party = *choice.party;
  return {{party.fact->name, party.fact->listed, party.name},
          party.at,
          std::string{choice.rule},
          choice.by};
}

}  // namespace stakeout
