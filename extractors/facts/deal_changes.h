#pragma once

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_scene.h"

namespace stakeout {

// What a sentence says of a value that changed: "raised from $12 million to $15 million".

// What the value was before it became this sum, or null: "from $12 million to $15 million", "to
// $15 million, up from $12 million".
[[nodiscard]] const Placed<MoneyMention>* value_before(const DealScene& scene,
                                                       const Placed<MoneyMention>& sum);

// Another sum of the sentence has taken its place: the $12 million of "from $12 million to $15
// million".
[[nodiscard]] bool is_value_before(const DealScene& scene, const Placed<MoneyMention>& sum);

// The words by which a value became this sum, whatever it was before: "increased to"; empty when
// there are none, or when they tell of a plan.
[[nodiscard]] TokenRange change_to(const DealScene& scene, const Placed<MoneyMention>& sum);

// "Under the modification of May 3, the contract is worth $15 million": the words that say so of
// the deal that the text was speaking of; empty when there are none.
[[nodiscard]] TokenRange modification_to(const DealScene& scene, const Placed<MoneyMention>& sum);

// "The one-year contract was signed on the day on which it ratified the first agreement of $2
// million": the sum is that of a deal which the sentence only mentions, beside the one that it is
// about.
[[nodiscard]] bool is_of_deal_beside(const DealScene& scene, const Placed<MoneyMention>& sum);

// "added $2 million to its $12 million contract": the sum is a step up, not the value of the
// contract.
[[nodiscard]] bool is_step(const DealScene& scene, const Placed<MoneyMention>& sum);

}  // namespace stakeout
