#include "extractors/facts/introduced_names.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "extractors/facts/alias_index.h"
#include "extractors/facts/name_classes.h"
#include "extractors/facts/name_runs.h"
#include "extractors/facts/name_spans.h"

namespace stakeout {
namespace {

constexpr std::size_t longest_short_form = 4;  // words in parentheses
constexpr std::size_t most_spellings = 8;      // of one short form, apart in capitals or accents

struct ShortForm {
  std::size_t name = 0;  // index into the names
  bool in_parentheses = false;
  AliasForm form;
};

bool is_quote(const NameWord& word) {
  return word.key == "\"" || word.key == "'" || word.key == "\u201c" || word.key == "\u201d" ||
         word.key == "\u201e" || word.key == "\u2018" || word.key == "\u2019" ||
         word.key == "\u00ab" || word.key == "\u00bb";
}

class IntroducedFinder {
 public:
  IntroducedFinder(const NameText& text, const std::vector<FoundName>& names)
      : text_{text}, names_{names} {}

  IntroducedNames find() {
    for (std::size_t i = 0; i < names_.size(); ++i) {
      define_after(i);
      define_before(i);
      define_alternative(i);
      if (names_[i].kind == EntityKind::vendor) define_beginnings(i);
    }
    if (!forms_.empty()) {
      for (std::size_t i = 0; i < text_.words.size(); ++i) look_at(i);
    }
    return std::move(found_);
  }

 private:
  // "Name (SHORT)"
  void define_after(std::size_t index) {
    const FoundName& name = names_[index];
    const std::size_t open = name.end;
    if (open >= text_.words.size() || text_.words[open].key != "(") return;
    std::size_t first = open + 1;
    while (first < text_.words.size() && (is_quote(text_.words[first]) || is_article(first))) {
      ++first;
    }
    std::size_t end = first;
    while (end < text_.words.size() && text_.words[end].is_word &&
           end - first <= longest_short_form) {
      ++end;
    }
    std::size_t close = end;
    while (close < text_.words.size() && is_quote(text_.words[close])) ++close;
    if (end == first || close >= text_.words.size() || text_.words[close].key != ")") return;
    if (abbreviates(first, end, name)) define(index, first, end, true);
  }

  // "SHORT (Name)"
  void define_before(std::size_t index) {
    const FoundName& name = names_[index];
    if (name.first < 2 || name.end >= text_.words.size()) return;
    if (text_.words[name.first - 1].key != "(" || text_.words[name.end].key != ")") return;
    const std::size_t word = name.first - 2;
    if (!text_.words[word].all_upper || !abbreviates(word, word + 1, name)) return;
    define(index, word, word + 1, true);
  }

  // "Name, or SHORT, ...", "Name, known as SHORT, ..."
  void define_alternative(std::size_t index) {
    const FoundName& name = names_[index];
    std::size_t at = name.end;
    if (at >= text_.words.size() || text_.words[at].key != ",") return;
    const std::size_t word = after_or(at + 1);
    if (word == at + 1 || word >= text_.words.size()) return;
    if (!text_.in_one_sentence(at, word) || !text_.words[word].all_upper) return;
    if (abbreviates(word, word + 1, name)) define(index, word, word + 1, true);
  }

  // The word after "or" or "known as" at a word; that word when there is neither.
  [[nodiscard]] std::size_t after_or(std::size_t at) const {
    if (at + 1 >= text_.words.size()) return at;
    const std::string& key = text_.words[at].key;
    if (key == "or" || key == "ou" || key == "oder" || key == "o") return at + 1;
    return key == "known" && text_.words[at + 1].key == "as" ? at + 2 : at;
  }

  void define_beginnings(std::size_t index) {
    const FoundName& name = names_[index];
    for (std::size_t end = name.end - 1; end > name.first; --end) {
      if (is_name_word(text_, end - 1) && !is_common(name.first, end)) {
        define(index, name.first, end, false);
      }
    }
  }

  [[nodiscard]] bool is_article(std::size_t word) const {
    const std::string& key = text_.words[word].key;
    return key == "the" || key == "or" || key == "hereafter" || key == "hereinafter" ||
           key == "collectively";
  }

  // Words that are no name without the rest of it: the text has them in small letters, too, or
  // their class says so.
  [[nodiscard]] bool is_common(std::size_t first, std::size_t end) {
    const NameClasses& classes = name_classes();
    for (std::size_t i = first; i < end; ++i) {
      const NameWord& word = text_.words[i];
      const bool says_nothing =
          word.key.size() < 3 || stands_in_small_letters(word) ||
          classes.has(NameClass::generic, word) || classes.has(NameClass::country, word) ||
          classes.has(NameClass::state, word) || classes.has(NameClass::nationality, word) ||
          classes.has(NameClass::given_name, word) || classes.has(NameClass::function_word, word) ||
          classes.has(NameClass::title, word) || classes.has(NameClass::place_start, word);
      if (!says_nothing) return false;
    }
    return true;
  }

