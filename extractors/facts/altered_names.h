#pragma once

#include <vector>

#include "extractors/facts/alias_index.h"
#include "extractors/facts/found_name.h"
#include "extractors/facts/name_words.h"
#include "extractors/facts/watchlist.h"

namespace stakeout {

// Listed names as machine-spun copies alter them: "Homeland Safety" for "Homeland Security". A name
// of two words or more counts when synonyms stand in the place of some of its words
// (data/spun_words.tsv) and `certain`, the names found so far, has the same entity, or its parent
// or a child; one of words that any body might bear only when it has the same entity.
//
// Names may overlap. Linear in the text.
[[nodiscard]] std::vector<FoundName> find_altered_names(const NameText& text,
                                                        const Watchlist& watchlist,
                                                        const AliasIndex& aliases,
                                                        const std::vector<FoundName>& certain);

}  // namespace stakeout
