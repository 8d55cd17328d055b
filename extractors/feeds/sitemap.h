#pragma once

#include <string>

#include "extractors/feeds/xml_feed.h"
#include "extractors/values/feed.h"

namespace pugi {
class xml_node;
}

namespace stakeout {

// Reads a sitemap (https://www.sitemaps.org/protocol.html), <urlset>, with the news extension or
// without, as a feed: one entry for each address, of which the first 50,000 count. The language and
// the name of the publication become the feed's.
[[nodiscard]] Feed read_sitemap(const pugi::xml_node& root, const XmlFeedContext& context);

// What to do about a <sitemapindex>, which is a list of sitemaps: names the newest of them.
[[nodiscard]] std::string sitemap_index_advice(const pugi::xml_node& root,
                                               const XmlFeedContext& context);

}  // namespace stakeout
