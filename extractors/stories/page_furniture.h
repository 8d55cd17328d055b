#pragma once

#include <string_view>
#include <vector>

#include "extractors/stories/text_words.h"

namespace stakeout {

// A line of a page's text that is not empty.
struct PageLine {
  std::vector<TextWord> words;  // at least one; their bytes are those of the whole text
  bool opens_block = false;     // an empty line, or the beginning of the text, stands before it
  bool is_furniture = false;    // not the article: a counter, a menu, a list of other articles
  bool is_paywall = false;      // furniture that says that the rest is for subscribers
};

// The lines of a page's text, the marks before the items of a list left out, and which of them are
// furniture. Decided by wording
// (data/page_furniture.tsv), so a line that only looks like a menu entry, a row of a table say, is
// kept: it may hold a fact.
[[nodiscard]] std::vector<PageLine> cut_lines(std::string_view text);

}  // namespace stakeout
