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
  Key& word = keys_[key];
  if (word.id == 0) word.id = static_cast<std::uint32_t>(keys_.size());
  const auto next = static_cast<std::uint32_t>(ids_of_node_.size());
  if (node == 0) {
    if (word.opening == 0) word.opening = next;
    if (word.opening == next) ids_of_node_.emplace_back();
    return word.opening;
  }
  const auto [known, is_new] = children_.try_emplace(edge(node, word.id), next);
  if (is_new) ids_of_node_.emplace_back();
  return known->second;
}

std::vector<PhraseMatch> PhraseTrie::matches_at(const std::vector<NameWord>& words,
                                                std::size_t first, std::size_t* looked_at) const {
  std::vector<PhraseMatch> matches;
  if (first >= words.size()) return matches;
  const Key* key = keys_.find(words[first].key, words[first].hash);
  std::uint32_t node = key == nullptr ? 0 : key->opening;
  std::size_t next = first + 1;
  for (; node != 0; ++next) {
    if (!ids_of_node_[node].empty()) matches.push_back({next, &ids_of_node_[node]});
    if (next == words.size() || words[next].sentence != words[first].sentence) break;
    key = keys_.find(words[next].key, words[next].hash);
    const auto known = key == nullptr ? children_.end() : children_.find(edge(node, key->id));
    node = known == children_.end() ? 0 : known->second;
  }
  if (looked_at != nullptr) *looked_at += next - first;
  std::reverse(matches.begin(), matches.end());
  return matches;
}

}  // namespace stakeout
