#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extractors/values/words.h"

namespace stakeout {

// A passage that two fetches of one page word differently. One side is empty for a pure addition or
// removal.
struct PassageChange {
  std::string before;
  std::string after;
  // How much it says: 0 spelling and style, 1 other words, 2 with names, 3 with figures.
  int weight = 1;

  friend bool operator==(const PassageChange&, const PassageChange&) = default;
};

// How two fetches of one page differ.
//
// no_change: the article is the same; what differs is page furniture (view counters, "updated 5
// minutes ago", related lists, advertisements), quotation marks, white space or paragraph breaks.
// minor: spelling, grammar, style. substantive: facts differ: figures, dates, names, status,
// duties, or a statement was added or withdrawn.
struct RevisionDiff {
  ChangeClass change_class = ChangeClass::no_change;
  std::vector<PassageChange> changes;  // in the order of the text; empty for no_change
};

// Compares the texts (paragraphs parted by empty lines) of two fetches of one page. Near-linear for
// texts that differ little.
[[nodiscard]] RevisionDiff compare_revisions(std::string_view before, std::string_view after);

}  // namespace stakeout
