#include "extractors/facts/alias_index.h"

#include <algorithm>

namespace stakeout {
namespace {

constexpr std::size_t marked_words = 32;

std::uint64_t edge(std::uint32_t node, std::uint32_t key) {
  return (std::uint64_t{node} << 32) | key;
}

}  // namespace

AliasIndex::AliasIndex(const Watchlist& watchlist) {
  forms_of_node_.emplace_back();  // the root
  for (std::uint32_t i = 0; i < watchlist.entities().size(); ++i) {
    const Entity& entity = watchlist.entities()[i];
    add(i, entity.name, true);
    for (const std::string& alias : entity.aliases) add(i, alias, false);
  }
}

void AliasIndex::add(std::uint32_t entity, const std::string& text, bool is_name) {
  const Prose prose{text};
  const std::vector<NameWord> words = name_words(prose);
  if (words.empty()) return;
  AliasForm form{.entity = entity, .text = text, .is_name = is_name};
  form.words = static_cast<std::uint32_t>(words.size());
  std::uint32_t node = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    node = child(node, words[i].key);
    if (i >= marked_words) continue;
    if (words[i].starts_upper) form.upper |= 1U << i;
    if (words[i].all_upper) form.capitals |= 1U << i;
  }
  forms_of_node_[node].push_back(static_cast<std::uint32_t>(forms_.size()));
  forms_.push_back(std::move(form));
}

std::uint32_t AliasIndex::child(std::uint32_t node, const std::string& key) {
  const auto key_id =
      key_ids_.try_emplace(key, static_cast<std::uint32_t>(key_ids_.size())).first->second;
  const auto [known, is_new] =
      children_.try_emplace(edge(node, key_id), static_cast<std::uint32_t>(forms_of_node_.size()));
  if (is_new) forms_of_node_.emplace_back();
  return known->second;
}

std::vector<AliasMatch> AliasIndex::matches_at(const std::vector<NameWord>& words,
                                               std::size_t first) const {
  std::vector<AliasMatch> matches;
  std::uint32_t node = 0;
  for (std::size_t i = first; i < words.size(); ++i) {
    if (words[i].sentence != words[first].sentence) break;
    const auto key = key_ids_.find(words[i].key);
    if (key == key_ids_.end()) break;
    const auto next = children_.find(edge(node, key->second));
    if (next == children_.end()) break;
    node = next->second;
    if (!forms_of_node_[node].empty()) matches.push_back({i + 1, forms_of_node_[node]});
  }
  std::reverse(matches.begin(), matches.end());
  return matches;
}

}  // namespace stakeout
