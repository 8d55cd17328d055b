#pragma once

#include <optional>
#include <string_view>

#include "extractors/facts/mentions.h"
#include "extractors/values/facts.h"
#include "extractors/values/partial_date.h"

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

}  // namespace stakeout
