#include "extractors/facts/listed_names.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include "extractors/facts/name_classes.h"
#include "extractors/facts/name_runs.h"
#include "extractors/facts/name_spans.h"

namespace stakeout {
namespace {

// One place where forms of the watchlist stand, with the forms whose capitals fit.
struct Hit {
  std::size_t first = 0;
  std::size_t end = 0;
  std::vector<std::uint32_t> forms;
};

// The sentences in which words stand that belong to an id, in order.
using SentencesById = std::unordered_map<std::uint32_t, std::vector<std::uint32_t>>;

class ListedNames {
 public:
  ListedNames(const NameText& text, const Watchlist& watchlist, const AliasIndex& aliases)
      : text_{text}, watchlist_{watchlist}, aliases_{aliases} {}

  std::vector<FoundName> find() {
    for (std::size_t i = 0; i < text_.words.size(); ++i) {
      collect_hits(i);
      collect_contexts(i);
    }
    for (const Hit& hit : hits_) mark_present(hit);
    std::vector<FoundName> found;
    for (const Hit& hit : hits_) {
      if (auto name = decide(hit)) found.push_back(std::move(*name));
    }
    return found;
  }

 private:
  void collect_hits(std::size_t first) {
    for (const PhraseMatch& match : aliases_.forms().matches_at(text_.words, first)) {
      Hit hit{first, match.end, {}};
      for (const std::uint32_t id : *match.ids) {
        if (has_capitals_of(aliases_.form(id), text_.words, first)) hit.forms.push_back(id);
      }
      if (!hit.forms.empty() && is_whole_name(hit)) hits_.push_back(std::move(hit));
    }
  }

  void collect_contexts(std::size_t first) {
    collect(aliases_.contexts(), first, contexts_);
    if (text_.words[first].all_upper) collect(aliases_.capital_contexts(), first, contexts_);
    collect(aliases_.other_meanings(), first, other_meanings_);
  }

  void collect(const PhraseTrie& phrases, std::size_t first, SentencesById& sentences) const {
    for (const PhraseMatch& match : phrases.matches_at(text_.words, first)) {
      for (const std::uint32_t id : *match.ids) {
        sentences[id].push_back(text_.words[first].sentence);
      }
    }
  }

  // Not part of an address, of a person's name, or of the name of something else.
  [[nodiscard]] bool is_whole_name(const Hit& hit) const {
    const NameClasses& classes = name_classes();
    if (is_in_address(text_, hit.first, hit.end)) return false;
    if (hit.end < text_.words.size() && follows_directly(text_, hit.end)) {
      const NameWord& next = text_.words[hit.end];
      if (next.starts_upper && classes.has(NameClass::other_thing, next)) return false;
      const bool is_short = hit.end - hit.first == 1 && !is_acronym(hit);
      if (is_short && next.starts_upper && classes.has(NameClass::title_of_body, next)) {
        return false;
      }
    }
    const bool follows_given_name = hit.first > 0 && follows_directly(text_, hit.first) &&
                                    text_.words[hit.first - 1].starts_upper &&
                                    classes.has(NameClass::given_name, text_.words[hit.first - 1]);
    return !(follows_given_name && hit.end - hit.first == 1 && !is_acronym(hit));
  }

  [[nodiscard]] bool is_acronym(const Hit& hit) const {
    return (aliases_.form(hit.forms.front()).capitals & 1U) != 0;
  }

  void mark_present(const Hit& hit) {
    if (hit.forms.size() != 1) return;
    const AliasForm& form = aliases_.form(hit.forms.front());
    if (!form.needs_context && !form.homograph) present_.insert(form.entity);
  }

