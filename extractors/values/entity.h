#pragma once

#include <string>
#include <vector>

#include "extractors/values/words.h"

namespace stakeout {

// One row of a watchlist: a vendor or an agency that we look for. UTF-8 throughout.
struct Entity {
  EntityKind kind = EntityKind::vendor;
  std::string name;                  // canonical, unique within its kind
  std::string category;              // "spyware", "police", ...
  std::vector<std::string> aliases;  // further surface forms; the name itself is always one
  std::string country;               // ISO 3166-1 alpha-2, lower case; empty: not known
  std::string parent;                // canonical name of the owner or superior body, or empty
  // Words near which a short or common alias counts; empty: every alias counts everywhere.
  std::vector<std::string> context;
  std::string wikidata;  // "Q123", or empty

  friend bool operator==(const Entity&, const Entity&) = default;
};

}  // namespace stakeout
