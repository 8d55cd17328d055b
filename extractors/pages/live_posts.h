#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extractors/pages/page_tree.h"
#include "extractors/pages/signals.h"
#include "extractors/pages/text_sums.h"

namespace stakeout {

// The posts of a live blog: elements that are built alike, stand side by side, and say when each
// was written and what happened then. By node.
struct LivePosts {
  std::vector<std::uint32_t> posts;  // in the order of the page; one may lie inside another
  // The texts that say when, one in each post; without posts the lines of a text that is parted by
  // them.
  std::vector<std::uint32_t> times;
};

// Finds them. `marks` are those of the nodes, `address` is the page's own: a row whose headings
// lead to other pages are teasers, however many times of day stand there. Readers' comments are no
// posts. Linear in the page.
[[nodiscard]] LivePosts find_live_posts(const PageTree& tree, const std::vector<Marks>& marks,
                                        const TextSums& sums, std::string_view address);

// Whether a time of day stands in a text: "14:05", "9.30 Uhr", "3 May 2024, 2:05 p.m.".
[[nodiscard]] bool has_time_of_day(std::string_view text);

}  // namespace stakeout
