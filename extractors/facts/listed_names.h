#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
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

// A form of the watchlist in a text that counts as no name of its entity: words [first, end).
struct PassedName {
  std::size_t first = 0;
  std::size_t end = 0;
  std::uint32_t entity = 0;    // index into Watchlist::entities()
  std::string_view rule = {};  // as PassedOver::rule
  // The words that kept it out, [first, second); empty for none.
  std::pair<std::size_t, std::size_t> by = {};
};

// What find_listed_names() passes over, and why; in the order of the text. Words in small letters
// are left aside: they are words like any others.
[[nodiscard]] std::vector<PassedName> find_passed_names(const NameText& text,
                                                        const Watchlist& watchlist,
                                                        const AliasIndex& aliases);

}  // namespace stakeout
