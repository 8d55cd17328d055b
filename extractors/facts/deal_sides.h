#pragma once

#include <optional>
#include <vector>

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_parties.h"
#include "extractors/facts/deal_scene.h"

namespace stakeout {

// Not named in the sentence that tells the deal.
[[nodiscard]] bool is_guess(const std::optional<Found<DealParty>>& party);

// The sentence has a word for a deal that is no other's: a strong one, or one beside the sum.
[[nodiscard]] bool has_noun_by(const DealScene& scene, const Deal& deal);

// Drops the deals of whose two sides the text does not say enough, but for those of notices.
void drop_unfinished(const DealScene& scene, std::vector<Deal>& deals);

}  // namespace stakeout
