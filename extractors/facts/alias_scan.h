#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extractors/facts/watchlist.h"
#include "extractors/text/word_map.h"

namespace stakeout {

// Tells at a glance whether a text may name an entity of a watchlist: for pages by the million,
// most of which name none.
//
// Never says no where MentionFinder finds a listed name by its letters. Words are cut and compared
// as there (case, accents, full stops and hyphens do not count, capitals that the name has have to
// be there), but what stands around them is not looked at, and of words with full stops or glue
// inside both readings are tried. Names with a wrong letter are not looked for.
//
// Immutable once built; any number of threads may share one.
class AliasScan {
 public:
  // `glue`: a character of the texts, below U+0080, that may or may not part words.
  AliasScan(const Watchlist& watchlist, char glue);

  // Linear in the text, which is UTF-8.
  [[nodiscard]] bool may_name_any(std::string_view text) const;

 private:
  struct Word {
    WordHash hash = 0;
    bool starts_upper = false;
    bool all_upper = false;
  };
  using Words = std::vector<Word>;

  static Words words_of(std::string_view text);
  void add(Words phrase);
  [[nodiscard]] bool has_phrase(const Words& words) const;
  // Whether the phrase stands there, with its capitals; those of its first word may be missing when
  // it has several: a small word may open a sentence's name.
  static bool stands_at(const Words& phrase, const Words& words, std::size_t first);

  char glue_;
  std::unordered_map<WordHash, std::vector<Words>> phrases_;  // by their first words
};

}  // namespace stakeout
