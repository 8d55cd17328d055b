#pragma once

#include <string>

#include "extractors/feeds/elements.h"

namespace pugi {
class xml_node;
class xml_document;
}  // namespace pugi

namespace stakeout {

// The element in which a feed begins, wherever it stands in the document: behind a PHP warning,
// too. Where there is none of the
// known roots, what holds the entries: a feed may have lost its beginning, and Atom allows an entry
// alone (RFC 4287, 2). An empty node when there is none. Names count without regard to case and
// prefix.
[[nodiscard]] pugi::xml_node find_feed_root(const pugi::xml_document& document);

// "rss2.0", "atom1.0", ... by the root's name, version and name spaces (and those of the channel,
// which part RSS 0.90 from RSS 1.0). RSS of an unknown version reads as 2.0.
[[nodiscard]] std::string format_of(const pugi::xml_node& root);

// To what vocabulary names without a prefix belong.
[[nodiscard]] Vocabulary own_vocabulary(const pugi::xml_node& root);

}  // namespace stakeout
