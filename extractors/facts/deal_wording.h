#pragma once

#include <vector>

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_scene.h"

namespace stakeout {

// What the words of a sentence say about the deal, the sum or the name in it. The questions that
// the rules for deals (deals.h) are made of; every one looks at one sentence.

// How many words the sentence has besides the sum; none: it is an item of a list.
[[nodiscard]] std::size_t words_beside(const DealScene& scene, const Placed<MoneyMention>& sum);

// The word for a deal, or the verb, that stands nearest in the sentence; empty when there is none.
[[nodiscard]] TokenRange words_about_deal(const DealScene& scene, TokenRange sum);

// What makes the sum a part of a deal's value, or null.
[[nodiscard]] const CueHit* part_cue(const DealScene& scene, const Placed<MoneyMention>& sum);

// "; while the ministry looked on": a word that opens another clause stands between them.
[[nodiscard]] bool is_in_other_clause(const DealScene& scene, const Party& party,
                                      TokenRange anchor);

// The words since the last sum or the start of the sentence say that this is a further deal.
[[nodiscard]] bool is_another(const DealScene& scene, const Deal& deal);

// "the old one had been worth": the sum is that of a deal before the one told.
[[nodiscard]] bool is_former_deal(const DealScene& scene, const Deal& deal);

// Between the two sums of one sentence there is a deal word or a year of the second's own.
[[nodiscard]] bool stands_apart(const DealScene& scene, TokenRange a, TokenRange b);

// A word in the range takes the force of what follows: "could", "not"; the month in "on May 5" does
// not.
[[nodiscard]] bool has_hedge(const DealScene& scene, TokenRange range);

// What the verb tells has not happened, or is not known to have: "could buy", "how much it paid".
[[nodiscard]] bool is_hedged(const DealScene& scene, const CueHit& act);

// "never paid", "did not ask": what the verb tells did not happen.
[[nodiscard]] bool is_negated(const DealScene& scene, const CueHit& verb);

// "Acme, whose offer of $2 million": the sum is that of one who lost or was replaced.
[[nodiscard]] bool is_losers_sum(const DealScene& scene, const Placed<MoneyMention>& sum);

// A sentence without a name speaks of a deal: it has a word for one, tells how one stands, or
// points back to a side of it.
[[nodiscard]] bool goes_on_about_deal(const DealScene& scene, TokenRange sentence);

[[nodiscard]] bool has_own_date(const DealScene& scene, TokenRange sentence);

// "a $5 million contract", "contracts": no pointing back.
[[nodiscard]] bool has_new_noun(const DealScene& scene, TokenRange anchor, TokenRange sentence);

// "the one-year agreement", "its contract": speaks of a deal told before.
[[nodiscard]] bool is_definite(const DealScene& scene, const CueHit& noun);

// A fine, a round of funding, ...: the verb is about that.
[[nodiscard]] bool has_other_sum(const DealScene& scene, TokenRange range);

// A fine or sales: what the sentence tells is not a deal, though it may name one.
[[nodiscard]] bool has_foreign_sum(const DealScene& scene, TokenRange range);

// "It has a contract with ..."
[[nodiscard]] bool has_pronoun(const DealScene& scene, TokenRange range);

// "the company", "also", "the contract", "its": the sentence goes on about what was told before.
[[nodiscard]] bool points_back(const DealScene& scene, TokenRange range);

// The subject of a verb of buying is a name of two words and more that no mention covers: "San
// Francisco police bought".
[[nodiscard]] bool has_unknown_buyer(const DealScene& scene, TokenRange range);

// The subject of a verb of selling or signing is a name that no mention covers: "Nordlicht won".
[[nodiscard]] bool has_unknown_winner(const DealScene& scene, TokenRange range);

// A preposition governs a name that no mention covers, or something else than was told of: "a deal
// with Talleres", "firmó con Talleres Unidos", "für ein anderes Produkt".
[[nodiscard]] bool has_unknown_seller(const DealScene& scene, TokenRange range);

[[nodiscard]] bool names_vendor(const DealScene& scene, TokenRange range);

// The party and those of its kind in one list with it: "with A, B and C".
[[nodiscard]] std::vector<const Party*> listed_with(const DealScene& scene, const Party& party);

// "The review of the contract ended on": what ends is what held the deal up. `cue` tells of an end.
[[nodiscard]] bool ends_a_halt(const DealScene& scene, const CueHit& cue);

[[nodiscard]] bool is_ended(const DealScene& scene, TokenRange range);

}  // namespace stakeout
