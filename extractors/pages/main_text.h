#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "extractors/pages/known_words.h"
#include "extractors/pages/page_blocks.h"
#include "extractors/pages/page_tree.h"

namespace stakeout {

// A page's outline and the element in it that holds the article.
struct MainPart {
  PageOutline outline;
  std::uint32_t container = 0;
};

// Outlines the page and finds its article; once more with less trust in class words when next to
// nothing is left otherwise. `address` is the page's, or empty.
[[nodiscard]] MainPart find_main_part(const PageTree& tree, const std::string& address);

// The element that holds the article: the one whose blocks have the most running text and the least
// of everything else, unless an element that is marked as the article's body (itemprop, class,
// <article>) has nearly as much. 0, the whole page, when there is no prose at all.
[[nodiscard]] std::uint32_t find_container(const PageTree& tree, const PageOutline& outline);

// The article's own text out of its container: paragraphs parted by one empty line, items and table
// rows of one list by one line feed. The head (title, byline, date, sharing), the tail (tags,
// related articles, notes on the author), links to other articles, credits and promotions are left
// out, and no paragraph comes twice.
[[nodiscard]] std::string article_text(const PageTree& tree, const PageOutline& outline,
                                       std::uint32_t container, const KnownLines& known);

}  // namespace stakeout
