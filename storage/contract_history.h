#pragma once

#include <optional>
#include <vector>

#include "storage/claim_threads.h"
#include "storage/contract_merge.h"

namespace stakeout {

// How the states that the claims of a deal report followed each other. A report without a date that
// repeats a state already reached is background, not news; a signing is told once. An article that
// reports a state no more, and in its place one that could not have followed, has taken it back:
// from then on the deal is in the state that it reports now.
//
// `claims` in the order of the reports, `threads` the same claims by article.
[[nodiscard]] std::vector<DealEvent> status_events(const std::vector<const DealClaim*>& claims,
                                                   const std::vector<ClaimThread>& threads,
                                                   const std::optional<PartialDate>& signed_on);

}  // namespace stakeout
