#include "extractors/text/prose.h"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

std::vector<std::string> folded_tokens(const Prose& prose) {
  std::vector<std::string> words;
  for (const Token& token : prose.tokens()) words.push_back(token.folded);
  return words;
}

std::vector<std::string> sentence_texts(const Prose& prose) {
  std::vector<std::string> out;
  for (const Sentence& s : prose.sentences()) {
    out.emplace_back(prose.text().substr(s.begin, s.end - s.begin));
  }
  return out;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a text is cut into words, numbers, marks and signs") {
  struct Case {
    std::string_view text;
    Words tokens;
  };
  const Case cases[] = {
      {"", {}},
      {"Texas-based Acme", {"texas", "-", "based", "acme"}},
      {"Acme's and ACME\u2019S", {"acme", "'s", "and", "acme", "'s"}},
      {"the U.S.'s", {"the", "u", ".", "s", ".", "'s"}},
      {"O\u2019Brien can't", {"o'brien", "can't"}},
      {"the vendors' fee", {"the", "vendors", "'", "fee"}},
      {"l'entreprise, d\u2019euros dell'Interno",
       {"l'", "entreprise", ",", "d'", "euros", "dell'", "interno"}},
      {"$1,234.56.", {"$", "1,234.56", "."}},
      {"CHF 1'500.–", {"chf", "1'500", ".", "–"}},
      {"5bn 2nd Q4 1990s", {"5", "bn", "2", "nd", "q4", "1990", "s"}},
      {"9/11 50%", {"9", "/", "11", "50", "%"}},
      {"con\u00ADtract", {"contract"}},
      {"STRASSE Straße", {"strasse", "strasse"}},
  };
  for (const auto& [text, tokens] : cases) {
    CAPTURE(text);
    CHECK(folded_tokens(Prose{text}) == tokens);
  }
}

TEST_CASE("a token knows its letter case and the blank before it") {
  const Prose prose{"ICE paid $5 to Acme-X"};
  const auto& tokens = prose.tokens();
  REQUIRE(tokens.size() == 8);
  CHECK(tokens[0].all_upper);
  CHECK(tokens[0].space_before);
  CHECK(tokens[0].starts_sentence);
  CHECK_FALSE(tokens[1].starts_upper);
  CHECK_FALSE(tokens[3].space_before);
  CHECK(tokens[3].kind == TokenKind::number);
  CHECK(tokens[5].starts_upper);
  CHECK_FALSE(tokens[5].all_upper);
  CHECK_FALSE(tokens[7].all_upper);  // one letter is no word in capitals
  CHECK_FALSE(tokens[7].space_before);
}

TEST_CASE("sentences end where a reader would end them") {
  struct Case {
    std::string_view text;
    Words sentences;
  };
  const Case cases[] = {
      {"It ended. Then it began.", {"It ended.", "Then it began."}},
      {"The U.S. Marshals paid Acme Inc. for it.", {"The U.S. Marshals paid Acme Inc. for it."}},
      {"It left the U.S. The firm stayed.", {"It left the U.S.", "The firm stayed."}},
      {"He works at Acme Corp. It is small.", {"He works at Acme Corp.", "It is small."}},
      {"Gen. Ann B. Lee met Dr. The.", {"Gen. Ann B. Lee met Dr. The."}},
      {"See No. 5 of Sept. 27 on p. 3.", {"See No. 5 of Sept. 27 on p. 3."}},
      {"We said no. Nobody heard.", {"We said no.", "Nobody heard."}},
      {"It cost 2.5 dollars. Cheap.", {"It cost 2.5 dollars.", "Cheap."}},
      {"\"It is over.\" She left.", {"\"It is over.\"", "She left."}},
      {"\u201CWhy?\u201D he asked.", {"\u201CWhy?\u201D he asked."}},
      {"Yahoo! said so. \u201CTrue.\u201D", {"Yahoo! said so.", "\u201CTrue.\u201D"}},
      {"Am 3. Oktober begann es. Gut.", {"Am 3. Oktober begann es.", "Gut."}},
      {"契約は終了した。次は？はい", {"契約は終了した。", "次は？", "はい"}},
      {"هل انتهى؟ نعم.", {"هل انتهى؟", "نعم."}},
      {"A headline\nThe text, no stop\n\nMore", {"A headline", "The text, no stop", "More"}},
      {"Wait ... What? No!", {"Wait ...", "What?", "No!"}},
      {"« C'est fini. » Il part.", {"« C'est fini. »", "Il part."}},
      {"(It ended.) Then", {"(It ended.)", "Then"}},
  };
  for (const auto& [text, sentences] : cases) {
    CAPTURE(text);
    CHECK(sentence_texts(Prose{text}) == sentences);
  }
}

