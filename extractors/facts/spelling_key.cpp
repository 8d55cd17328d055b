#include "extractors/facts/spelling_key.h"

#include <vector>

#include "extractors/facts/name_classes.h"
#include "extractors/facts/name_words.h"

namespace stakeout {
namespace {

bool is_suffix(const NameWord& word) {
  return name_classes().has(NameClass::legal_suffix, word) ||
         name_classes().has(NameClass::dotted_suffix, word);
}

// Its words, without a legal suffix.
std::vector<NameWord> bare_words(std::string_view name) {
  const Prose prose{name};
  std::vector<NameWord> words;
  NameText text{prose};
  for (NameWord& word : text.words) {
    if (word.is_word) words.push_back(std::move(word));
  }
  while (words.size() > 1 && is_suffix(words.back())) words.pop_back();
  return words;
}

}  // namespace

std::string without_legal_suffix(std::string_view name) {
  const std::vector<NameWord> words = bare_words(name);
  if (words.empty()) return std::string{name};
  const bool is_whole = name.find_first_not_of(" .,;", words.back().end) == std::string_view::npos;
  return std::string{is_whole ? name : name.substr(0, words.back().end)};
}

std::string spelling_key(std::string_view name) {
  const std::vector<NameWord> words = bare_words(name);
  std::string key;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i == 0 && words.size() > 1 && words[i].key == "the") continue;
    key += words[i].key;
  }
  return key;
}

}  // namespace stakeout
