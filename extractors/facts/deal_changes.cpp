#include "extractors/facts/deal_changes.h"

#include <algorithm>
#include <optional>

#include "extractors/facts/deal_wording.h"

namespace stakeout {
namespace {

constexpr std::size_t joint_reach = 4;   // "to a new total of $15 million"
constexpr std::size_t parted_reach = 7;  // "$15 million on Monday, up from about $12 million"
constexpr std::size_t verb_reach = 14;   // "raised its contract with Acme from $3 million to"
constexpr std::size_t noun_reach = 4;

// The last word of a list among the `reach` tokens before `token`, and behind `limit`.
std::optional<std::size_t> word_before(const DealScene& scene, std::size_t token, DealWord list,
                                       std::size_t reach, std::size_t limit) {
  const TokenRange lead = before(scene, token, reach);
  for (std::size_t i = lead.end; i > std::max(lead.first, limit); --i) {
    if (scene.is_word(i - 1, list)) return i - 1;
    if (scene.is_word(i - 1, DealWord::clause_break)) return std::nullopt;
  }
  return std::nullopt;
}

bool has_word(const DealScene& scene, TokenRange range, DealWord list) {
  for (std::size_t i = range.first; i < range.end; ++i) {
    if (scene.is_word(i, list)) return true;
  }
  return false;
}

bool are_alike(const Placed<MoneyMention>& a, const Placed<MoneyMention>& b) {
  return a.fact->role == Role::contract && b.fact->role == Role::contract &&
         a.fact->money.currency() == b.fact->money.currency();
}

// "from FORMER to LATER": nothing but a few words parts the two.
bool is_from_to(const DealScene& scene, const Placed<MoneyMention>& former,
                const Placed<MoneyMention>& later) {
  if (!are_alike(former, later) || later.at.first < former.at.end) return false;
  if (later.at.first - former.at.end > joint_reach) return false;
  const bool is_joined = scene.is_word(former.at.end, DealWord::change_to);
  return is_joined &&
         word_before(scene, former.at.first, DealWord::change_from, joint_reach - 1, 0).has_value();
}

// "to LATER from FORMER", "LATER, up from FORMER".
bool is_to_from(const DealScene& scene, const Placed<MoneyMention>& later,
                const Placed<MoneyMention>& former) {
  if (!are_alike(former, later) || former.at.first < later.at.end) return false;
  if (former.at.first - later.at.end > parted_reach) return false;
  const auto from =
      word_before(scene, former.at.first, DealWord::change_from, joint_reach - 1, later.at.end);
  if (!from) return false;
  return has_word(scene, {later.at.end, *from}, DealWord::change_side) ||
         word_before(scene, later.at.first, DealWord::change_to, joint_reach, 0).has_value();
}

}  // namespace

const Placed<MoneyMention>* value_before(const DealScene& scene, const Placed<MoneyMention>& sum) {
  const auto sums = items_in(scene.sums, scene.tokens_of(sum.sentence));
  const auto place = static_cast<std::size_t>(&sum - sums.data());
  if (place > 0 && is_from_to(scene, sums[place - 1], sum)) return &sums[place - 1];
  if (place + 1 < sums.size() && is_to_from(scene, sum, sums[place + 1])) return &sums[place + 1];
  return nullptr;
}

bool is_value_before(const DealScene& scene, const Placed<MoneyMention>& sum) {
  const auto sums = items_in(scene.sums, scene.tokens_of(sum.sentence));
  const auto place = static_cast<std::size_t>(&sum - sums.data());
  return (place > 0 && value_before(scene, sums[place - 1]) == &sum) ||
         (place + 1 < sums.size() && value_before(scene, sums[place + 1]) == &sum);
}

TokenRange change_to(const DealScene& scene, const Placed<MoneyMention>& sum) {
  std::size_t from = sum.at.first;
  // "has won a $2 million contract": an article.
  while (from > 0 && scene.is_word(from - 1, DealWord::indefinite)) --from;
  const auto to = word_before(scene, from, DealWord::change_to, joint_reach, 0);
  if (!to || !items_in(scene.parties, {*to, sum.at.first}).empty()) return {};
  if (has_word(scene, {*to + 1, from}, DealWord::vendor_preposition)) return {};
  const auto verb = word_before(scene, *to, DealWord::change_verb, verb_reach, 0);
  if (!verb || has_hedge(scene, before(scene, *verb, noun_reach))) return {};
  return {*verb, *verb + 1};
}

TokenRange modification_to(const DealScene& scene, const Placed<MoneyMention>& sum) {
  const TokenRange sentence = scene.tokens_of(sum.sentence);
  const CueHit* noun = scene.last_cue({sentence.first, sum.at.first}, CueKind::noun);
  if (noun == nullptr || !is_definite(scene, *noun)) return {};
  if (!items_in(scene.parties, sentence).empty()) return {};
  for (std::size_t i = sentence.first; i < noun->first; ++i) {
    // Parted by a clause: not "the modification of the contract is worth".
    if (scene.is_word(i, DealWord::modification) &&
        has_word(scene, {i + 1, noun->first}, DealWord::clause_mark) &&
        !has_hedge(scene, {sentence.first, i}))
      return {i, i + 1};
  }
  return {};
}

bool is_of_deal_beside(const DealScene& scene, const Placed<MoneyMention>& sum) {
  constexpr std::size_t reach = 4;  // "the first agreement, of $2 million"
  const CueHit* noun = scene.last_cue(before(scene, sum.at.first, reach), CueKind::noun);
  if (noun == nullptr) return false;
  const TokenRange lead = before(scene, noun->first, 2);
  if (!has_word(scene, lead, DealWord::definite) && !has_word(scene, lead, DealWord::own)) {
    return false;
  }
  const bool is_other = has_word(scene, lead, DealWord::other_deal) ||
                        scene.has_cue({lead.first, noun->first}, CueKind::another);
  if (!is_other) return false;
  // What the sentence is about: a deal that it names as known, in a clause before.
  const TokenRange clause{scene.tokens_of(sum.sentence).first, lead.first};
  const CueHit* subject = scene.first_cue(clause, CueKind::noun);
  constexpr std::size_t lead_reach = 7;  // "The one-year training contract"
  return subject != nullptr &&
         has_word(scene, before(scene, subject->first, lead_reach), DealWord::definite) &&
         has_word(scene, {subject->end, lead.first}, DealWord::clause_mark);
}

bool is_step(const DealScene& scene, const Placed<MoneyMention>& sum) {
  const std::size_t to = sum.at.end;
  const TokenRange next = after(scene, to, 1);
  if (next.first == next.end || !scene.is_word(to, DealWord::step)) return false;
  // "to its $12 million contract": the words of a sum do not count.
  std::size_t reach = noun_reach;
  for (const auto& other : items_in(scene.sums, after(scene, to, noun_reach))) {
    if (other.at.first == to + 1) return false;  // "$5 million to $7 million"
    reach += other.at.end - other.at.first;
  }
  return scene.has_cue(after(scene, to, reach), CueKind::noun);
}

}  // namespace stakeout
