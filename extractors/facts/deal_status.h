#pragma once

#include <vector>

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_scene.h"

namespace stakeout {

// Fills in the status of every deal that has none: the last state that the sentences about it
// report. Where they report several, the one that presupposes the others is the last: a stop is
// lifted after it was ordered, a contract is cancelled after it was signed, and an order to stop
// work outranks the review that it serves. What only could or should happen reports nothing. A deal
// that is spoken of as existing is signed.
//
// The deals have to be sorted by their sentences.
void add_status(const DealScene& scene, std::vector<Deal>& deals);

}  // namespace stakeout
