#include "extractors/text/sentences.h"

#include <algorithm>
#include <array>
#include <optional>

#include "extractors/text/table.h"
#include "extractors/text/unicode.h"

namespace stakeout {

std::string_view abbreviations_table();      // data/abbreviations.tsv
std::string_view sentence_starters_table();  // data/sentence_starters.tsv

namespace {

// Longer than a person writes; a text without full stops is cut here.
constexpr std::size_t most_tokens = 500;
constexpr std::size_t most_bytes = 8000;

// The kinds of data/abbreviations.tsv that a word is of.
struct Abbreviation {
  bool never = false;
  bool number = false;
  bool starter = false;
  bool ordinal = false;
};

// What the table says of a token.
Abbreviation abbreviation_of(const Token& token) {
  static const WordMap<Abbreviation> table = [] {
    WordMap<Abbreviation> words;
    for (const auto& row : read_table(abbreviations_table())) {
      Abbreviation& word = words[row[0]];
      word.never |= row.at(1) == "never";
      word.number |= row.at(1) == "number";
      word.starter |= row.at(1) == "starter";
      word.ordinal |= row.at(1) == "ordinal";
    }
    return words;
  }();
  const Abbreviation* found = table.find(token.folded, token.hash);
  return found == nullptr ? Abbreviation{} : *found;
}

bool is_starter(const Token& token) {
  static const WordMap<bool> words = [] {
    WordMap<bool> set;
    for (const auto& row : read_table(sentence_starters_table())) set[row[0]] = true;
    return set;
  }();
  return token.starts_upper && words.find(token.folded, token.hash) != nullptr;
}

template <std::size_t n>
bool is_one_of(const Token& token, const std::array<std::string_view, n>& marks) {
  return token.kind == TokenKind::punctuation &&
         std::ranges::find(marks, token.folded) != marks.end();
}

// The marks of scripts that write no blank between sentences end one wherever they stand.
bool is_wide_end(const Token& token) {
  constexpr auto marks = std::to_array<std::string_view>({"。", "！", "？", "｡", "．"});
  return is_one_of(token, marks);
}

bool is_end_mark(const Token& token) {
  constexpr auto marks =
      std::to_array<std::string_view>({".", "!", "?", "…", "؟", "۔", "।", "॥", "։", "።", "။"});
  return is_one_of(token, marks) || is_wide_end(token);
}

bool is_closing_mark(const Token& token) {
  constexpr auto tight = std::to_array<std::string_view>(
      {")", "]", "}", "\"", "'", "”", "“", "»", "›", "」", "』", "）"});
  constexpr auto loose = std::to_array<std::string_view>({"»", "›"});  // French puts a blank before
  return is_one_of(token, loose) || (!token.space_before && is_one_of(token, tight));
}

bool has_line_break(std::string_view gap) {
  for (std::size_t at = 0; at < gap.size();) {
    const CodePoint point = code_point_at(gap, at);
    const char32_t c = point.value;
    if ((c >= U'\n' && c <= U'\r') || c == 0x85 || c == 0x2028 || c == 0x2029) return true;
    at = point.next;
  }
  return false;
}

class Splitter {
 public:
  Splitter(std::string_view text, std::vector<Token>& tokens) : text_{text}, tokens_{tokens} {}

  std::vector<Sentence> run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const bool breaks_line =
          i > 0 &&
          has_line_break(text_.substr(tokens_[i - 1].end, tokens_[i].begin - tokens_[i - 1].end));
      if (breaks_line || ends_before(i) || is_full(i)) close(i);
      if (breaks_line) ++paragraph_;
      remember(i);
    }
    close(tokens_.size());
    return std::move(sentences_);
  }

 private:
  // True when token `next` would make the open sentence too long.
  [[nodiscard]] bool is_full(std::size_t next) const {
    return next - first_ >= most_tokens || tokens_[next].end - tokens_[first_].begin > most_bytes;
  }

