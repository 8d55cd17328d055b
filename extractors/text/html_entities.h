#pragma once

#include <string>
#include <string_view>

namespace stakeout {

// Decodes the character references of HTML: named ("&eacute;"), decimal and hexadecimal.
//
// As the HTML standard (13.2.5.72 onwards) but for one point: a name without its semicolon counts
// only when no letter, digit or "=" follows, in text as in attributes, so that addresses such as
// "?a=1&copy=2" stay whole. References to U+0080..U+009F mean windows-1252; two references to
// surrogates are the character of the pair; references to NUL, to lone surrogates and beyond
// Unicode become U+FFFD. Anything else that begins with "&" is left as it is. One pass: "&amp;lt;"
// gives
// "&lt;".
[[nodiscard]] std::string decode_character_references(std::string_view text);

// The same in the text of a page, where the standard has no such exception: "&copy2024" is
// "©2024".
[[nodiscard]] std::string decode_text_references(std::string_view text);

// The text of a piece of HTML on one line, for titles and names: tags, comments, scripts and styles
// left out, a blank where a block ends, references decoded, white space collapsed (no-break
// spaces stay). "<" that begins no tag of HTML is text: "vector<int>". Not for articles; those are
// parsed.
[[nodiscard]] std::string plain_text_of_html(std::string_view html);

}  // namespace stakeout
