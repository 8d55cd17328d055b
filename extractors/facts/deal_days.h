#pragma once

#include <optional>
#include <vector>

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_scene.h"

namespace stakeout {

// The day, month or year in which a deal with that sum was signed, as the date nearest to the sum
// in its sentence tells it.
[[nodiscard]] std::optional<PartialDate> day_beside(const DealScene& scene, TokenRange anchor);

// Fills in term, signed_on, starts_on and ends_on from the dates and durations of the sentences
// that speak of the deal. The word nearest to a date decides what it is the date of; a date that no
// word of the tables ties to the deal is left out. A sentence that states several deals gives each
// date to the nearest.
//
// A last day without a year ("runs out on September 29") takes the year in which the deal's own
// signing and term let it end; `published` is used only to keep days to come from being days of
// signature.
//
// The deals have to be sorted by their sentences.
void add_days(const DealScene& scene, const std::optional<PartialDate>& published,
              std::vector<Deal>& deals);

// The word of the tables that decides what a date is the date of: the nearest one, where one before
// the date counts as nearer than one behind. Null when none is near.
[[nodiscard]] const CueHit* cue_of_date(const DealScene& scene, const Placed<DateMention>& date);

}  // namespace stakeout
