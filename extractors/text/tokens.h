#pragma once

#include <string_view>
#include <vector>

#include "extractors/text/prose.h"

namespace stakeout {

// Cuts a text into tokens as prose.h describes them; `starts_sentence` is left false. Linear.
[[nodiscard]] std::vector<Token> cut_tokens(std::string_view text);

}  // namespace stakeout
