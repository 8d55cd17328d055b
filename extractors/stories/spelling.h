#pragma once

#include <string_view>

namespace stakeout {

// Whether the word exists: one of everyday English, or of data/known_words.tsv. Given case folded.
[[nodiscard]] bool is_known_word(std::string_view word);

// Whether one word is the other with its spelling or ending put right, and not another word that
// only looks like it: "passed" is no "paused", "Iran" no "Iraq", "ICE" no "ICC".
[[nodiscard]] bool is_respelled(std::string_view before, std::string_view after);

}  // namespace stakeout
