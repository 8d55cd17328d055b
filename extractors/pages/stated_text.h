#pragma once

#include <string>
#include <string_view>

namespace stakeout {

// The text of an article as its page states it in JSON-LD (articleBody): paragraphs parted by one
// empty line, without the markup that some pages leave in it.
[[nodiscard]] std::string paragraphs_of(std::string_view body);

// Whether such a text, of paragraphs_of(), is the article that the page shows a part of or nothing
// at all: `shown` is what was found on the page. It is when it goes on for long where `shown` ends,
// or when hardly anything is shown and it has the shown lines or the words of the title in it, or
// when nothing is shown and it is long. A
// text that says other things than the page does is not believed.
[[nodiscard]] bool is_whole_of(std::string_view stated, std::string_view shown,
                               std::string_view title);

}  // namespace stakeout