  // The entity that a hit stands for, if the text bears it out.
  [[nodiscard]] std::optional<FoundName> decide(const Hit& hit) const {
    std::optional<std::uint32_t> best;
    int best_score = -1;
    for (const std::uint32_t id : hit.forms) {
      const AliasForm& form = aliases_.form(id);
      const int score = weight(contexts_, form.entity, hit);
      if (!present_.contains(form.entity) && !is_meant(form, hit, score)) continue;
      if (score >= best_score) {
        best = id;
        best_score = score;
      }
    }
    if (!best) return std::nullopt;
    return found_name(hit, aliases_.form(*best), best_score > 0);
  }

  // Does the text, which has no longer name of the entity, mean it by this form?
  [[nodiscard]] bool is_meant(const AliasForm& form, const Hit& hit, int score) const {
    if (form.homograph) {
      const int other = weight(other_meanings_, *form.homograph, hit);
      const bool is_backed = form.needs_context ? score >= other : !present_.empty();
      if (other > 0 && !is_backed) return false;
    }
    return !form.needs_context || (score > 0 && !continues_another_name(hit));
  }

  // How much the words of an id speak around a hit: those nearby count most, one far away alone
  // does not count at all.
  [[nodiscard]] int weight(const SentencesById& words, std::uint32_t id, const Hit& hit) const {
    constexpr std::uint32_t near = 2;     // sentences
    constexpr std::ptrdiff_t enough = 5;  // words: more add nothing
    const auto known = words.find(id);
    if (known == words.end()) return 0;
    const std::vector<std::uint32_t>& sentences = known->second;
    const std::uint32_t sentence = text_.words[hit.first].sentence;
    const auto begin =
        std::lower_bound(sentences.begin(), sentences.end(), sentence < near ? 0 : sentence - near);
    const auto end = std::upper_bound(begin, sentences.end(), sentence + near);
    const auto nearby = std::min<std::ptrdiff_t>(end - begin, enough);
    const auto elsewhere = std::min<std::ptrdiff_t>(std::ssize(sentences) - (end - begin), enough);
    return static_cast<int>(3 * nearby + (elsewhere >= 2 ? elsewhere : 0));
  }

  // "Salvation Army": a capitalised word before a common one-word name, which opens no sentence.
  // "Paragon of virtue": such a name is its owner's.
  [[nodiscard]] bool continues_another_name(const Hit& hit) const {
    if (hit.end - hit.first > 1 || is_acronym(hit)) return false;
    if (hit.end < text_.words.size() && text_.words[hit.end].key == "of") return true;
    if (text_.case_at(hit.first) != SentenceCase::plain || hit.first == 0) return false;
    if (!follows_directly(text_, hit.first)) return false;
    const NameWord& before = text_.words[hit.first - 1];
    if (!before.starts_upper || before.all_upper || before.starts_sentence) return false;
    const NameClasses& classes = name_classes();
    return !classes.has(NameClass::function_word, before) &&
           !classes.has(NameClass::title, before) && !classes.has(NameClass::nationality, before);
  }

  [[nodiscard]] FoundName found_name(const Hit& hit, const AliasForm& form, bool by_context) const {
    const Entity& entity = watchlist_.entities()[form.entity];
    FoundName found{.first = hit.first, .end = hit.end, .kind = entity.kind};
    found.entity = form.entity;
    found.name = entity.name;
    found.reason = (form.text == entity.name ? "name \"" : "alias \"") + form.text + "\"";
    if (form.needs_context) {
      found.reason += by_context ? " near a context word" : " beside a longer name";
    }
    extend_name(text_, found);
    return found;
  }

  const NameText& text_;
  const Watchlist& watchlist_;
  const AliasIndex& aliases_;
  std::vector<Hit> hits_;
  SentencesById contexts_;                     // by entity
  SentencesById other_meanings_;               // by AliasForm::homograph
  std::unordered_set<std::uint32_t> present_;  // entities named beyond doubt
};

}  // namespace

std::vector<FoundName> find_listed_names(const NameText& text, const Watchlist& watchlist,
                                         const AliasIndex& aliases) {
  return ListedNames{text, watchlist, aliases}.find();
}

}  // namespace stakeout
