#pragma once

#include <vector>

#include "extractors/facts/deal_cues.h"
#include "extractors/text/prose.h"
#include "extractors/values/facts.h"
#include "extractors/values/passed_over.h"

namespace stakeout {

// The sums that are the value of no claim, and the sentences that name a party and speak of a deal
// (a word or a verb for one) and belong to no claim; with the rule that kept each out. In the order
// of the text.
//
// It looks at the finished claims and asks the questions of deals.h once more, in their order, so
// that a rule added there needs its answer here; what no question explains is "not-tied". For
// people who ask why, not for every text: it builds a scene of its own. `facts` and `cues` are
// those of the same prose.
[[nodiscard]] std::vector<PassedOver> find_passed_deals(const Prose& prose, const Facts& facts,
                                                        std::vector<CueHit> cues);

}  // namespace stakeout
