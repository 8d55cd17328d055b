#include "extractors/facts/listed_names.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

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

// A place where a phrase stands that speaks for or against an id.
struct Clue {
  std::uint32_t first = 0;  // words
  std::uint32_t end = 0;
  std::uint32_t sentence = 0;
};

// In the order of the text.
using CluesById = std::unordered_map<std::uint32_t, std::vector<Clue>>;

class ListedNames {
 public:
  ListedNames(const NameText& text, const Watchlist& watchlist, const AliasIndex& aliases)
      : text_{text}, watchlist_{watchlist}, aliases_{aliases} {}

  std::vector<FoundName> find() {
    for (std::size_t i = 0; i < text_.words.size(); ++i) collect_hits(i);
    for (const Hit& hit : hits_) mark_present(hit);
    if (are_clues_needed()) {
      for (std::size_t i = 0; i < text_.words.size(); ++i) collect_clues(i);
    }
    std::vector<FoundName> found;
    for (const Hit& hit : hits_) {
      if (auto name = decide(hit)) found.push_back(std::move(*name));
    }
    return found;
  }

  // The forms that count nowhere, with the rules that keep them out; after find().
  std::vector<PassedName> passed_over() const {
    std::vector<PassedName> passed;
    for (std::size_t i = 0; i < text_.words.size(); ++i) {
      for (const PhraseMatch& match : aliases_.forms().matches_at(text_.words, i)) {
        for (const std::uint32_t id : *match.ids) {
          if (auto name = passed_name({i, match.end, {id}})) passed.push_back(std::move(*name));
        }
      }
    }
    return passed;
  }

 private:
  void collect_hits(std::size_t first) {
    for (const PhraseMatch& match : aliases_.forms().matches_at(text_.words, first)) {
      Hit hit{first, match.end, {}};
      for (const std::uint32_t id : *match.ids) {
        if (has_case_of(aliases_.form(id), first)) hit.forms.push_back(id);
      }
      if (!hit.forms.empty() && is_whole_name(hit)) hits_.push_back(std::move(hit));
    }
  }

  [[nodiscard]] bool has_case_of(const AliasForm& form, std::size_t first) const {
    return has_capitals_of(form, text_.words, first) && !is_other_acronym(form, first);
  }

  // Why a hit of one form is no name of its entity; none when it is one, or when it is written in
  // small letters as any other words are.
  [[nodiscard]] std::optional<PassedName> passed_name(const Hit& hit) const {
    const AliasForm& form = aliases_.form(hit.forms.front());
    PassedName passed{.first = hit.first, .end = hit.end, .entity = form.entity};
    if (!has_case_of(form, hit.first)) {
      if (!text_.words[hit.first].starts_upper || form.words > 1) return std::nullopt;
      passed.rule = "other-capitals";
      return passed;
    }
    if (!is_whole_name(hit)) {
      passed.rule = is_in_address(text_, hit.first, hit.end) ? "in-address" : "part-of-other-name";
      return passed;
    }
    const int score = score_of(form, hit);
    const bool is_other = is_other_thing(form, hit);
    if (!is_other && (present_.contains(form.entity) || is_meant(form, hit, score))) {
      return std::nullopt;
    }
    passed.rule = "needs-context";
    if (is_other || means_other(form, hit, score)) {
      passed.rule = "other-meaning";
      const Clue* other = nearest_clue(other_meanings_, *form.homograph, hit);
      if (other != nullptr) passed.by = {other->first, other->end};
    } else if (score > 0) {
      passed.rule = "part-of-other-name";
    }
    return passed;
  }

  // "TFL" is not "TfL", but for where all is in capitals.
  [[nodiscard]] bool is_other_acronym(const AliasForm& form, std::size_t word) const {
    constexpr std::size_t longest = 3;  // bytes
    return form.words == 1 && form.capitals == 0 && text_.words[word].all_upper &&
           text_.words[word].key.size() <= longest && text_.case_at(word) != SentenceCase::capitals;
  }

