#pragma once

#include <string>

#include "extractors/feeds/addresses.h"

namespace pugi {
class xml_node;
}

namespace stakeout {

// A title, a summary, a content: what a reader shows.
struct TextConstruct {
  std::string html;
  std::string plain;  // one line without markup
};

// The text of an element of RSS and of Dublin Core: HTML whether it says so or not, escaped, in
// CDATA or as bare elements.
[[nodiscard]] TextConstruct rss_text(const pugi::xml_node& node, const Base& base);

// A text construct or a content of Atom 1.0 (RFC 4287, 3.1 and 4.1.3: type text, html, xhtml or a
// media type) or of Atom 0.3 (mode xml, escaped or base64). Content of
// another media type is base64, and empty when it is no text.
[[nodiscard]] TextConstruct atom_text(const pugi::xml_node& node, const Base& base);

}  // namespace stakeout
