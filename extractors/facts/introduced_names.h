#pragma once

#include <vector>

#include "extractors/facts/found_name.h"
#include "extractors/facts/name_words.h"

namespace stakeout {

// Short forms that a text introduces itself.
struct IntroducedNames {
  // In parentheses: "Acme Transit Police (ATP)", "ATP (Acme Transit Police)", "Acme Optics Inc.
  // ("Acme")"; or after "or": "Acme Transit Police, or ATP, ...". They mean what the text says,
  // whatever a watchlist says.
  std::vector<FoundName> by_parentheses;
  // Beginnings of vendors' names: "Acme" in a text that has "Acme Optics Inc.".
  std::vector<FoundName> by_beginning;
};

// All places where short forms of `names` stand, called by the name of what they stand for. Linear
// in the text: of one short form at most eight spellings, apart in capitals, are told apart.
[[nodiscard]] IntroducedNames find_introduced_names(const NameText& text,
                                                    const std::vector<FoundName>& names);

}  // namespace stakeout
