#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extractors/pages/html_tokens.h"
#include "extractors/pages/skeleton.h"

namespace stakeout {

// A page made fit for the parser. All views point into the page.
struct ScannedHtml {
  // Without what no reader of ours wants: scripts, styles, drawings, form fields, comments. What is
  // not shown ("noscript", "template") became a hidden element.
  Skeleton skeleton;
  std::vector<HtmlAttribute> root_attributes;  // of <html>, which the skeleton leaves to the parser
  std::vector<std::string_view> json_ld;       // the bodies of <script type="application/ld+json">
  std::vector<std::string_view> scripts;       // those of all other scripts
  std::vector<std::string> warnings;
};

// The parser takes time quadratic in the depth of a page and in the attributes of a tag, and memory
// quadratic in misnested formatting; this scan bounds all three. At most 512 elements are open at
// once (the tags of deeper ones are left out, their text stays), at most 200,000 elements, about a
// million pieces and 32 MiB are kept; what is cut off is a warning. `html` is UTF-8 and has
// to outlive the result. Linear in the page.
[[nodiscard]] ScannedHtml scan_html(std::string_view html);

}  // namespace stakeout
