#pragma once

#include <optional>
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
// Notes as well every state that is reported, with the day of it where a date stands by the word
// for it: "on October 8 the agency sent out a stop-work order". Days after `published` are left
// out.
//
// The deals have to be sorted by their sentences and anchors, and to have their days.
void add_status(const DealScene& scene, const std::optional<PartialDate>& published,
                std::vector<Deal>& deals);

}  // namespace stakeout
