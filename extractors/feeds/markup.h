#pragma once

#include <string>
#include <string_view>

#include "extractors/feeds/addresses.h"

namespace pugi {
class xml_node;
}

// What stands inside an element of a feed, as text and as HTML. The tree has to be parsed without
// pugixml's own decoding of references (see xml_document.h), so that "&eacute;" and "&amp;eacute;"
// can be told apart.

namespace stakeout {

// Text as it may stand in HTML, in an attribute value, too.
[[nodiscard]] std::string escaped_for_html(std::string_view text);

[[nodiscard]] bool has_element_children(const pugi::xml_node& node);

// The text of the element's own text and CDATA, references decoded once; of a
// text so long that it will be cut (bounds.h) only the beginning.
[[nodiscard]] std::string text_inside(const pugi::xml_node& node);

// An attribute's value with its references decoded; empty when there is none. `name` ignores case.
[[nodiscard]] std::string attribute_value(const pugi::xml_node& node, std::string_view name);

// How CDATA amid elements is meant: as text (Atom's xhtml), or as HTML (a description of RSS that
// mixes the two).
enum class Cdata { text, html };

// The elements inside as HTML: prefixes and name-space declarations taken off, href and src made
// absolute with regard to every xml:base on the way.
[[nodiscard]] std::string html_inside(const pugi::xml_node& node, const Base& base, Cdata cdata);

// Name without prefix, in lower case: "dc:Date" is "date".
[[nodiscard]] std::string local_name(std::string_view qualified);

}  // namespace stakeout
