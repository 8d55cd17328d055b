#include "extractors/facts/phrases.h"

#include <algorithm>

namespace stakeout {

bool PhraseTable::has_words_at(std::span<const Token> tokens, std::size_t at, const Entry& entry) {
  const auto& words = entry.words;
  if (at + words.size() > tokens.size()) return false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (tokens[at + i].hash != words[i].hash || tokens[at + i].folded != words[i].folded) {
      return false;
    }
  }
  return true;
}

void PhraseTable::add(std::string_view phrase, std::size_t value) {
  Entry entry;
  entry.value = value;
  // An elided word ("d'") is one only before another word.
  const bool is_elided = phrase.ends_with('\'');
  const std::string words = std::string{phrase} + (is_elided ? "x" : "");
  const Prose prose{words};
  entry.words = prose.tokens();
  if (is_elided) entry.words.pop_back();
  if (entry.words.empty()) return;

  entries_.push_back(std::move(entry));
  const auto insert = [&](std::vector<std::size_t>& list) {
    const auto longer = [&](std::size_t a, std::size_t b) {
      return entries_[a].words.size() > entries_[b].words.size();
    };
    const std::size_t added = entries_.size() - 1;
    list.insert(std::ranges::upper_bound(list, added, longer), added);
  };
  insert(by_first_[entries_.back().words.front().folded]);
  insert(by_last_[entries_.back().words.back().folded]);
}

std::optional<PhraseTable::Match> PhraseTable::starting_at(std::span<const Token> tokens,
                                                           std::size_t at) const {
  if (at >= tokens.size()) return std::nullopt;
  const auto* list = by_first_.find(tokens[at].folded, tokens[at].hash);
  if (list == nullptr) return std::nullopt;
  for (const std::size_t i : *list) {
    const Entry& entry = entries_[i];
    if (has_words_at(tokens, at, entry)) return Match{entry.words.size(), entry.value};
  }
  return std::nullopt;
}

std::vector<PhraseTable::Match> PhraseTable::all_starting_at(std::span<const Token> tokens,
                                                             std::size_t at) const {
  std::vector<Match> matches;
  if (at >= tokens.size()) return matches;
  const auto* list = by_first_.find(tokens[at].folded, tokens[at].hash);
  if (list == nullptr) return matches;
  for (const std::size_t i : *list) {
    const Entry& entry = entries_[i];
    if (has_words_at(tokens, at, entry)) matches.push_back({entry.words.size(), entry.value});
  }
  return matches;
}

std::optional<PhraseTable::Match> PhraseTable::ending_at(std::span<const Token> tokens,
                                                         std::size_t end) const {
  if (end == 0 || end > tokens.size()) return std::nullopt;
  const auto* list = by_last_.find(tokens[end - 1].folded, tokens[end - 1].hash);
  if (list == nullptr) return std::nullopt;
  for (const std::size_t i : *list) {
    const Entry& entry = entries_[i];
    if (entry.words.size() <= end && has_words_at(tokens, end - entry.words.size(), entry)) {
      return Match{entry.words.size(), entry.value};
    }
  }
  return std::nullopt;
}

}  // namespace stakeout
