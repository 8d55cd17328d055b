#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stakeout {

// The feeds that an HTML page offers: <link rel="alternate" type="application/rss+xml" href="...">
// and its like for Atom and JSON, absolute, each once, in the order of the page. `base_url` is the
// address of the page; <base href> counts. At most twenty. Addresses that cannot be made absolute
// http or https ones are left out.
[[nodiscard]] std::vector<std::string> find_feed_links(std::string_view html,
                                                       std::string_view base_url);

}  // namespace stakeout
