#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "extractors/facts/name_words.h"
#include "extractors/facts/watchlist.h"

namespace stakeout {

// One surface form of an entity: its name or one of its aliases.
struct AliasForm {
  std::uint32_t entity = 0;  // index into Watchlist::entities()
  std::string text;          // as the watchlist has it
  std::uint32_t words = 0;
  // Which of its words (the first 32) must begin with a capital to be this name, and which must be
  // all capitals.
  std::uint32_t upper = 0;
  std::uint32_t capitals = 0;
  bool is_name = false;  // the entity's name itself, not an alias
};

// Some forms that end at one word, `end` being the index of the word after.
struct AliasMatch {
  std::size_t end = 0;
  std::span<const std::uint32_t> forms;  // indices for AliasIndex::form()
};

// All surface forms of a watchlist in one trie over words, so that a look-up costs the length of
// the names, not their number. Immutable once built.
class AliasIndex {
 public:
  explicit AliasIndex(const Watchlist& watchlist);

  [[nodiscard]] const AliasForm& form(std::uint32_t index) const { return forms_[index]; }

  // The forms that begin at word `first` and end in the same sentence, longest first. Only their
  // words are compared: capitals are for the caller to judge.
  [[nodiscard]] std::vector<AliasMatch> matches_at(const std::vector<NameWord>& words,
                                                   std::size_t first) const;

 private:
  void add(std::uint32_t entity, const std::string& text, bool is_name);
  std::uint32_t child(std::uint32_t node, const std::string& key);

  std::unordered_map<std::string, std::uint32_t> key_ids_;
  std::unordered_map<std::uint64_t, std::uint32_t> children_;  // (node, key id) to node
  std::vector<std::vector<std::uint32_t>> forms_of_node_;
  std::vector<AliasForm> forms_;
};

}  // namespace stakeout
