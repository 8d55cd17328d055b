#pragma once

#include <vector>

#include "extractors/facts/deal_cues.h"
#include "extractors/text/prose.h"
#include "extractors/values/facts.h"

namespace stakeout {

// Says what each sum is for (Role) by the words of its sentence: the cues of data/role_cues.tsv are
// added up by role, each with its weight, less by distance, by a clause between, and by another sum
// between. The words of a name speak for no role but `contract`. Where nothing speaks clearly, a
// sentence that tells of a deal and names a vendor or an agency makes it `contract`, else the role
// is `other`. `mentions` and `money` are what was found in the same prose, in its order.
void assign_roles(const Prose& prose, const std::vector<Mention>& mentions,
                  const std::vector<CueHit>& cues, std::vector<MoneyMention>& money);

}  // namespace stakeout
