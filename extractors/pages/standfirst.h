#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "extractors/pages/page_blocks.h"
#include "extractors/pages/page_tree.h"

namespace stakeout {

using IsLine = std::function<bool(std::string_view)>;

// What the page itself marks as its standfirst, when that stands between the title and the node
// `text` with which the article begins; else empty. A byline or a promotion is none, and nor is a
// line that `is_known`: one that is the page's description says what the text says in fewer words.
[[nodiscard]] std::string find_standfirst(const PageTree& tree, const PageOutline& outline,
                                          std::uint32_t text, const IsLine& is_title,
                                          const IsLine& is_known);

}  // namespace stakeout
