#pragma once

#include <string>
#include <string_view>

#include "extractors/feeds/warnings.h"

namespace pugi {
class xml_document;
}

namespace stakeout {

// Text that XML can hold: without NUL and other control characters, line ends as "\n", U+0080 to
// U+009F as windows-1252, "<? xml" as "<?xml".
[[nodiscard]] std::string cleaned_xml(std::string_view utf8, Warnings& warnings);

// Parses cleaned text into `document`, by way of recovered_xml() when it is not well-formed. White
// space and CDATA are kept, references left as they are written (markup.h decodes them).
//
// Returns the text that offsets of nodes refer to, as long as it is the one given; an empty one
// when the tree is of the recovered text, whose places nobody has ever seen.
std::string_view parse_xml(std::string_view text, pugi::xml_document& document, Warnings& warnings);

}  // namespace stakeout