  void remember(std::size_t i) {
    if (is_end_mark(tokens_[i])) {
      end_mark_ = i;
    } else if (end_mark_ && !is_closing_mark(tokens_[i])) {
      end_mark_.reset();
    }
  }

  // True when the end mark last passed, perhaps with closing quotes behind it, ended a sentence
  // before token `next`.
  [[nodiscard]] bool ends_before(std::size_t next) const {
    if (!end_mark_ || is_closing_mark(tokens_[next])) return false;
    const Token& mark = tokens_[*end_mark_];
    if (is_end_mark(tokens_[next]) && !tokens_[next].space_before) return false;
    if (is_wide_end(mark)) return true;
    if (!tokens_[next].space_before) return false;
    const Token& word = first_word(next);
    if (starts_lower(word)) return false;
    return mark.folded != "." || stop_ends(*end_mark_, next, word);
  }

  // The token that opening quotes and brackets at `at` stand before.
  [[nodiscard]] const Token& first_word(std::size_t at) const {
    constexpr std::size_t most_marks = 4;
    for (std::size_t i = at; i < std::min(tokens_.size(), at + most_marks); ++i) {
      if (tokens_[i].kind != TokenKind::punctuation) return tokens_[i];
    }
    return tokens_[at];
  }

  [[nodiscard]] bool starts_lower(const Token& token) const {
    return token.kind == TokenKind::word && is_lower(code_point_at(text_, token.begin).value);
  }

  // A full stop: whether the word before it is one that carries stops of its own.
  [[nodiscard]] bool stop_ends(std::size_t stop, std::size_t next, const Token& word) const {
    if (stop == 0 || tokens_[stop].space_before) return true;
    const Token& before = tokens_[stop - 1];
    if (before.kind == TokenKind::number) {
      const bool is_ordinal = before.end - before.begin <= 2 && abbreviation_of(word).ordinal;
      return !is_ordinal;
    }
    if (before.kind != TokenKind::word) return true;
    const Abbreviation abbreviation = abbreviation_of(before);
    if (abbreviation.never) return false;
    if (abbreviation.number) return tokens_[next].kind != TokenKind::number;
    const bool is_letter = count_code_points(before.folded) == 1;
    if (is_letter && tokens_[next].kind == TokenKind::number) return false;  // "p. 3"
    const bool is_initial = is_letter && before.starts_upper;
    const bool is_dotted =
        is_letter && stop >= 2 && tokens_[stop - 2].folded == "." && !before.space_before;
    if (is_initial || is_dotted || abbreviation.starter) {
      const bool opens_quote = &word != &tokens_[next] && tokens_[next].folded != "(";
      return is_starter(word) || (opens_quote && word.starts_upper);
    }
    return true;
  }

  void close(std::size_t end) {
    end_mark_.reset();
    if (end == first_) return;
    sentences_.push_back({tokens_[first_].begin, tokens_[end - 1].end,
                          static_cast<std::uint32_t>(first_), static_cast<std::uint32_t>(end),
                          paragraph_});
    const auto word =
        std::find_if(tokens_.begin() + static_cast<std::ptrdiff_t>(first_),
                     tokens_.begin() + static_cast<std::ptrdiff_t>(end),
                     [](const Token& token) { return token.kind != TokenKind::punctuation; });
    if (word != tokens_.begin() + static_cast<std::ptrdiff_t>(end)) word->starts_sentence = true;
    first_ = end;
  }

  std::string_view text_;
  std::vector<Token>& tokens_;
  std::vector<Sentence> sentences_;
  std::size_t first_ = 0;
  std::uint32_t paragraph_ = 0;
  std::optional<std::size_t> end_mark_;  // behind it, only closing marks so far
};

}  // namespace

std::vector<Sentence> cut_sentences(std::string_view text, std::vector<Token>& tokens) {
  return Splitter{text, tokens}.run();
}

}  // namespace stakeout
