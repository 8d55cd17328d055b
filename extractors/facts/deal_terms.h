#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_scene.h"

namespace stakeout {

// The words that make a duration the term of a deal, or nothing.
[[nodiscard]] std::optional<TokenRange> term_words(const DealScene& scene,
                                                   const Placed<DurationMention>& duration);

// "for three years from January 1": the words between the term of a deal and the day from which on
// it is counted, or nothing.
[[nodiscard]] std::optional<TokenRange> lead_of_term_start(const DealScene& scene,
                                                           const Placed<DateMention>& date);

// "extended by one year", "a one-year extension": by how long a contract was prolonged, which is
// not how long it runs.
[[nodiscard]] bool is_extension_length(const DealScene& scene,
                                       const Placed<DurationMention>& duration);

// How long an ISO 8601 duration of one unit ("P1Y") is, in years of 365 and months of 30 days.
[[nodiscard]] std::optional<std::chrono::days> days_of_term(std::string_view iso);

}  // namespace stakeout
