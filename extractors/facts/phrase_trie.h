#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extractors/facts/name_words.h"
#include "extractors/text/word_map.h"

namespace stakeout {

// Some phrases of a PhraseTrie that end at one word.
struct PhraseMatch {
  std::size_t end = 0;                         // index of the word after
  const std::vector<std::uint32_t>* ids = {};  // of the phrases, as given to add(); never null
};

// Phrases in a trie over words, so that looking one up costs the length of the phrases and not
// their number. Words compare by NameWord::key: case, accents, full stops and hyphens do not count.
class PhraseTrie {
 public:
  // The words of the phrase; none when it has none, and then it is not added. An id may be given to
  // several phrases, and a phrase may have several ids.
  std::vector<NameWord> add(std::string_view phrase, std::uint32_t id);

  // The phrases that begin at word `first` and end in the same sentence, longest first. Looks at as
  // many words as the longest beginning of a phrase there has, and one more; each takes constant
  // time however many phrases there are. `looked_at`, when given, grows by that number.
  [[nodiscard]] std::vector<PhraseMatch> matches_at(const std::vector<NameWord>& words,
                                                    std::size_t first,
                                                    std::size_t* looked_at = nullptr) const;

 private:
  // A word of some phrase.
  struct Key {
    std::uint32_t id = 0;       // 1-based
    std::uint32_t opening = 0;  // the node of the phrases that it begins; 0: none
  };

  std::uint32_t child(std::uint32_t node, const std::string& key);

  WordMap<Key> keys_;
  std::unordered_map<std::uint64_t, std::uint32_t> children_;  // (node, key id) to node
  std::vector<std::vector<std::uint32_t>> ids_of_node_{{}};    // the first node is the root
};

}  // namespace stakeout
