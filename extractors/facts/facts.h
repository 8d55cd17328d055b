#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "extractors/facts/mentions.h"
#include "extractors/values/facts.h"
#include "extractors/values/partial_date.h"
#include "extractors/values/passed_over.h"

namespace stakeout {

// What the reading of a text rests on, besides its words.
struct FactContext {
  const MentionFinder& mentions;         // outlives the call
  std::optional<PartialDate> published;  // relative dates are resolved against it
};

// Everything that a text says about vendors, agencies, money, time and contracts. The text is taken
// as it is, in UTF-8; ill-formed bytes do no harm. Spans count code points from its start. Pure,
// and safe to call from any thread; time grows with the length of the text, whatever it is made of:
// how many mentions and claims one text can hold is bounded (mentions.h, claims.h).
[[nodiscard]] Facts extract_facts(std::string_view text, const FactContext& context);
// The same of a text that has been cut already.
[[nodiscard]] Facts extract_facts(const Prose& prose, const FactContext& context);

// What looks like a name, a contract's value or a deal in the text and is none of `facts`, which
// extract_facts() gave for it, and why: names first, then sums and deals, each in the order of the
// text.
[[nodiscard]] std::vector<PassedOver> explain_passed_over(const Prose& prose,
                                                          const FactContext& context,
                                                          const Facts& facts);

}  // namespace stakeout
