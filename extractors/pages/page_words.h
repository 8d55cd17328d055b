#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace stakeout {

// What a word of a page means where a rule looks for it; data/page_words.tsv.
enum class PageWord : std::uint8_t {
  conjunction,      // stands between two names: "and"
  before_date,      // in front of a date behind a name: "on"
  author_path,      // in addresses of pages about authors, between slashes: "author"
  document_ending,  // of the address of a file that is no page: "pdf"
  article_type,     // ends a type of schema.org for articles: "Article"
  work_type,        // one for other works
  page_type,        // one for pages
};

// The words of one kind as the table has them, in its order.
[[nodiscard]] const std::vector<std::string_view>& page_words(PageWord kind);
[[nodiscard]] bool is_page_word(std::string_view word, PageWord kind);

// Whether a row of such a table is one that is read: a kind of these names and a word. The program
// leaves out any other; a test holds the table against this.
[[nodiscard]] bool is_page_word_row(const std::vector<std::string_view>& row);

}  // namespace stakeout
