#pragma once

#include <string>

#include "extractors/feeds/addresses.h"
#include "extractors/feeds/warnings.h"
#include "extractors/feeds/xml_source.h"
#include "extractors/values/feed.h"

namespace pugi {
class xml_node;
}

namespace stakeout {

// What the reading of one document needs to know beside its tree.
struct XmlFeedContext {
  Base base;  // the address of the document
  const XmlSource& source;
  Warnings& warnings;
};

// Reads the feed under the root that find_feed_root() found: RSS, RDF and Atom alike, since they
// borrow each other's elements (data/elements.tsv says what each one fills). Links that only the
// feed's own link can make absolute stay as they are.
[[nodiscard]] Feed read_xml_feed(const pugi::xml_node& root, const XmlFeedContext& context);

}  // namespace stakeout
