#pragma once

#include <vector>

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_scene.h"

namespace stakeout {

// Adds the deals of running text to `deals`, which may hold those of award notices already; their
// sentences are left alone. A deal comes from
//
//   - a sum with the role of a contract value, in a sentence about a deal, with the parties that
//     the sentence links to it or that the text is speaking of;
//   - without a sum, a vendor and an agency that the words of one sentence tie together;
//   - without an agency or a sum, the end of a vendor's contract.
//
// One record per deal: what repeats a deal (the same sum, or the same parties without a further
// sum) is merged into it.
void find_deals(const DealScene& scene, std::vector<Deal>& deals);

}  // namespace stakeout
