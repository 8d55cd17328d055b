#pragma once

#include <string>
#include <string_view>

namespace stakeout {

// A search as FTS5 reads it (https://www.sqlite.org/fts5.html, section 3), out of one as a person
// writes it: words that hold signs, which FTS5 refuses, become phrases ("stop-work", "U.S.",
// "$4.2"). Phrases in double quotes, AND, OR, NOT, NEAR(...), prefix*, ^first, a + b, brackets and
// the columns "title:" and "text:" are left as they are. UTF-8. Linear.
[[nodiscard]] std::string search_words(std::string_view query);

}  // namespace stakeout
