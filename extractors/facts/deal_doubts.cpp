#include "extractors/facts/deal_doubts.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace stakeout {
namespace {

constexpr std::string_view until_rule = "until-cue";  // of data/deal_dates.tsv
constexpr std::size_t object_reach = 9;  // "did not sign the new five-year, $5 million contract"
constexpr std::size_t group_reach = 7;   // "a lucrative new $5 million contract"
constexpr std::size_t phrase_reach = 3;  // how far before one of its words a phrase may begin

const CueHit* cue_at(const DealScene& scene, std::size_t token, CueKind kind) {
  const CueHit* hit = scene.last_cue({token - std::min(token, phrase_reach), token + 1}, kind);
  return hit != nullptr && hit->end > token ? hit : nullptr;
}

bool makes_deal(const DealScene& scene, std::size_t token) {
  return scene.is_word(token, DealWord::deal_infinitive) ||
         cue_at(scene, token, CueKind::act) != nullptr;
}

// "not signed until May"
bool comes_later(const DealScene& scene, std::size_t negation) {
  const TokenRange rest = after(scene, negation + 1, DealScene::most_tokens);
  for (const CueHit& hit : scene.cues_in(rest)) {
    if (hit.is(CueKind::day) && hit.cue->rule == until_rule) return true;
  }
  return false;
}

// "has not signed", but not "should not have signed" or "did not sign it until May".
bool negates(const DealScene& scene, std::size_t token) {
  if (!scene.is_word(token, DealWord::negation) || comes_later(scene, token)) return false;
  const TokenRange lead = before(scene, token, 1);
  return lead.first == lead.end || !scene.is_word(lead.first, DealWord::reproach);
}

// "denied", but not "did not deny".
bool denies(const DealScene& scene, std::size_t token) {
  if (!scene.is_word(token, DealWord::denies)) return false;
  const TokenRange lead = before(scene, token, 1);
  return lead.first == lead.end || !scene.is_word(lead.first, DealWord::negation);
}

// "has yet to sign"
bool is_yet_to(const DealScene& scene, std::size_t token) {
  const TokenRange next = after(scene, token + 1, 1);
  return scene.is_mark(token, "yet") && next.first < next.end && scene.is_mark(next.first, "to");
}

template <class Item>
bool is_covered(const std::vector<Item>& items, std::size_t token) {
  const TokenRange near{token - std::min(token, object_reach), token + 1};
  return std::ranges::any_of(items_in(items, near),
                             [&](const Item& item) { return item.at.contains(token); });
}

// What may stand between a verb and what tells that it did not happen.
bool is_filler(const DealScene& scene, std::size_t token) {
  for (const DealWord list :
       {DealWord::doubt_filler, DealWord::perfect, DealWord::pluperfect, DealWord::passive,
        DealWord::pronoun, DealWord::indefinite, DealWord::definite}) {
    if (scene.is_word(token, list)) return true;
  }
  return false;
}

bool ends_object(const DealScene& scene, std::size_t token) {
  for (const DealWord list :
       {DealWord::conjunction, DealWord::clause_mark, DealWord::relative, DealWord::circumstance}) {
    if (scene.is_word(token, list)) return true;
  }
  return false;
}

// The first token of the verb whose object is the deal, in the words before it; `anchor.first`
// where there is none.
std::size_t verb_before(const DealScene& scene, TokenRange anchor) {
  const TokenRange lead = before(scene, anchor.first, object_reach);
  for (std::size_t i = lead.end; i > lead.first; --i) {
    const std::size_t token = i - 1;
    if (const CueHit* act = cue_at(scene, token, CueKind::act)) return act->first;
    if (scene.is_word(token, DealWord::deal_infinitive)) return token;
    const bool is_mark_of_adjectives = scene.is_mark(token, ",");
    if (ends_object(scene, token) && !is_mark_of_adjectives) break;
  }
  return anchor.first;
}

// Where the words for a deal begin that was not told of before: "a lucrative new $5 million
// contract", not "its $5 million contract".
std::optional<std::size_t> start_of_new(const DealScene& scene, TokenRange anchor) {
  const TokenRange lead = before(scene, anchor.first, group_reach);
  for (std::size_t i = lead.end; i > lead.first; --i) {
    if (scene.is_word(i - 1, DealWord::indefinite)) return i - 1;
    const bool points_back =
        scene.is_word(i - 1, DealWord::own) ||
        (scene.is_word(i - 1, DealWord::definite) && !scene.is_word(i - 1, DealWord::of));
    if (points_back) return std::nullopt;
    if (ends_object(scene, i - 1)) break;
  }
  return anchor.first;
}

// "No new $5 million contract has been signed", but not "in no event exceed $5 million".
std::optional<TokenRange> no_before(const DealScene& scene, TokenRange anchor) {
  const TokenRange lead = before(scene, anchor.first, group_reach);
  std::size_t words = 0;  // beside a sum
  for (std::size_t i = lead.end; i > lead.first && words < 2; --i) {
    if (scene.is_mark(i - 1, "no")) return TokenRange{i - 1, i};
    if (!is_covered(scene.sums, i - 1)) ++words;
  }
  return std::nullopt;
}

// The word of doubt that rules the words from `from` on. `has_verb`: these are a verb of deals.
std::optional<TokenRange> doubt_before(const DealScene& scene, std::size_t from, bool has_verb) {
  const TokenRange lead = before(scene, from, object_reach + object_reach);
  for (std::size_t i = lead.end; i > lead.first; --i) {
    const std::size_t token = i - 1;
    const TokenRange word{token, token + 1};
    if (scene.is_word(token, DealWord::expects)) return word;
    if (has_verb && (denies(scene, token) || is_yet_to(scene, token) || negates(scene, token))) {
      return word;
    }
    const bool goes_on =
        is_filler(scene, token) ||
        (has_verb && (is_covered(scene.parties, token) || makes_deal(scene, token)));
    if (!goes_on) return std::nullopt;
  }
  return std::nullopt;
}

// "expect a $5 million contract"; "a possible $5 million contract", of which no verb says that it
// came about.
std::optional<TokenRange> doubt_of_new(const DealScene& scene, TokenRange anchor) {
  const auto first = start_of_new(scene, anchor);
  if (!first) return std::nullopt;
  if (const auto doubt = doubt_before(scene, *first, false)) return doubt;
  if (scene.has_cue(after(scene, anchor.end, object_reach), CueKind::act)) return std::nullopt;
  for (std::size_t i = *first; i < anchor.first; ++i) {
    if (scene.is_word(i, DealWord::expects)) return TokenRange{i, i + 1};
  }
  return std::nullopt;
}

bool has_act_before(const DealScene& scene, TokenRange anchor) {
  return scene.has_cue(before(scene, anchor.first, DealScene::most_tokens), CueKind::act);
}

// "A $5 million contract with X was not awarded"
std::optional<TokenRange> doubt_behind(const DealScene& scene, TokenRange anchor) {
  const TokenRange rest = after(scene, anchor.end, object_reach + object_reach);
  for (std::size_t i = rest.first; i < rest.end; ++i) {
    const bool breaks = scene.is_word(i, DealWord::clause_mark) ||
                        scene.is_word(i, DealWord::relative) || makes_deal(scene, i);
    if (breaks) return std::nullopt;
    if (!negates(scene, i)) continue;
    std::size_t verb = i + 1;
    while (verb < rest.end && is_filler(scene, verb)) ++verb;
    if (verb >= rest.end || !makes_deal(scene, verb)) return std::nullopt;
    return TokenRange{i, i + 1};
  }
  return std::nullopt;
}

}  // namespace

std::optional<TokenRange> words_of_doubt(const DealScene& scene, TokenRange anchor) {
  if (const auto none = no_before(scene, anchor)) return none;
  const std::size_t verb = verb_before(scene, anchor);
  if (verb < anchor.first) return doubt_before(scene, verb, true);
  if (const auto doubt = doubt_of_new(scene, anchor)) return doubt;
  return has_act_before(scene, anchor) ? std::nullopt : doubt_behind(scene, anchor);
}

}  // namespace stakeout
