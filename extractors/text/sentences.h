#pragma once

#include <string_view>
#include <vector>

#include "extractors/text/prose.h"

namespace stakeout {

// Groups the tokens of a text into sentences as prose.h describes them and marks the first word of
// each (`starts_sentence`). Linear.
[[nodiscard]] std::vector<Sentence> cut_sentences(std::string_view text,
                                                  std::vector<Token>& tokens);

}  // namespace stakeout