TEST_CASE("a line break parts paragraphs and sentences know theirs") {
  const Prose prose{"One. Two.\n\nThree\nFour"};
  REQUIRE(prose.sentences().size() == 4);
  CHECK(prose.sentences()[1].paragraph == 0);
  CHECK(prose.sentences()[2].paragraph == 1);
  CHECK(prose.sentences()[3].paragraph == 2);
  CHECK(prose.sentence_of(prose.tokens().size() - 1) == 3);
}

TEST_CASE("a sentence that does not end is cut after 500 tokens or 8,000 bytes") {
  const auto counts = [](std::string_view unit, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += unit;
    std::vector<std::size_t> tokens;
    const Prose prose{text};
    for (const Sentence& s : prose.sentences()) {
      CHECK(s.paragraph == 0);
      tokens.push_back(s.end_token - s.first_token);
    }
    return tokens;
  };
  using Counts = std::vector<std::size_t>;
  CHECK(counts("grass ", 500) == Counts{500});
  CHECK(counts("grass ", 1001) == Counts{500, 500, 1});
  const std::string long_word(2000, 'x');
  CHECK(counts(long_word + " ", 9) == Counts{3, 3, 3});
  CHECK(counts("grass" + std::string(9000, ' '), 3) == Counts{1, 1, 1});
  CHECK(counts(std::string(20'000, 'x'), 1) == Counts{1});
}

TEST_CASE("the first word of a sentence is marked behind quotes and brackets") {
  const Prose prose{"\u201C(Acme won.\u201D Then"};
  Words marked;
  for (const Token& token : prose.tokens()) {
    if (token.starts_sentence) marked.push_back(token.folded);
  }
  CHECK(marked == Words{"acme", "then"});
}

TEST_CASE("spans count code points, bad bytes included") {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "€ \xFF\xE2\x82 ключ 😀 plain ";
  const Prose prose{text};
  for (const Token& token : prose.tokens()) {
    const Span span = prose.span_of_bytes(token.begin, token.end);
    CHECK(span.start == count_code_points(std::string_view{text}.substr(0, token.begin)));
    CHECK(span.end == count_code_points(std::string_view{text}.substr(0, token.end)));
  }
  CHECK(prose.span_of_bytes(text.size(), text.size()).end == count_code_points(text));
}

TEST_CASE("a byte leads to the token that begins there or next") {
  const Prose prose{"one  two"};
  CHECK(prose.token_at_or_after(0) == 0);
  CHECK(prose.token_at_or_after(1) == 1);
  CHECK(prose.token_at_or_after(5) == 1);
  CHECK(prose.token_at_or_after(6) == 2);
  CHECK(prose.words(0, 2) == "one  two");
  CHECK(prose.words(1, 1).empty());
}

TEST_CASE("a span leads to the tokens that it touches") {
  const Prose prose{"für €5 bn, ok"};  // für | € | 5 | bn | , | ok
  for (std::size_t first = 0; first < prose.tokens().size(); ++first) {
    for (std::size_t end = first + 1; end <= prose.tokens().size(); ++end) {
      CHECK(prose.tokens_of(prose.span_of_tokens(first, end)) == std::pair{first, end});
    }
  }
  CHECK(prose.tokens_of({1, 2}) == std::pair<std::size_t, std::size_t>{0, 1});
  CHECK(prose.tokens_of({3, 4}) == std::pair<std::size_t, std::size_t>{1, 1});  // the blank
  CHECK(prose.tokens_of({13, 14}) == std::pair<std::size_t, std::size_t>{6, 6});
}

TEST_CASE("a token carries the hash of its folded form and what it is made of") {
  const Prose prose{"GPT4 Größe can\u2019t soft\u00ADware"};
  for (const Token& token : prose.tokens()) CHECK(token.hash == hash_of_word(token.folded));
  REQUIRE(prose.tokens().size() == 4);
  CHECK(prose.tokens()[0].has_digit);
  CHECK_FALSE(prose.tokens()[1].has_digit);
  CHECK_FALSE(prose.tokens()[1].is_ascii);
  CHECK(prose.tokens()[2].is_ascii);  // the curly apostrophe is folded
  CHECK(prose.tokens()[3].is_ascii);
}

}  // namespace stakeout
