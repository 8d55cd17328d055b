#pragma once

#include <vector>

#include "extractors/text/prose.h"
#include "extractors/values/facts.h"

namespace stakeout {

// Says what each sum is for (Role) by the words of its sentence: the cues of data/role_cues.tsv are
// added up by role, each with its weight, less by distance, by a clause between, and by another sum
// between. Where nothing speaks clearly the role is `other`. `money` is what find_money() found in
// the same prose, in its order.
void assign_roles(const Prose& prose, std::vector<MoneyMention>& money);

}  // namespace stakeout
