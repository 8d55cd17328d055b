#include "extractors/facts/alias_risk.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "extractors/facts/name_classes.h"
#include "extractors/facts/name_words.h"
#include "extractors/facts/phrase_trie.h"
#include "extractors/text/table.h"
#include "extractors/text/unicode.h"

namespace stakeout {

std::string_view common_words_tsv();  // data/common_words.tsv
std::string_view homographs_tsv();    // data/homographs.tsv

namespace {

constexpr std::size_t too_short = 2;  // characters
constexpr std::size_t longest_generic =
    2;  // words: "Central Intelligence Agency" is one body's name

// Phrases of the tables, to be found as a whole.
class Known {
 public:
  enum Meaning : std::uint32_t { common_word, homograph };

  Known() {
    for (const auto& row : read_table(common_words_tsv())) {
      for (const std::string_view word : split_bars(row.back())) phrases_.add(word, common_word);
    }
    for (const auto& row : read_table(homographs_tsv())) phrases_.add(row.front(), homograph);
  }

  [[nodiscard]] bool is(Meaning meaning, const std::vector<NameWord>& words) const {
    for (const PhraseMatch& match : phrases_.matches_at(words, 0)) {
      if (match.end == words.size() &&
          std::find(match.ids->begin(), match.ids->end(), meaning) != match.ids->end()) {
        return true;
      }
    }
    return false;
  }

 private:
  PhraseTrie phrases_;
};

const Known& known() {
  static const Known instance;
  return instance;
}

bool all_of_class(NameClass name_class, const std::vector<NameWord>& words) {
  return std::all_of(words.begin(), words.end(),
                     [&](const NameWord& word) { return name_classes().has(name_class, word); });
}

std::optional<std::string> risk_of_word(const std::vector<NameWord>& words) {
  const std::string& key = words.front().key;
  if (count_code_points(key) <= too_short) return "is too short to mean one thing";
  if (known().is(Known::common_word, words)) return "reads as the common word '" + key + "'";
  if (all_of_class(NameClass::given_name, words)) return "is a given name as well";
  for (const NameClass place : {NameClass::country, NameClass::state, NameClass::nationality}) {
    if (all_of_class(place, words)) return "is the word for a place or its people as well";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> risk_of_alias(std::string_view alias) {
  const Prose prose{alias};
  const std::vector<NameWord> words = NameText{prose}.words;
  if (words.empty()) return "has no word in it";
  if (words.size() == 1) {
    if (auto risk = risk_of_word(words)) return risk;
  }
  if (known().is(Known::homograph, words)) return "is the name of something else as well";
  if (words.size() <= longest_generic && all_of_class(NameClass::generic, words)) {
    return "could be any company or body";
  }
  return std::nullopt;
}

}  // namespace stakeout
