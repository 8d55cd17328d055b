#include "extractors/facts/name_words.h"

#include <algorithm>

#include "extractors/facts/name_scripts.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

void set_key(NameWord& word, const Token& token, std::string_view text) {
  word.key = token.folded;
  word.hash = token.hash;
  if (text != "&" && token.is_ascii) return;
  word.key = text == "&" ? "and" : fold_accents(token.folded);
  if (token.kind == TokenKind::word) std::erase(word.key, '.');
  word.hash = hash_of_word(word.key);
}

bool is_hyphen(std::string_view mark) {
  return mark == "-" || mark == "\u2010" || mark == "\u2011";
}

class WordReader {
 public:
  explicit WordReader(const Prose& prose) : prose_{prose}, tokens_{prose.tokens()} {}

  std::vector<NameWord> read() {
    words_.reserve(tokens_.size());
    for (std::size_t i = 0; i < tokens_.size(); ++i) add(i);
    return std::move(words_);
  }

 private:
  void add(std::size_t i) {
    const Token& token = tokens_[i];
    const std::string_view text = prose_.words(i);
    const bool joined = i > 0 && tokens_[i - 1].end == token.begin;
    if (joined && !words_.empty() && words_.back().is_word) {
      if (text == ".") {
        words_.back().dotted = true;
        return;
      }
      if (is_hyphen(text) && is_joined_to_next(i)) {
        hyphen_before_ = true;
        return;
      }
      if (continues_abbreviation(token)) return join_to_abbreviation(token);
    }
    NameWord word;
    word.begin = token.begin;
    word.end = token.end;
    word.sentence = static_cast<std::uint32_t>(prose_.sentence_of(i));
    set_key(word, token, text);
    word.is_word = token.kind == TokenKind::word || token.kind == TokenKind::number || text == "&";
    word.starts_upper = token.starts_upper;
    word.all_upper = token.all_upper;
    word.starts_sentence = token.starts_sentence;
    word.joined = joined;
    word.after_hyphen = hyphen_before_;
    word.dotted = token.kind == TokenKind::word && text.ends_with('.');
    hyphen_before_ = false;
    const auto parts = token.is_ascii || token.kind != TokenKind::word
                           ? std::vector<std::string_view>{}
                           : name_parts(text);
    if (parts.empty()) {
      words_.push_back(std::move(word));
    } else {
      add_parts(word, parts);
    }
  }

  // The parts of a word of a script that does not part names; Latin letters among them keep their
  // capitals.
  void add_parts(const NameWord& whole, const std::vector<std::string_view>& parts) {
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    NameWord part = whole;
    for (const std::string_view text : parts) {
      part.end = part.begin + static_cast<std::uint32_t>(text.size());
      part.key = fold_accents(fold_case(text));
      part.hash = hash_of_word(part.key);
      part.starts_upper = is_capital(text.front());
      part.all_upper = text.size() > 1 && std::all_of(text.begin(), text.end(), is_capital);
      part.dotted = false;
      words_.push_back(part);
      part.begin = part.end;
      part.joined = true;
      part.after_hyphen = false;
      part.starts_sentence = false;
    }
  }

  // "U." + "S", "S.p." + "A": one letter after letters with full stops.
  [[nodiscard]] bool continues_abbreviation(const Token& token) const {
    const NameWord& before = words_.back();
    return before.dotted && token.kind == TokenKind::word && token.folded.size() == 1 &&
           (before.is_abbreviation || before.key.size() == 1);
  }

  void join_to_abbreviation(const Token& token) {
    NameWord& word = words_.back();
    const bool is_upper = word.key.size() == 1 ? word.starts_upper : word.all_upper;
    word.all_upper = is_upper && token.starts_upper;
    word.key += token.folded;
    word.hash = hash_of_word(word.key);
    word.end = token.end;
    word.dotted = false;
    word.is_abbreviation = true;
  }

  [[nodiscard]] bool is_joined_to_next(std::size_t i) const {
    return i + 1 < tokens_.size() && tokens_[i].end == tokens_[i + 1].begin &&
           tokens_[i + 1].kind != TokenKind::punctuation;
  }

  const Prose& prose_;
  const std::vector<Token>& tokens_;
  std::vector<NameWord> words_;
  bool hyphen_before_ = false;
};

struct CaseCount {
  std::size_t words = 0;     // longer ones: "of", "the", "and" tell nothing
  std::size_t upper = 0;     // begin with a capital
  std::size_t capitals = 0;  // are all capitals
};

// A full stop ends it, or stands before the quotation mark that does: no headline.
bool ends_with_stop(std::string_view sentence) {
  constexpr std::size_t longest_quote = 3;  // bytes
  const std::size_t from = sentence.size() - std::min(sentence.size(), longest_quote + 1);
  return sentence.substr(from).find_first_of(".!?;:") != std::string_view::npos;
}

SentenceCase case_of(const CaseCount& count, std::string_view sentence) {
  if (count.words >= 3 && count.capitals * 10 >= count.words * 8) return SentenceCase::capitals;
  const bool is_title = count.words >= 4 && count.upper * 10 >= count.words * 8;
  return is_title && !ends_with_stop(sentence) ? SentenceCase::title : SentenceCase::plain;
}

std::vector<SentenceCase> sentence_cases(const Prose& prose, const std::vector<NameWord>& words) {
  constexpr std::size_t short_word = 3;  // bytes
  std::vector<CaseCount> counts(prose.sentences().size());
  for (const NameWord& word : words) {
    if (!word.is_word || word.key.size() <= short_word) continue;
    CaseCount& count = counts[word.sentence];
    ++count.words;
    if (word.starts_upper) ++count.upper;
    if (word.all_upper) ++count.capitals;
  }
  std::vector<SentenceCase> cases;
  cases.reserve(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const Sentence& it = prose.sentences()[i];
    cases.push_back(case_of(counts[i], prose.text().substr(it.begin, it.end - it.begin)));
  }
  return cases;
}

}  // namespace

NameText::NameText(const Prose& text)
    : prose{text}, words{WordReader{text}.read()}, cases{sentence_cases(text, words)} {}

}  // namespace stakeout
