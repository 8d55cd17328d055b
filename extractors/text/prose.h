#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extractors/text/word_map.h"
#include "extractors/values/span.h"

namespace stakeout {

// What a token is made of.
enum class TokenKind : std::uint8_t {
  word,    // letters, with digits and apostrophes inside: "spy", "ICE", "O'Brien", "GPT4", "Q4"
  number,  // digits with group and decimal marks inside: "2", "1,234.56"; "5bn" is "5" and "bn"
  punctuation,  // one mark: "." "," "(" "\"" "—"
  symbol,       // one sign: "$" "€" "%" "+"
};

// One token: a range of bytes of the text, and what a rule wants to know of it.
struct Token {
  std::uint32_t begin = 0;  // first byte
  std::uint32_t end = 0;    // byte after the last
  TokenKind kind = TokenKind::word;
  bool starts_upper = false;     // its first letter is upper case
  bool all_upper = false;        // it has letters, at least two, and all of them are upper case
  bool space_before = false;     // white space (or the text's start) stands before it
  bool starts_sentence = false;  // first word of a sentence (quotes and brackets aside)
  bool has_digit = false;        // a word with a digit of ASCII: "GPT4"
  bool is_ascii = true;          // `folded` is
  WordHash hash = 0;             // of `folded`
  std::string folded;            // case folded, curly apostrophes as '
};

// Bytes [begin, end) and tokens [first_token, end_token) of one sentence.
struct Sentence {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t first_token = 0;
  std::uint32_t end_token = 0;
  std::uint32_t paragraph = 0;  // counted from 0; a line break in the text parts paragraphs
};

// A text cut into tokens, sentences and paragraphs once, for every extractor that reads it.
//
// Sentences: full stops of abbreviations ("U.S.", "Inc.", "No."), of initials and inside numbers
// end none; a line break always does, and so do 500 tokens or 8,000 bytes without an end, so that
// rules that look at a whole sentence take bounded time. The possessive ("Paragon's", with ' or ’)
// is part of no word: it is a token of its own, "'s" when folded. So are elided words
// ("l'entreprise" is "l'" and "entreprise"). A hyphen parts words ("Texas-based" is three tokens),
// so that names in compounds are found. Soft hyphens and other invisible characters are part of a
// word and left out of `folded`.
//
// Linear in the text. Ill-formed UTF-8 is harmless: bad bytes are symbol tokens. The text is
// borrowed and has to outlive the Prose. Texts of 4 GiB and more are not supported.
class Prose {
 public:
  explicit Prose(std::string_view text);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] const std::vector<Token>& tokens() const { return tokens_; }
  [[nodiscard]] const std::vector<Sentence>& sentences() const { return sentences_; }

  // The words of a token, or of tokens [first, end), as they stand in the text.
  [[nodiscard]] std::string_view words(std::size_t token) const;
  [[nodiscard]] std::string_view words(std::size_t first, std::size_t end) const;

  // The sentence of a token.
  [[nodiscard]] std::size_t sentence_of(std::size_t token) const {
    return sentence_of_token_[token];
  }

  // The first token that begins at or after a byte; tokens().size() when there is none.
  [[nodiscard]] std::size_t token_at_or_after(std::size_t byte) const;

  // Tokens [first, end) that have code points of the span.
  [[nodiscard]] std::pair<std::size_t, std::size_t> tokens_of(const Span& span) const;

  // Bytes [begin, end) as code points, in constant time; `end` is at most text().size().
  [[nodiscard]] Span span_of_bytes(std::size_t begin, std::size_t end) const;
  [[nodiscard]] Span span_of_tokens(std::size_t first, std::size_t end) const;

 private:
  static constexpr std::size_t bytes_a_block = 64;
  // 64 bytes of the text: how many code points begin before them, and at which of them one begins.
  struct Block {
    std::uint32_t before = 0;
    std::uint64_t starts = 0;
  };

  [[nodiscard]] std::size_t code_points_before(std::size_t byte) const;

  std::string_view text_;
  std::vector<Token> tokens_;
  std::vector<Sentence> sentences_;
  std::vector<std::uint32_t> sentence_of_token_;
  std::vector<Block> blocks_;
};

}  // namespace stakeout
