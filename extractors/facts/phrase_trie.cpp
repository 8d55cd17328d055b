#include "extractors/facts/phrase_trie.h"

#include <algorithm>

namespace stakeout {
namespace {

std::uint64_t edge(std::uint32_t node, std::uint32_t key) {
  return (std::uint64_t{node} << 32) | key;
}

}  // namespace

std::vector<NameWord> PhraseTrie::add(std::string_view phrase, std::uint32_t id) {
  const Prose prose{phrase};
  NameText text{prose};
  if (text.words.empty()) return {};
  std::uint32_t node = 0;
  for (const NameWord& word : text.words) node = child(node, word.key);
  ids_of_node_[node].push_back(id);
  return std::move(text.words);
}

std::uint32_t PhraseTrie::child(std::uint32_t node, const std::string& key) {
  const auto key_id =
      key_ids_.try_emplace(key, static_cast<std::uint32_t>(key_ids_.size())).first->second;
  const auto [known, is_new] =
      children_.try_emplace(edge(node, key_id), static_cast<std::uint32_t>(ids_of_node_.size()));
  if (is_new) ids_of_node_.emplace_back();
  return known->second;
}

std::vector<PhraseMatch> PhraseTrie::matches_at(const std::vector<NameWord>& words,
                                                std::size_t first) const {
  std::vector<PhraseMatch> matches;
  std::uint32_t node = 0;
  for (std::size_t i = first; i < words.size(); ++i) {
    if (words[i].sentence != words[first].sentence) break;
    const auto key = key_ids_.find(words[i].key);
    if (key == key_ids_.end()) break;
    const auto next = children_.find(edge(node, key->second));
    if (next == children_.end()) break;
    node = next->second;
    if (!ids_of_node_[node].empty()) matches.push_back({i + 1, &ids_of_node_[node]});
  }
  std::reverse(matches.begin(), matches.end());
  return matches;
}

}  // namespace stakeout
