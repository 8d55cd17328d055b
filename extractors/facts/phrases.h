#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/text/prose.h"
#include "extractors/text/word_map.h"

namespace stakeout {

// Finds phrases of a data table in a run of tokens: the longest one that begins, or that ends, at a
// given place. Phrases are compared by their folded tokens ("cap of", "d' euros").
class PhraseTable {
 public:
  struct Match {
    std::size_t tokens = 0;  // how many it covers
    std::size_t value = 0;   // what was given to add()
  };

  // Of equal phrases the first counts. An empty phrase is left out.
  void add(std::string_view phrase, std::size_t value);

  [[nodiscard]] std::optional<Match> starting_at(std::span<const Token> tokens,
                                                 std::size_t at) const;
  // Every phrase that begins there, longest first.
  [[nodiscard]] std::vector<Match> all_starting_at(std::span<const Token> tokens,
                                                   std::size_t at) const;
  // The longest phrase whose last token is tokens[end - 1].
  [[nodiscard]] std::optional<Match> ending_at(std::span<const Token> tokens,
                                               std::size_t end) const;

 private:
  struct Entry {
    std::vector<Token> words;  // of which only `folded` and `hash` are looked at
    std::size_t value = 0;
  };

  static bool has_words_at(std::span<const Token> tokens, std::size_t at, const Entry& entry);

  std::vector<Entry> entries_;
  // Entries by their first and by their last word, longest first.
  WordMap<std::vector<std::size_t>> by_first_;
  WordMap<std::vector<std::size_t>> by_last_;
};

}  // namespace stakeout
