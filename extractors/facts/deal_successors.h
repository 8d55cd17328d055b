#pragma once

#include <optional>
#include <vector>

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_scene.h"

namespace stakeout {

// Adds the planned successor of a deal that the text tells the end of: "It will ask Acme and Bolt
// for offers for a new contract with several vendors." A sentence has to speak of the successor,
// and that one or one of the next two to say who is to offer for it. It is a proposed deal of its
// own, without a sum, with the vendor of the deal before where that one is among those asked, else
// with the first one named. It was told on the day on which the end was, where the text gives that.
// Of one text the first such plan counts.
//
// The deals have to be complete, and are sorted as before.
void add_successor(const DealScene& scene, const std::optional<PartialDate>& published,
                   std::vector<Deal>& deals);

}  // namespace stakeout
