#pragma once

#include <optional>
#include <string>

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_scene.h"

namespace stakeout {

// How long a deal runs with all the options that the sentence of its term tells behind it, as an
// ISO 8601 duration: "a one-year contract with four option years" is P5Y.
//
//     options := count option unit | count duration option
//     option  := "option" | "options" | "extension" | ... (deal_words.tsv)
//     unit    := "year" | "years" | "month" | "months"
//
// Nothing where there are none, or where the term or they are in other units than years and months.
[[nodiscard]] std::optional<Found<std::string>> term_with_options(
    const DealScene& scene, const Placed<DurationMention>& term);

}  // namespace stakeout
