#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "extractors/facts/watchlist.h"
#include "storage/reader.h"

namespace stakeout {

// A name that texts about contracts have and no watchlist.
struct SuggestedName {
  EntityKind kind = EntityKind::vendor;
  std::string name;                  // the spelling that most articles have
  std::vector<std::string> aliases;  // the others that say enough to count everywhere
  std::size_t mentions = 0;          // in the evidence of contract claims, or as their parties
  std::size_t articles = 0;
  std::size_t stories = 0;
  std::size_t outlets = 0;
  std::string first_on;  // the days of the oldest and of the newest article
  std::string last_on;
  std::string quote;  // the newest sentence that has the name, of a claim whose party it is if any
  std::string url;
  std::string line;  // of a watchlist, ready to be pasted
};

// The unlisted vendors and agencies in the sentences that contract claims rest on, with their
// spellings folded into one: those that most stories have first. Left out are names that are on the
// watchlist by now, and those that a person has rejected a mention of. Throws StorageError.
[[nodiscard]] std::vector<SuggestedName> suggest_names(Reader& reader, const Watchlist& watchlist);

// A line of a watchlist: kind,name,category,aliases,country,parent,context,wikidata.
[[nodiscard]] std::string watchlist_line(const Entity& entity);

}  // namespace stakeout
