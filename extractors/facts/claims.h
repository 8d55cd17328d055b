#pragma once

#include <optional>
#include <vector>

#include "extractors/facts/deal_cues.h"
#include "extractors/text/prose.h"
#include "extractors/values/claim.h"
#include "extractors/values/facts.h"

namespace stakeout {

// Says which contracts a text reports: who buys what from whom, for how much, since when, until
// when, and how it stands. One claim for each deal, in the order of the text; a purchase that the
// text names no vendor for, or neither an agency nor a sum, is no claim unless it was ended or
// denied. Sums that are no contract value (Role) never become one.
//
// Of a text that states more the first 1,000 claims are kept, and nothing behind the first 100,000
// tokens is read (DealScene), so that time is bounded whatever the text is made of.
//
// All facts have to come from the same prose; `published` is the day, month or year of the text's
// publication. The cues are in data/deal_*.tsv, and each field of a claim names the rule that read
// it.
[[nodiscard]] std::vector<Claim> find_claims(const Prose& prose,
                                             const std::vector<Mention>& mentions,
                                             const std::vector<MoneyMention>& money,
                                             const std::vector<DateMention>& dates,
                                             const std::vector<DurationMention>& durations,
                                             std::vector<CueHit> cues,
                                             const std::optional<PartialDate>& published);

}  // namespace stakeout
