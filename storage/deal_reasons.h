#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "storage/contract_merge.h"

// Says in words for a person why each claim belongs to its deal. Pure.

namespace stakeout {

// One line for each claim of `group`, a list of group_deals(), in its order: "the sum and the day
// of signing of article 12". Of what ties a claim to the others the strongest is said: a person's
// word, the award number, the sum, the day of signing, the parties. The first report is tied to
// nothing, unless by a person.
[[nodiscard]] std::vector<std::string> reasons_of(const std::vector<DealClaim>& claims,
                                                  const std::vector<std::size_t>& group,
                                                  const std::vector<DealRuling>& rulings);

}  // namespace stakeout
