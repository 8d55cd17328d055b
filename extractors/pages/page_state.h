#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extractors/pages/page_facts.h"

namespace stakeout {

// Why a page shows less than its article, or none: a consent wall, a paywall's stub, an error page,
// a page that its scripts were to fill. Empty for an article that looks whole.
//
// `text` is the text that was found. A wall is believed only when little text stands beside it:
// most articles have a banner that asks for consent, too.
[[nodiscard]] std::vector<std::string> page_warnings(const PageFacts& page, std::string_view title,
                                                     std::string_view text);

}  // namespace stakeout
