#pragma once

#include <optional>

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_scene.h"

namespace stakeout {

// The words by which a sentence says of the deal at `anchor` (a sum, or the word for the deal) that
// it was not made, or is only hoped for: "has not signed a $5 million contract", "denied that it
// had won", "analysts expect a $5 million contract", "a $5 million contract was never awarded".
//
// The words have to stand in one row with the deal: nothing but its verb, names, articles and
// auxiliaries may come between. "Did not say how it won a contract", "not only signed", "hopes to
// fly drones under a contract" put no deal in doubt.
[[nodiscard]] std::optional<TokenRange> words_of_doubt(const DealScene& scene, TokenRange anchor);

}  // namespace stakeout
