#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "extractors/facts/watchlist.h"

namespace stakeout {

// A watchlist file as it was read.
struct NamedWatchlist {
  std::string name;  // for messages: as parse_watchlist() had it
  WatchlistFile file;
  bool is_checked = true;  // false: the others are held against it, and nothing is said of it
};

// Something in a watchlist that will not do what its author thinks.
struct WatchlistFinding {
  bool is_error = false;  // the line does harm or is not used; else it is for a person to judge
  std::string file;
  std::size_t line = 0;  // from 1
  std::string name;      // of the entity, where it has one
  std::string what;
  std::string advice;  // what to do about it
};

// What is wrong with watchlists, in the order in which they add to each other: lines that cannot be
// used, entities and aliases that are there twice, aliases that two entities claim, and those that
// say too little to count without context words, categories, countries and parents that are not
// known. By file and line. Pure.
[[nodiscard]] std::vector<WatchlistFinding> check_watchlists(
    const std::vector<NamedWatchlist>& files);

// The word of `known` that is nearest to `word`, when it may be meant by it; else empty.
[[nodiscard]] std::string nearest_word(const std::vector<std::string>& known,
                                       const std::string& word);

}  // namespace stakeout
