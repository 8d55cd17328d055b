#pragma once

#include <optional>
#include <string>
#include <vector>

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_scene.h"

namespace stakeout {

// The contract, order and solicitation numbers in a range of tokens, as printed, in the order of
// the text: runs of letters, digits and hyphens that have a shape of data/award_ids.tsv, or that
// follow a word such as "contract" or "agreement" and hold a digit and a hyphen.
[[nodiscard]] std::vector<Found<std::string>> find_award_ids(const DealScene& scene,
                                                             TokenRange range);

}  // namespace stakeout
