#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/pages/html_tokens.h"

namespace stakeout {

// A start tag of the skeleton: where it stands there, and which of the page's attributes it has.
struct StartTag {
  std::uint32_t at = 0;
  std::uint32_t first_attribute = 0;
  std::uint32_t end_attribute = 0;
};

// A page made fit for the parser, which sees its tags alone: text and attributes, most of a page,
// go round it. All views point into the page; character references in them are not decoded.
struct ScannedHtml {
  // The tags, without attributes, every one closed in the right order, and without what no reader
  // of ours wants: scripts, styles, drawings, form fields, comments. What is not shown ("noscript",
  // "template") became a hidden element. For each piece of text stands one character from
  // first_stand_in on; white space may also stand for itself.
  std::string skeleton;
  std::vector<std::string_view> texts;         // texts[i] is what first_stand_in + i stands for
  std::vector<StartTag> start_tags;            // those with attributes, in order
  std::vector<HtmlAttribute> attributes;       // of all start tags
  std::vector<HtmlAttribute> root_attributes;  // of <html>, which the skeleton leaves to the parser
  std::vector<std::string> json_ld;            // the bodies of <script type="application/ld+json">
  std::vector<std::string> warnings;
};

// All code points from U+10000 on but the last two of each plane, which are no characters: the
// parser replaces those.
inline constexpr std::size_t stand_ins_a_plane = 0xFFFE;
inline constexpr std::size_t stand_in_count = 16 * stand_ins_a_plane;

[[nodiscard]] constexpr char32_t stand_in_of(std::size_t text) {
  return static_cast<char32_t>((text / stand_ins_a_plane + 1) * 0x10000 + text % stand_ins_a_plane);
}
[[nodiscard]] constexpr bool is_stand_in(char32_t c) {
  return c >= 0x10000;
}
[[nodiscard]] constexpr std::size_t text_of_stand_in(char32_t c) {
  return (c / 0x10000 - 1) * stand_ins_a_plane + c % 0x10000;
}

// The parser takes time quadratic in the depth of a page and in the attributes of a tag, and memory
// quadratic in misnested formatting; this scan bounds all three. At most 512 elements are open at
// once (the tags of deeper ones are left out, their text stays), at most 200,000 elements, about a
// million pieces of text and 32 MiB are kept; what is cut off is a warning. `html` is UTF-8 and has
// to outlive the result. Linear in the page.
[[nodiscard]] ScannedHtml scan_html(std::string_view html);

}  // namespace stakeout
