#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/facts/misspelt_names.h"
#include "extractors/facts/phrase_trie.h"
#include "extractors/facts/watchlist.h"

namespace stakeout {

// One surface form of an entity: its name or one of its aliases.
struct AliasForm {
  std::uint32_t entity = 0;  // index into Watchlist::entities()
  std::string text;          // as the watchlist has it
  std::uint32_t words = 0;
  // Which of its words (the first 32) begin with a capital, and which are all capitals.
  std::uint32_t upper = 0;
  std::uint32_t capitals = 0;
  // Short or common: counts only near a context word of its entity, or beside a longer form.
  bool needs_context = false;
  // Row of data/homographs.tsv, when these words are something else as well.
  std::optional<std::uint32_t> homograph;
  // That something else is a word in small letters, never capitals like the form.
  bool other_meaning_is_small = false;
  // Its first word is written small inside a sentence: "le ministère de l'Intérieur".
  bool may_open_small = false;
};

// All surface forms of a watchlist, and the context words of its entities. Immutable once built.
class AliasIndex {
 public:
  explicit AliasIndex(const Watchlist& watchlist);

  [[nodiscard]] const AliasForm& form(std::uint32_t id) const { return forms_[id]; }
  // Ids are those of form(). Only the words are compared: capitals are for the caller to judge.
  [[nodiscard]] const PhraseTrie& forms() const { return form_trie_; }
  // Ids are those of entities. A context word in capitals means that word in capitals;
  // any other means its plural in -s as well.
  [[nodiscard]] const PhraseTrie& contexts() const { return context_trie_; }
  [[nodiscard]] const PhraseTrie& capital_contexts() const { return capital_context_trie_; }
  // Entities by names with a wrong letter; the numbers are those of Watchlist::entities().
  [[nodiscard]] const MisspeltNames& misspelt() const { return misspelt_; }
  // The words that speak for the other meaning of a form; ids are those of AliasForm::homograph.
  [[nodiscard]] const PhraseTrie& other_meanings() const { return other_meaning_trie_; }

 private:
  void add_homographs(std::string_view table);
  void add(std::uint32_t id, const Entity& entity, const std::string& text);
  void add_context(std::uint32_t id, std::string_view word);

  PhraseTrie form_trie_;
  PhraseTrie context_trie_;
  PhraseTrie capital_context_trie_;
  PhraseTrie other_meaning_trie_;
  MisspeltNames misspelt_;
  PhraseTrie homographs_;               // the forms themselves
  std::vector<bool> small_homographs_;  // by row: is the other meaning written small?
  std::vector<AliasForm> forms_;
};

// `words` are those of the text, as PhraseTrie::add() gives them.
[[nodiscard]] AliasForm make_alias_form(std::uint32_t entity, std::string text,
                                        const std::vector<NameWord>& words);

// True when words[first...] carry the capitals that the form has. Words all in capitals are good
// for any form.
[[nodiscard]] bool has_capitals_of(const AliasForm& form, const std::vector<NameWord>& words,
                                   std::size_t first);

}  // namespace stakeout
