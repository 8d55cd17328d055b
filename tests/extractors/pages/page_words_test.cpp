#include "extractors/pages/page_words.h"

#include <set>
#include <string>

#include <doctest/doctest.h>

#include "extractors/text/table.h"

namespace stakeout {

std::string_view page_words_table();

TEST_CASE("every row of the table of words is read, and none stands there twice") {
  std::set<std::string> seen;
  for (const auto& row : read_table(page_words_table())) {
    REQUIRE(!row.empty());
    std::string line;
    for (const std::string_view cell : row) line += std::string{cell} + '\t';
    CAPTURE(line);
    CHECK(is_page_word_row(row));
    CHECK(seen.insert(line).second);
  }
  CHECK_FALSE(is_page_word_row({"conjunktion", "and"}));
  CHECK_FALSE(is_page_word_row({"conjunction"}));
  CHECK_FALSE(is_page_word_row({"conjunction", ""}));
}

TEST_CASE("a word is of the kinds that the table gives it") {
  CHECK(is_page_word("und", PageWord::conjunction));
  CHECK_FALSE(is_page_word("und", PageWord::before_date));
  CHECK_FALSE(is_page_word("un", PageWord::conjunction));
  CHECK(is_page_word("pdf", PageWord::document_ending));
  CHECK(page_words(PageWord::article_type).front() == "Article");
}

}  // namespace stakeout
