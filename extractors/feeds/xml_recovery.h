#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extractors/feeds/warnings.h"

namespace stakeout {

// Rewrites a feed that is no well-formed XML into one that is, as a person would read it:
//
//   - end tags match whatever their case; one that matches nothing is left out; one that matches an
//     outer element closes the elements inside
//   - an entry begins outside of every other entry, and its end closes everything inside; fields of
//     an entry do not stand inside each other
//   - attributes may lack quotes, values and blanks between them
//   - "<" that begins no tag is text; HTML's empty elements need no end
//   - CDATA in any case; a section, a comment or a tag that never ends is cut where it plausibly
//   ends
//   - whatever is open at the end is closed; nothing stands outside the first root
//
// Comments, processing instructions and the DTD are left out; references stay as they are. Linear
// in `text`; the result is at most a few times as long. Each repair is a warning with its place in
// `text`.
struct RecoveredXml {
  std::string xml;
  // Where each start tag stands in `xml` and in `text`, rising: for messages about what is read.
  std::vector<std::pair<std::size_t, std::size_t>> places;
  bool cut_short = false;  // the text ended before its first element was closed
};
[[nodiscard]] RecoveredXml recovered_xml(std::string_view text, Warnings& warnings);

}  // namespace stakeout
