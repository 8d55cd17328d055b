#pragma once

#include <string_view>
#include <vector>

namespace stakeout {

// The parts of a word in which names are compared, where scripts do not part names by white space:
// - Chinese, Japanese, Korean, Thai: every character is a part, and a run of other letters is one;
// - Hebrew, Arabic: each of the first letters that may be an article, a preposition or a
// conjunction
//   ("and the") is a part, five at most, as long as two letters are left.
//
// A name and the text around it are parted alike, so that the parts of the name stand in the text
// whatever is fused to it. Empty when the word is one part, which all others are. `word` is UTF-8;
// the parts point into it.
[[nodiscard]] std::vector<std::string_view> name_parts(std::string_view word);

}  // namespace stakeout
