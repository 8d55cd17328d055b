#pragma once

#include "extractors/feeds/addresses.h"
#include "extractors/feeds/elements.h"
#include "extractors/feeds/xml_feed.h"
#include "extractors/values/feed.h"

namespace pugi {
class xml_node;
}

namespace stakeout {

// Reads an <item> or <entry>. `base` is the one outside of it.
[[nodiscard]] Entry read_xml_entry(const pugi::xml_node& node, const Base& base,
                                   const NameSpaces& names, const XmlFeedContext& context);

}  // namespace stakeout
