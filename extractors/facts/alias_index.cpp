#include "extractors/facts/alias_index.h"

#include <algorithm>

#include "extractors/facts/context_sets.h"
#include "extractors/facts/name_classes.h"
#include "extractors/text/table.h"

namespace stakeout {

std::string_view homographs_tsv();  // data/homographs.tsv

namespace {

constexpr std::size_t marked_words = 32;

// One word that is not long, or words that any body or company might bear.
bool is_short_or_common(const std::vector<NameWord>& words) {
  constexpr std::size_t long_word = 14;  // bytes: "Bundesinnenministerium"
  if (words.size() == 1 && words.front().key.size() < long_word) return true;
  return std::all_of(words.begin(), words.end(), [](const NameWord& word) {
    return name_classes().has(NameClass::generic, word);
  });
}

bool is_all_capitals(std::string_view word) {
  return word.size() > 1 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

AliasIndex::AliasIndex(const Watchlist& watchlist) {
  add_homographs(homographs_tsv());
  for (std::uint32_t id = 0; id < watchlist.entities().size(); ++id) {
    const Entity& entity = watchlist.entities()[id];
    add(id, entity, entity.name);
    for (const std::string& alias : entity.aliases) add(id, entity, alias);
    for (const std::string& word : entity.context) {
      if (!is_context_set(word)) {
        add_context(id, word);
        continue;
      }
      for (const std::string_view member : words_of_context_set(word)) add_context(id, member);
    }
  }
  misspelt_.settle();
}

void AliasIndex::add_context(std::uint32_t id, std::string_view word) {
  if (is_all_capitals(word)) {
    capital_context_trie_.add(word, id);
    return;
  }
  context_trie_.add(word, id);
  context_trie_.add(std::string{word} + "s", id);
}

void AliasIndex::add_homographs(std::string_view table) {
  std::uint32_t row_id = 0;
  for (const auto& row : read_table(table)) {
    if (row.size() != 3) continue;
    homographs_.add(row[0], row_id);
    small_homographs_.push_back(row[1] == "small");
    for (const std::string_view word : split_bars(row[2])) other_meaning_trie_.add(word, row_id);
    ++row_id;
  }
}

void AliasIndex::add(std::uint32_t id, const Entity& entity, const std::string& text) {
  const std::vector<NameWord> words =
      form_trie_.add(text, static_cast<std::uint32_t>(forms_.size()));
  if (words.empty()) return;
  misspelt_.add(id, entity.kind, words);
  AliasForm form = make_alias_form(id, text, words);
  form.needs_context = !entity.context.empty() && is_short_or_common(words);
  for (const PhraseMatch& match : homographs_.matches_at(words, 0)) {
    if (match.end == words.size()) form.homograph = match.ids->front();
  }
  form.other_meaning_is_small = form.homograph && small_homographs_[*form.homograph];
  form.may_open_small =
      (form.upper >> 1) != 0 && name_classes().has(NameClass::small_opener, words.front());
  forms_.push_back(std::move(form));
}

AliasForm make_alias_form(std::uint32_t entity, std::string text,
                          const std::vector<NameWord>& words) {
  AliasForm form;
  form.entity = entity;
  form.text = std::move(text);
  form.words = static_cast<std::uint32_t>(words.size());
  for (std::size_t i = 0; i < words.size() && i < marked_words; ++i) {
    if (words[i].starts_upper) form.upper |= 1U << i;
    if (words[i].all_upper) form.capitals |= 1U << i;
  }
  return form;
}

bool has_capitals_of(const AliasForm& form, const std::vector<NameWord>& words, std::size_t first) {
  for (std::size_t i = 0; i < form.words && i < marked_words; ++i) {
    const NameWord& word = words[first + i];
    if (i == 0 && form.may_open_small) continue;
    if ((form.capitals >> i & 1U) != 0 && !word.all_upper) return false;
    if ((form.upper >> i & 1U) != 0 && !word.starts_upper) return false;
  }
  return true;
}

}  // namespace stakeout
