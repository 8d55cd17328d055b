#pragma once

#include <string>
#include <vector>

#include "extractors/pages/page_facts.h"

namespace stakeout {

// The article's title without the site's name: the heading that the page's own statements
// (og:title, <title>, JSON-LD) agree with, else what they say. Empty when the page has none of
// them.
[[nodiscard]] std::string find_title(const PageFacts& page);

// All that the page might show as its title, for knowing these lines again above the text.
[[nodiscard]] std::vector<std::string> title_lines(const PageFacts& page);

// Letters and digits of a text, folded: equal for titles that differ in dashes, quotes and case.
[[nodiscard]] std::string bare_words(std::string_view text);

}  // namespace stakeout