  // Most texts have no name that needs a second look. Notes whose clues are asked for.
  bool are_clues_needed() {
    for (const Hit& hit : hits_) {
      for (const std::uint32_t id : hit.forms) {
        const AliasForm& form = aliases_.form(id);
        if (form.homograph) other_meanings_[*form.homograph];
        if (form.homograph || form.needs_context || hit.forms.size() > 1) contexts_[form.entity];
      }
    }
    return !contexts_.empty();
  }

  void collect_clues(std::size_t first) {
    collect(aliases_.contexts(), first, contexts_);
    if (text_.words[first].all_upper) collect(aliases_.capital_contexts(), first, contexts_);
    if (!other_meanings_.empty()) collect(aliases_.other_meanings(), first, other_meanings_);
  }

  // For the ids that `clues` has.
  void collect(const PhraseTrie& phrases, std::size_t first, CluesById& clues) const {
    for (const PhraseMatch& match : phrases.matches_at(text_.words, first)) {
      const Clue clue{.first = static_cast<std::uint32_t>(first),
                      .end = static_cast<std::uint32_t>(match.end),
                      .sentence = text_.words[first].sentence};
      for (const std::uint32_t id : *match.ids) {
        const auto wanted = clues.find(id);
        if (wanted != clues.end()) wanted->second.push_back(clue);
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
    if (form.needs_context || form.homograph) return;
    present_.insert(form.entity);
    const Entity& entity = watchlist_.entities()[form.entity];
    const std::uint32_t sentence = text_.words[hit.first].sentence;
    if (entity.kind == EntityKind::vendor) {
      trades_.insert({sentence, entity.category});
    } else {
      bodies_.insert(sentence);
    }
  }

  // The entity that a hit stands for, if the text bears it out.
  [[nodiscard]] std::optional<FoundName> decide(const Hit& hit) const {
    std::optional<std::uint32_t> best;
    int best_score = -1;
    for (const std::uint32_t id : hit.forms) {
      const AliasForm& form = aliases_.form(id);
      const int score = score_of(form, hit);
      if (is_other_thing(form, hit)) continue;
      if (!present_.contains(form.entity) && !is_meant(form, hit, score)) continue;
      if (score > best_score) {
        best = id;
        best_score = score;
      }
    }
    if (!best) return std::nullopt;
    return found_name(hit, aliases_.form(*best), best_score > 0);
  }

  // How much the text around a hit speaks for an entity.
  [[nodiscard]] int score_of(const AliasForm& form, const Hit& hit) const {
    constexpr int beside = 20;  // outweighs all that stands farther away
    int score = weight(contexts_, form.entity, hit);
    if (score > 0 && (is_after_clue(form.entity, hit) || land_end(form.entity, hit))) {
      score += beside;
    }
    if (score == 0 && (stands_among_its_trade(form, hit) || is_paid_by_body(form, hit))) score = 1;
    return score;
  }

  // "the Border Guard paid Lantern", "its contract with Lantern": a vendor's short name where the
  // other party stands, in a sentence that names a body; behind "contract with" in a text that
  // does.
  [[nodiscard]] bool is_paid_by_body(const AliasForm& form, const Hit& hit) const {
    if (watchlist_.entities()[form.entity].kind != EntityKind::vendor) return false;
    if (bodies_.empty() || hit.first < 2 || !follows_directly(text_, hit.first)) return false;
    const NameWord& before = text_.words[hit.first - 1];
    if (name_classes().has(NameClass::paying_word, before)) {
      return bodies_.contains(text_.words[hit.first].sentence);
    }
    const bool links = before.key == "with" || before.key == "to" || before.key == "from";
    return links && name_classes().has(NameClass::deal_word, text_.words[hit.first - 2]);
  }

  // A vendor of the same trade is named in the sentence beyond doubt.
  [[nodiscard]] bool stands_among_its_trade(const AliasForm& form, const Hit& hit) const {
    const Entity& entity = watchlist_.entities()[form.entity];
    return entity.kind == EntityKind::vendor &&
           trades_.contains({text_.words[hit.first].sentence, entity.category});
  }

  // "ice storm", "Palantir of Orthanc": a word of the other meaning right beside it.
  [[nodiscard]] bool is_other_thing(const AliasForm& form, const Hit& hit) const {
    if (!form.homograph || is_told_by_capitals(form, hit)) return false;
    const bool is_before = follows_directly(text_, hit.first) &&
                           clue_ending_at(other_meanings_, *form.homograph, hit.first) != nullptr;
    return is_before || (follows_directly(text_, hit.end) &&
                         clue_beginning_at(other_meanings_, *form.homograph, hit.end) != nullptr);
  }

  // Its capitals tell the name from a word that is written in small letters.
  [[nodiscard]] bool is_told_by_capitals(const AliasForm& form, const Hit& hit) const {
    return form.other_meaning_is_small && text_.case_at(hit.first) != SentenceCase::capitals;
  }

  // Does the text, which has no longer name of the entity, mean it by this form?
  [[nodiscard]] bool is_meant(const AliasForm& form, const Hit& hit, int score) const {
    if (means_other(form, hit, score)) return false;
    return !form.needs_context || (score > 0 && !continues_another_name(hit));
  }

  // More speaks for the other meaning of a form than for its entity.
  [[nodiscard]] bool means_other(const AliasForm& form, const Hit& hit, int score) const {
    if (!form.homograph || is_told_by_capitals(form, hit)) return false;
    const int other = weight(other_meanings_, *form.homograph, hit);
    const bool is_backed = form.needs_context ? score >= other : !present_.empty();
    return other > 0 && !is_backed;
  }

  // How much the clues of an id speak around a hit: those nearby count most, one far away alone
  // does not count at all.
  [[nodiscard]] int weight(const CluesById& clues, std::uint32_t id, const Hit& hit) const {
    constexpr std::uint32_t near = 2;     // sentences
    constexpr std::ptrdiff_t enough = 5;  // clues: more add nothing
    const auto known = clues.find(id);
    if (known == clues.end()) return 0;
    const std::vector<Clue>& all = known->second;
    const std::uint32_t sentence = text_.words[hit.first].sentence;
    const auto begin = std::partition_point(
        all.begin(), all.end(), [&](const Clue& clue) { return clue.sentence + near < sentence; });
    const auto end = std::partition_point(
        begin, all.end(), [&](const Clue& clue) { return clue.sentence <= sentence + near; });
    const auto nearby = std::min<std::ptrdiff_t>(end - begin, enough);
    const auto elsewhere = std::min<std::ptrdiff_t>(std::ssize(all) - (end - begin), enough);
    return static_cast<int>(3 * nearby + (elsewhere >= 2 ? elsewhere : 0));
  }

  // "Freedonia's Ministry", "the Freedonian Ministry": a clue of the entity right before a hit.
  [[nodiscard]] bool is_after_clue(std::uint32_t entity, const Hit& hit) const {
    std::size_t end = hit.first;
    if (end > 0 && text_.words[end - 1].key == "'s") --end;
    return clue_ending_at(contexts_, entity, end) != nullptr;
  }

  // "the Ministry of Defence of Freedonia", "... in Freedonia": the end of such a clue.
  [[nodiscard]] std::optional<std::size_t> land_end(std::uint32_t entity, const Hit& hit) const {
    std::size_t at = hit.end;
    if (at >= text_.words.size() || !is_land_connector(text_.words[at])) return std::nullopt;
    ++at;
    if (at < text_.words.size() && is_article(text_.words[at])) ++at;
    const Clue* clue = clue_beginning_at(contexts_, entity, at);
    if (clue == nullptr || clue->sentence != text_.words[hit.first].sentence) return std::nullopt;
    return clue->end;
  }

  // A clue of an id that begins at a word; null for none.
  static const Clue* clue_beginning_at(const CluesById& clues, std::uint32_t id, std::size_t word) {
    const auto known = clues.find(id);
    if (known == clues.end()) return nullptr;
    const std::vector<Clue>& all = known->second;
    const auto clue = std::partition_point(all.begin(), all.end(),
                                           [word](const Clue& it) { return it.first < word; });
    return clue != all.end() && clue->first == word ? &*clue : nullptr;
  }

  // A clue of an id that ends before a word; null for none.
  static const Clue* clue_ending_at(const CluesById& clues, std::uint32_t id, std::size_t word) {
    constexpr std::size_t longest = 6;  // words of a clue
    const auto known = clues.find(id);
    if (known == clues.end()) return nullptr;
    const std::vector<Clue>& all = known->second;
    const std::size_t from = word - std::min(word, longest);
    auto clue = std::partition_point(all.begin(), all.end(),
                                     [from](const Clue& it) { return it.first < from; });
    while (clue != all.end() && clue->first < word && clue->end != word) ++clue;
    return clue != all.end() && clue->end == word ? &*clue : nullptr;
  }

  static bool is_land_connector(const NameWord& word) {
    return word.key == "in" || word.key == "of" || word.key == "de" || word.key == "del" ||
           word.key == "di" || word.key == "du" || word.key == "da" || word.key == "do" ||
           word.key == "der" || word.key == "van";
  }

  static bool is_article(const NameWord& word) {
    return word.key == "the" || word.key == "la" || word.key == "el" || word.key == "l'";
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
      found.reason += by_context ? said_by_context(form, hit) : " beside a longer name";
    }
    extend_name(text_, found);
    const bool is_shared = form.needs_context || hit.forms.size() > 1;
    if (is_shared && entity.kind == EntityKind::agency && found.end == hit.end) {
      found.end = end_with_land(form, hit);
    }
    return found;
  }

  // What bore out a form that needs it, besides a longer name: the nearest context word, if any.
  [[nodiscard]] std::string said_by_context(const AliasForm& form, const Hit& hit) const {
    if (const Clue* clue = nearest_clue(contexts_, form.entity, hit)) {
      return " near its context word: " + std::string{name_bytes(text_, clue->first, clue->end)};
    }
    if (stands_among_its_trade(form, hit)) return " beside a vendor of its trade";
    return " where a public body pays it";
  }

  // The clue of an id that stands nearest to a hit; null for none.
  static const Clue* nearest_clue(const CluesById& clues, std::uint32_t id, const Hit& hit) {
    const auto known = clues.find(id);
    if (known == clues.end() || known->second.empty()) return nullptr;
    const auto distance = [&](const Clue& clue) {
      return clue.first >= hit.end   ? clue.first - hit.end
             : clue.end <= hit.first ? hit.first - clue.end
                                     : std::size_t{0} - 1;  // a part of the name itself comes last
    };
    return &*std::ranges::min_element(known->second, {}, distance);
  }

  // "Ministerio del Interior de Freedonia": its country is part of a name that many bodies bear.
  [[nodiscard]] std::size_t end_with_land(const AliasForm& form, const Hit& hit) const {
    if (form.words < 2 || text_.case_at(hit.first) == SentenceCase::capitals) return hit.end;
    if (hit.end >= text_.words.size() || text_.words[hit.end].key == "in") return hit.end;
    const auto end = land_end(form.entity, hit);
    return end && text_.words[*end - 1].starts_upper ? *end : hit.end;
  }

  const NameText& text_;
  const Watchlist& watchlist_;
  const AliasIndex& aliases_;
  std::vector<Hit> hits_;
  CluesById contexts_;                         // by entity
  CluesById other_meanings_;                   // by AliasForm::homograph
  std::unordered_set<std::uint32_t> present_;  // entities named beyond doubt
  std::unordered_set<std::uint32_t> bodies_;   // sentences that name an agency beyond doubt
  // Sentences with the categories of the vendors that they name beyond doubt.
  std::set<std::pair<std::uint32_t, std::string_view>> trades_;
};

}  // namespace

std::vector<FoundName> find_listed_names(const NameText& text, const Watchlist& watchlist,
                                         const AliasIndex& aliases) {
  return ListedNames{text, watchlist, aliases}.find();
}

std::vector<PassedName> find_passed_names(const NameText& text, const Watchlist& watchlist,
                                          const AliasIndex& aliases) {
  ListedNames names{text, watchlist, aliases};
  names.find();
  return names.passed_over();
}

}  // namespace stakeout
