#include "extractors/facts/phrases.h"

#include <algorithm>

namespace stakeout {
namespace {

bool has_words_at(std::span<const Token> tokens, std::size_t at,
                  const std::vector<std::string>& words) {
  if (at + words.size() > tokens.size()) return false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (tokens[at + i].folded != words[i]) return false;
  }
  return true;
}

}  // namespace

void PhraseTable::add(std::string_view phrase, std::size_t value) {
  Entry entry;
  entry.value = value;
  // An elided word ("d'") is one only before another word.
  const bool is_elided = phrase.ends_with('\'');
  const std::string words = std::string{phrase} + (is_elided ? "x" : "");
  const Prose prose{words};
  for (const Token& token : prose.tokens()) entry.words.push_back(token.folded);
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
  insert(by_first_[entries_.back().words.front()]);
  insert(by_last_[entries_.back().words.back()]);
}

std::optional<PhraseTable::Match> PhraseTable::starting_at(std::span<const Token> tokens,
                                                           std::size_t at) const {
  if (at >= tokens.size()) return std::nullopt;
  const auto list = by_first_.find(tokens[at].folded);
  if (list == by_first_.end()) return std::nullopt;
  for (const std::size_t i : list->second) {
    const Entry& entry = entries_[i];
    if (has_words_at(tokens, at, entry.words)) return Match{entry.words.size(), entry.value};
  }
  return std::nullopt;
}

std::vector<PhraseTable::Match> PhraseTable::all_starting_at(std::span<const Token> tokens,
                                                             std::size_t at) const {
  std::vector<Match> matches;
  const auto list = at < tokens.size() ? by_first_.find(tokens[at].folded) : by_first_.end();
  if (list == by_first_.end()) return matches;
  for (const std::size_t i : list->second) {
    const Entry& entry = entries_[i];
    if (has_words_at(tokens, at, entry.words)) matches.push_back({entry.words.size(), entry.value});
  }
  return matches;
}

std::optional<PhraseTable::Match> PhraseTable::ending_at(std::span<const Token> tokens,
                                                         std::size_t end) const {
  if (end == 0 || end > tokens.size()) return std::nullopt;
  const auto list = by_last_.find(tokens[end - 1].folded);
  if (list == by_last_.end()) return std::nullopt;
  for (const std::size_t i : list->second) {
    const Entry& entry = entries_[i];
    if (entry.words.size() <= end && has_words_at(tokens, end - entry.words.size(), entry.words)) {
      return Match{entry.words.size(), entry.value};
    }
  }
  return std::nullopt;
}

}  // namespace stakeout
