#include "extractors/facts/mentions.h"

#include <optional>

#include "extractors/facts/alias_index.h"
#include "extractors/facts/name_words.h"

namespace stakeout {
namespace {

// True when the words carry the capitals of the form, or are all capitals.
bool has_case_of(const AliasForm& form, const std::vector<NameWord>& words, std::size_t first) {
  for (std::size_t i = 0; i < form.words && i < 32; ++i) {
    const NameWord& word = words[first + i];
    if ((form.capitals >> i & 1U) != 0 && !word.all_upper) return false;
    if ((form.upper >> i & 1U) != 0 && !word.starts_upper) return false;
  }
  return true;
}

}  // namespace

struct MentionFinder::Impl {
  explicit Impl(const Watchlist& list) : watchlist{list}, aliases{watchlist} {}

  Watchlist watchlist;
  AliasIndex aliases;
};

MentionFinder::MentionFinder(const Watchlist& watchlist)
    : impl_{std::make_unique<const Impl>(watchlist)} {}
MentionFinder::~MentionFinder() = default;
MentionFinder::MentionFinder(MentionFinder&&) noexcept = default;
MentionFinder& MentionFinder::operator=(MentionFinder&&) noexcept = default;

std::vector<Mention> MentionFinder::find(const Prose& prose) const {
  const std::vector<NameWord> words = name_words(prose);
  std::vector<Mention> mentions;
  for (std::size_t first = 0; first < words.size();) {
    std::size_t next = first + 1;
    for (const AliasMatch& match : impl_->aliases.matches_at(words, first)) {
      const AliasForm& form = impl_->aliases.form(match.forms.front());
      if (!has_case_of(form, words, first)) continue;
      const Entity& entity = impl_->watchlist.entities()[form.entity];
      const std::size_t begin = words[first].begin;
      const std::size_t end = words[match.end - 1].end;
      const Sentence& sentence = prose.sentences()[words[first].sentence];
      mentions.push_back({.kind = entity.kind,
                          .name = entity.name,
                          .listed = true,
                          .text = std::string{prose.text().substr(begin, end - begin)},
                          .span = prose.span_of_bytes(begin, end),
                          .sentence = std::string{prose.text().substr(
                              sentence.begin, sentence.end - sentence.begin)},
                          .sentence_span = prose.span_of_bytes(sentence.begin, sentence.end),
                          .reason = "alias \"" + form.text + "\""});
      next = match.end;
      break;
    }
    first = next;
  }
  return mentions;
}

}  // namespace stakeout
