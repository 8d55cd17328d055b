#include "extractors/facts/mentions.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <span>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "extractors/facts/alias_index.h"
#include "extractors/facts/altered_names.h"
#include "extractors/facts/context_sets.h"
#include "extractors/facts/formed_agencies.h"
#include "extractors/facts/formed_vendors.h"
#include "extractors/facts/introduced_names.h"
#include "extractors/facts/listed_names.h"
#include "extractors/facts/name_classes.h"
#include "extractors/facts/name_spans.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t longest_sentence = 2000;  // bytes: of a longer one the words around are shown
constexpr std::size_t shown_around = 600;       // bytes on each side
constexpr std::size_t most_mentions = 10'000;   // each carries its sentence

void append(std::vector<FoundName>& names, std::vector<FoundName> more) {
  names.insert(names.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
}

// "Freedonian Border Guard", where the Border Guard is listed: a nationality is no part of a name.
void drop_listed_with_nationality(std::vector<FoundName>& formed,
                                  const std::vector<FoundName>& listed, const NameText& text) {
  std::unordered_set<std::size_t> ends_by_first;
  const std::size_t stride = text.words.size() + 1;
  for (const FoundName& name : listed) ends_by_first.insert(name.first * stride + name.end);
  std::erase_if(formed, [&](const FoundName& name) {
    return name_classes().has(NameClass::nationality, text.words[name.first]) &&
           ends_by_first.contains((name.first + 1) * stride + name.end);
  });
}

// The bytes of the sentence around a name, or of the part of it near the name when it is very long.
std::pair<std::size_t, std::size_t> bytes_of_sentence(const Prose& prose, const Sentence& sentence,
                                                      std::size_t begin, std::size_t end) {
  if (sentence.end - sentence.begin <= longest_sentence) return {sentence.begin, sentence.end};
  const std::size_t from = begin - std::min<std::size_t>(begin - sentence.begin, shown_around);
  const std::string_view after = prose.text().substr(end, sentence.end - end);
  const std::size_t to = end + first_bytes(after, shown_around).size();
  const std::size_t first = prose.token_at_or_after(from);
  const std::size_t last = prose.token_at_or_after(to);
  const std::size_t last_end = prose.tokens()[last - 1].end;
  // A word without end, of a script that parts none, is cut.
  const std::size_t shown_end = last_end > to + shown_around ? to : last_end;
  return {std::min<std::size_t>(prose.tokens()[first].begin, begin), std::max(shown_end, end)};
}

Mention as_mention(const NameText& text, const FoundName& name) {
  const Prose& prose = text.prose;
  const std::string_view bytes = name_bytes(text, name.first, name.end);
  const std::size_t begin = text.words[name.first].begin;
  const std::size_t end = begin + bytes.size();
  const Sentence& sentence = prose.sentences()[text.words[name.first].sentence];
  const auto [from, to] = bytes_of_sentence(prose, sentence, begin, end);
  Mention mention;
  mention.kind = name.kind;
  mention.name = name.name;
  mention.listed = name.entity.has_value();
  mention.text = bytes;
  mention.span = prose.span_of_bytes(begin, end);
  mention.sentence = prose.text().substr(from, to - from);
  mention.sentence_span = prose.span_of_bytes(from, to);
  mention.reason = name.reason;
  return mention;
}

// "needs one of its context words: spyware, Graphite, ..."
std::string context_of(const Entity& entity) {
  constexpr std::size_t most = 12;
  std::string words;
  std::size_t count = 0;
  const auto add = [&](std::string_view word) {
    if (count++ < most) (words += words.empty() ? "" : ", ") += word;
  };
  for (const std::string& word : entity.context) {
    if (!is_context_set(word)) add(word);
    for (const std::string_view member : words_of_context_set(word)) add(member);
  }
  if (count > most) words += " and " + std::to_string(count - most) + " more";
  return "needs one of its context words: " + words;
}

Span span_of_words(const NameText& text, std::size_t first, std::size_t end) {
  const std::size_t begin = text.words[first].begin;
  return text.prose.span_of_bytes(begin, begin + name_bytes(text, first, end).size());
}

PassedOver as_passed_over(const NameText& text, const PassedName& name, const Entity& entity) {
  PassedOver passed;
  passed.what = "name";
  passed.text = name_bytes(text, name.first, name.end);
  passed.span = span_of_words(text, name.first, name.end);
  passed.name = entity.name;
  passed.rule = name.rule;
  const bool lacks_context = name.rule == "needs-context" || name.rule == "other-meaning";
  if (lacks_context && !entity.context.empty()) passed.detail = context_of(entity);
  if (name.by.first < name.by.second) {
    passed.by = name_bytes(text, name.by.first, name.by.second);
    passed.by_span = span_of_words(text, name.by.first, name.by.second);
  }
  return passed;
}

}  // namespace

