#include "extractors/facts/altered_names.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>

#include "extractors/facts/name_classes.h"
#include "extractors/facts/name_spans.h"
#include "extractors/text/table.h"
#include "extractors/text/word_map.h"

namespace stakeout {

std::string_view spun_words_tsv();  // data/spun_words.tsv

namespace {

constexpr std::size_t most_before = 5;   // words of a name before an altered one
constexpr std::size_t longest_name = 8;  // words

// The words that each spun word may stand for.
using SpunWords = WordMap<std::vector<std::string_view>>;

const SpunWords& spun_words() {
  static const SpunWords words = [] {
    SpunWords read;
    for (const auto& row : read_table(spun_words_tsv())) {
      if (row.size() == 2) read[row[0]] = split_bars(row[1]);
    }
    return read;
  }();
  return words;
}

class AlteredNames {
 public:
  AlteredNames(const NameText& text, const Watchlist& watchlist, const AliasIndex& aliases,
               const std::vector<FoundName>& certain)
      : text_{text}, watchlist_{watchlist}, aliases_{aliases} {
    for (const FoundName& name : certain) {
      if (!name.entity || !named_.insert(*name.entity).second) continue;
      const Entity& entity = watchlist_.entities()[*name.entity];
      related_.insert(entity.name);
      if (!entity.parent.empty()) parents_.insert(entity.parent);
    }
  }

  std::vector<FoundName> find() {
    for (std::size_t i = 0; i < text_.words.size(); ++i) {
      const NameWord& word = text_.words[i];
      if (!word.starts_upper) continue;
      const auto* originals = spun_words().find(word.key, word.hash);
      if (originals == nullptr) continue;
      for (std::size_t before = 0; before <= std::min(i, most_before); ++before) {
        if (!text_.in_one_sentence(i - before, i)) break;
        for (const std::string_view original : *originals) look_at(i - before, i, original);
      }
    }
    return std::move(found_);
  }

 private:
  // The names that begin at `first` when word `altered` is read as `original`, with the other spun
  // words as they stand and with all of them read as what they may stand for first of all.
  void look_at(std::size_t first, std::size_t altered, std::string_view original) {
    const std::size_t end = std::min(first + longest_name, text_.words.size());
    std::vector<NameWord> words(text_.words.begin() + static_cast<std::ptrdiff_t>(first),
                                text_.words.begin() + static_cast<std::ptrdiff_t>(end));
    replace(words[altered - first], original);
    look_up(words, first, altered);
    bool has_more = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto* others = spun_words().find(words[i].key, words[i].hash);
      if (first + i == altered || others == nullptr) continue;
      replace(words[i], others->front());
      has_more = true;
    }
    if (has_more) look_up(words, first, altered);
  }

  static void replace(NameWord& word, std::string_view key) {
    word.key = key;
    word.hash = hash_of_word(key);
  }

  void look_up(const std::vector<NameWord>& words, std::size_t first, std::size_t altered) {
    for (const PhraseMatch& match : aliases_.forms().matches_at(words, 0)) {
      if (first + match.end <= altered || match.end < 2) continue;
      for (const std::uint32_t id : *match.ids) {
        const AliasForm& form = aliases_.form(id);
        if (has_capitals_of(form, words, 0) &&
            (is_certain(form) || is_told_by_rest(form, words, first)))
          add(form, first, match.end);
      }
    }
  }

  // "Inside Income Service": two words of a longer name are spun, and no context is needed.
  [[nodiscard]] bool is_told_by_rest(const AliasForm& form, const std::vector<NameWord>& words,
                                     std::size_t first) const {
    if (form.needs_context || form.words < 3) return false;
    std::size_t spun = 0;
    for (std::size_t i = 0; i < form.words; ++i) {
      if (words[i].key != text_.words[first + i].key) ++spun;
    }
    return spun >= 2 && spun < form.words;
  }

  [[nodiscard]] bool is_certain(const AliasForm& form) const {
    if (named_.contains(form.entity)) return true;
    const Entity& entity = watchlist_.entities()[form.entity];
    return !form.needs_context &&
           (related_.contains(entity.parent) || parents_.contains(entity.name));
  }

  void add(const AliasForm& form, std::size_t first, std::size_t length) {
    const Entity& entity = watchlist_.entities()[form.entity];
    FoundName name{.first = first, .end = first + length, .kind = entity.kind};
    name.entity = form.entity;
    name.name = entity.name;
    name.reason = "altered spelling of \"" + form.text + "\"";
    extend_name(text_, name);
    found_.push_back(std::move(name));
  }

  const NameText& text_;
  const Watchlist& watchlist_;
  const AliasIndex& aliases_;
  std::unordered_set<std::uint32_t> named_;
  std::unordered_set<std::string_view> related_;  // names of those entities
  std::unordered_set<std::string_view> parents_;  // names of their parents
  std::vector<FoundName> found_;
};

}  // namespace

std::vector<FoundName> find_altered_names(const NameText& text, const Watchlist& watchlist,
                                          const AliasIndex& aliases,
                                          const std::vector<FoundName>& certain) {
  return AlteredNames{text, watchlist, aliases, certain}.find();
}

}  // namespace stakeout
