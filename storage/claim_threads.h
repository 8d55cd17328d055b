#pragma once

#include <vector>

#include "storage/contract_merge.h"

// Follows what an article says of a deal through its revisions. A page that is corrected says
// another thing of the same deal, not the same thing of another deal. Pure.

namespace stakeout {

// What the revisions of one article say of one deal, the oldest first; at most one claim of each.
// The last one is what the article says now, unless it is not `current`: then the article has taken
// the deal back.
using ClaimThread = std::vector<const DealClaim*>;

// Sorts claims into threads; every claim is in one. A claim goes on the thread whose last word has
// the same award number, or is most like it among those that nothing speaks against. Of what is
// left, a claim goes on the thread that is the only one left of its parties, if it is the only such
// claim: the text was corrected. It was not where another award number goes with another amount, or
// another amount with another day of signing: that is another deal.
[[nodiscard]] std::vector<ClaimThread> claim_threads(const std::vector<const DealClaim*>& claims);

// The threads that a current claim ends. What no current text says any more is no contract.
[[nodiscard]] std::vector<ClaimThread> living_threads(const std::vector<const DealClaim*>& claims);

}  // namespace stakeout