struct MentionFinder::Impl {
  explicit Impl(const Watchlist& list) : watchlist{list}, aliases{watchlist} {}

  // Names that are meant to be listed ones become so.
  void resolve_misspelt(std::vector<FoundName>& names, const NameText& text) const {
    for (FoundName& name : names) {
      const auto words = std::span{text.words}.subspan(name.first, name.length());
      name.entity = aliases.misspelt().entity_of(name.kind, words);
      if (!name.entity) continue;
      name.name = watchlist.entities()[*name.entity].name;
      name.reason = "misspelt \"" + name.name + "\"";
    }
  }

  Watchlist watchlist;
  AliasIndex aliases;
};

MentionFinder::MentionFinder(const Watchlist& watchlist)
    : impl_{std::make_unique<const Impl>(watchlist)} {}
MentionFinder::~MentionFinder() = default;
MentionFinder::MentionFinder(MentionFinder&&) noexcept = default;
MentionFinder& MentionFinder::operator=(MentionFinder&&) noexcept = default;

std::vector<Mention> MentionFinder::find(const Prose& prose) const {
  const NameText text{prose};
  std::vector<FoundName> listed = find_listed_names(text, impl_->watchlist, impl_->aliases);
  append(listed, find_altered_names(text, impl_->watchlist, impl_->aliases, listed));
  std::vector<FoundName> formed = agency_forms().find(text);
  drop_listed_with_nationality(formed, listed, text);
  impl_->resolve_misspelt(formed, text);
  std::vector<FoundName> full = listed;
  append(full, formed);
  std::vector<FoundName> vendors = find_formed_vendors(text, full);
  impl_->resolve_misspelt(vendors, text);
  append(full, vendors);
  append(formed, std::move(vendors));
  const IntroducedNames introduced =
      find_introduced_names(text, keep_longest(std::move(full), text.words.size()));

  // Of equally long names the first stays: what the text itself says, then the list, then guesses.
  std::vector<FoundName> names = introduced.by_parentheses;
  append(names, listed);
  append(names, introduced.by_beginning);
  append(names, std::move(formed));
  std::vector<Mention> mentions;
  for (const FoundName& name : keep_longest(std::move(names), text.words.size())) {
    if (mentions.size() == most_mentions) break;
    mentions.push_back(as_mention(text, name));
  }
  return mentions;
}

std::vector<PassedOver> MentionFinder::passed_over(const Prose& prose,
                                                   const std::vector<Mention>& found) const {
  const NameText text{prose};
  std::vector<PassedOver> all;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> known;
  for (const PassedName& name : find_passed_names(text, impl_->watchlist, impl_->aliases)) {
    PassedOver passed = as_passed_over(text, name, impl_->watchlist.entities()[name.entity]);
    // The last mention that begins before the name ends may be a longer one.
    const auto behind = std::ranges::lower_bound(found, passed.span.end, {},
                                                 [](const Mention& m) { return m.span.start; });
    if (behind != found.begin() && std::prev(behind)->span.end > passed.span.start) continue;
    const auto [same, is_new] =
        known.try_emplace({passed.name, passed.text, passed.rule}, all.size());
    if (is_new && all.size() < most_mentions) {
      all.push_back(std::move(passed));
    } else if (same->second < all.size()) {
      ++all[same->second].times;
    }
  }
  return all;
}

}  // namespace stakeout
