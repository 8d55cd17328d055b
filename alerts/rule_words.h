#pragma once

#include <string>

namespace stakeout {

// What a reader is told of the rules that found a fact, to go on with its quoted words: "says that
// work was stopped" for "stop-work". Rules that are parted by ", " are told one after the other.
// Empty for a rule that data/rule_words.tsv does not know. Any thread may call.
[[nodiscard]] std::string words_of_rules(const std::string& rules);

}  // namespace stakeout