  // The words of the text are gathered when they are first asked for: most texts never do.
  [[nodiscard]] bool stands_in_small_letters(const NameWord& word) {
    if (!plain_words_) {
      plain_words_.emplace();
      for (const NameWord& other : text_.words) {
        if (other.is_word && !other.starts_upper) plain_words_->insert(other.key);
      }
    }
    return plain_words_->contains(word.key);
  }

  // The letters of the short form stand in the name in their order, and begin one of its words.
  [[nodiscard]] bool abbreviates(std::size_t first, std::size_t end, const FoundName& name) const {
    std::string small;
    for (std::size_t i = first; i < end; ++i) small += text_.words[i].key;
    if (small.size() < 2 || !text_.words[first].starts_upper) return false;
    if (end - first > 1 && text_.words[first + 1].joined) return false;  // a ticker: "ACM.N"
    std::string full;
    bool begins_word = false;
    for (std::size_t i = name.first; i < name.end; ++i) {
      full += text_.words[i].key;
      begins_word = begins_word || text_.words[i].key.starts_with(small.front());
    }
    if (!begins_word || small.size() >= full.size()) return false;
    std::size_t at = 0;
    for (const char c : full) {
      if (at < small.size() && small[at] == c) ++at;
    }
    return at == small.size();
  }

  void define(std::size_t name, std::size_t first, std::size_t end, bool in_parentheses) {
    const std::string words{name_bytes(text_, first, end)};
    if (!defined_.insert({words, in_parentheses}).second) return;
    std::string key;
    for (std::size_t i = first; i < end; ++i) key += text_.words[i].key + ' ';
    if (++spellings_[key] > most_spellings) return;
    ShortForm form{.name = name, .in_parentheses = in_parentheses, .form = {}};
    form.form =
        make_alias_form(0, words, trie_.add(words, static_cast<std::uint32_t>(forms_.size())));
    forms_.push_back(std::move(form));
  }

  void look_at(std::size_t word) {
    for (const PhraseMatch& match : trie_.matches_at(text_.words, word)) {
      for (const std::uint32_t id : *match.ids) {
        const ShortForm& form = forms_[id];
        if (!has_capitals_of(form.form, text_.words, word)) continue;
        if (is_in_address(text_, word, match.end)) continue;
        if (!form.in_parentheses && is_of_longer_name(word, match.end)) continue;
        add(form, word, match.end);
      }
    }
  }

  // "Acme Street", "John Acme": the beginning of a name counts only by itself.
  [[nodiscard]] bool is_of_longer_name(std::size_t first, std::size_t end) const {
    const NameClasses& classes = name_classes();
    if (first > 0 && follows_directly(text_, first)) {
      const NameWord& before = text_.words[first - 1];
      if (before.starts_upper && classes.has(NameClass::given_name, before)) return true;
    }
    if (end >= text_.words.size() || !follows_directly(text_, end)) return false;
    const NameWord& next = text_.words[end];
    return text_.case_at(first) == SentenceCase::plain && next.starts_upper && !next.after_hyphen &&
           !classes.has(NameClass::title, next) && !classes.has(NameClass::function_word, next);
  }

  void add(const ShortForm& form, std::size_t first, std::size_t end) {
    FoundName name = names_[form.name];
    name.reason =
        "short for \"" + std::string{name_bytes(text_, name.first, name.end)} + "\" in this text";
    name.first = first;
    name.end = end;
    extend_name(text_, name);
    (form.in_parentheses ? found_.by_parentheses : found_.by_beginning).push_back(std::move(name));
  }

  const NameText& text_;
  const std::vector<FoundName>& names_;
  std::optional<std::unordered_set<std::string_view>> plain_words_;  // keys without a capital
  PhraseTrie trie_;                                                  // ids index forms_
  std::vector<ShortForm> forms_;
  std::set<std::pair<std::string, bool>> defined_;
  std::unordered_map<std::string, std::size_t> spellings_;  // of the forms with these keys
  IntroducedNames found_;
};

}  // namespace

IntroducedNames find_introduced_names(const NameText& text, const std::vector<FoundName>& names) {
  return IntroducedFinder{text, names}.find();
}

}  // namespace stakeout
