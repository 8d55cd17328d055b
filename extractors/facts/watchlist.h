#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extractors/values/entity.h"

namespace stakeout {

// What a watchlist file says. A warning is "FILE:LINE: reason"; a line with a warning that spoils
// it as a whole is left out, the others are used.
struct WatchlistFile {
  std::vector<Entity> entities;    // in the order of the file
  std::vector<std::size_t> lines;  // where each of them stands, counted from 1
  std::vector<std::string> warnings;
  // False: it is no text, or its cells are parted by another mark than ','. Nothing of it is used,
  // and the one warning says why.
  bool is_readable = true;
};

// Reads CSV (see csv.h) with the header
//
//     kind,name,category,aliases,country,parent,context,wikidata
//
// whose columns may come in any order; only kind and name are needed. Aliases and context words are
// parted by '|'. A file without a header is read in that order. `file_name` is for the warnings.
[[nodiscard]] WatchlistFile parse_watchlist(std::string_view csv, std::string_view file_name);

// The entities that we look for: the shipped ones and the operator's.
class Watchlist {
 public:
  Watchlist() = default;
  explicit Watchlist(std::vector<Entity> entities) { merge(std::move(entities)); }

  // Adds entities. One whose kind and name are there already (case, "the" and a leading "U.S." do
  // not count) overrides the earlier one: its name is the name from now on, each of its cells that
  // is not empty replaces the earlier cell, and "-" empties it.
  void merge(std::vector<Entity> entities);

  [[nodiscard]] const std::vector<Entity>& entities() const { return entities_; }

  // Null when no entity has that name; names compare as in merge(). Aliases do not count.
  [[nodiscard]] const Entity* find(EntityKind kind, std::string_view name) const;

 private:
  std::vector<Entity> entities_;
  std::unordered_map<std::string, std::size_t> by_name_;  // see name_key() in the source
};

// The list that comes with the program (extractors/facts/data/watchlist.csv).
[[nodiscard]] const Watchlist& shipped_watchlist();
// The same as it stands in its file, which is called "shipped watchlist" in warnings.
[[nodiscard]] WatchlistFile shipped_watchlist_file();

}  // namespace stakeout
