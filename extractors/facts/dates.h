#pragma once

#include <optional>
#include <vector>

#include "extractors/text/prose.h"
#include "extractors/values/facts.h"

namespace stakeout {

// Finds the dates of a text, in its order: what date_expressions.h reads, and what can only be said
// from the day of publication: "yesterday", "last week", "two days ago", "on Tuesday", "Sept. 27".
// English, and the names of months in many languages.
//
// A day or month without a year is the last one up to `published` when the words around it speak of
// the past ("was signed on Sept. 27"), the next one when they look ahead ("expires September 29"),
// else the nearest. Weeks run from Monday to Sunday. Without `published`, or when it is not known
// to the day, what needs it is left out; nothing is guessed.
[[nodiscard]] std::vector<DateMention> find_dates(const Prose& prose,
                                                  const std::optional<PartialDate>& published);

// Finds spans of time, in the order of the text: "18 months", "two-year", "a decade", "30-day".
// Ages ("20-year-old") and "two days ago" are none.
[[nodiscard]] std::vector<DurationMention> find_durations(const Prose& prose);

}  // namespace stakeout
