#include "extractors/facts/name_words.h"

#include <algorithm>

#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<signed char>(c) >= 0; });
}

std::string key_of(const Token& token, std::string_view word) {
  if (word == "&") return "and";
  std::string key = is_ascii(token.folded) ? token.folded : fold_accents(token.folded);
  if (token.kind == TokenKind::word) std::erase(key, '.');
  return key;
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
      if (text == ".") return end_with_full_stop(token);
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
    word.key = key_of(token, text);
    word.is_word = token.kind == TokenKind::word || token.kind == TokenKind::number || text == "&";
    word.starts_upper = token.starts_upper;
    word.all_upper = token.all_upper;
    word.starts_sentence = token.starts_sentence;
    word.joined = joined;
    word.after_hyphen = hyphen_before_;
    word.dotted = token.kind == TokenKind::word && text.ends_with('.');
    hyphen_before_ = false;
    words_.push_back(std::move(word));
  }

  void end_with_full_stop(const Token& token) {
    words_.back().dotted = true;
    words_.back().end = token.end;
  }

  // "U." + "S", "S.p." + "A": one letter after letters with full stops.
  [[nodiscard]] bool continues_abbreviation(const Token& token) const {
    const NameWord& before = words_.back();
    return before.dotted && token.kind == TokenKind::word && token.folded.size() == 1 &&
           before.end - before.begin == 2 * before.key.size();
  }

  void join_to_abbreviation(const Token& token) {
    NameWord& word = words_.back();
    const bool is_upper = word.key.size() == 1 ? word.starts_upper : word.all_upper;
    word.all_upper = is_upper && token.starts_upper;
    word.key += token.folded;
    word.end = token.end;
    word.dotted = false;
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
  std::size_t words = 0;
  std::size_t upper = 0;     // begin with a capital
  std::size_t capitals = 0;  // longer words all in capitals
  std::size_t long_words = 0;
};

SentenceCase case_of(const CaseCount& count) {
  if (count.long_words >= 3 && count.capitals * 10 >= count.long_words * 8) {
    return SentenceCase::capitals;
  }
  const bool is_title = count.long_words >= 4 && count.upper * 10 >= count.long_words * 8;
  return is_title ? SentenceCase::title : SentenceCase::plain;
}

}  // namespace

std::vector<NameWord> name_words(const Prose& prose) {
  return WordReader{prose}.read();
}

std::vector<SentenceCase> sentence_cases(const Prose& prose, const std::vector<NameWord>& words) {
  constexpr std::size_t short_word = 3;  // bytes: "of", "the", "and" tell nothing
  std::vector<CaseCount> counts(prose.sentences().size());
  for (const NameWord& word : words) {
    if (!word.is_word || word.key.size() <= short_word) continue;
    CaseCount& count = counts[word.sentence];
    ++count.long_words;
    if (word.starts_upper) ++count.upper;
    if (word.all_upper) ++count.capitals;
  }
  std::vector<SentenceCase> cases;
  cases.reserve(counts.size());
  for (const CaseCount& count : counts) cases.push_back(case_of(count));
  return cases;
}

}  // namespace stakeout
