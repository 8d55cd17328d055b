#pragma once

#include <vector>

#include "extractors/facts/alias_index.h"
#include "extractors/facts/found_name.h"
#include "extractors/facts/name_words.h"
#include "extractors/facts/watchlist.h"

namespace stakeout {

// The names of a watchlist in a text. A name is found by its words and capitals; one that is short
// or common counts only in a text that has a longer name of its entity, a context word nearby, a
// vendor of the same trade in the sentence, or a body there that pays it; one that several entities
// share goes to the entity that the context speaks for, a context word right beside it above all
// ("Freedonia's Ministry of ..."), else to the first of the list. Spans take in what belongs to the
// name: a legal suffix, a division, a leading "U.S.", an agency's unit, the country of a ministry
// ("... of Freedonia").
//
// Names may overlap; see keep_longest(). Linear in the text.
[[nodiscard]] std::vector<FoundName> find_listed_names(const NameText& text,
                                                       const Watchlist& watchlist,
                                                       const AliasIndex& aliases);

}  // namespace stakeout
