#pragma once

#include <vector>

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_scene.h"

namespace stakeout {

// The deals of award notices, as the U.S. Department of Defense publishes them every day:
//
//     X Corp., City, State, was awarded a $12,345,678 firm-fixed-price contract for ... Work is
//     expected to be completed by June 2027. Y Command, City, State, is the contracting activity
//     (N00019-24-C-0001).
//
// A paragraph is a notice when it says that somebody was awarded something and names the
// contracting activity or a contract number. Each supplier of a shared award gets a deal of its
// own, with the number that stands behind its name. The deals come in the order of the text.
[[nodiscard]] std::vector<Deal> find_award_notices(const DealScene& scene);

}  // namespace stakeout
