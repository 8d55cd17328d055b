#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stakeout {

// A page made fit for the parser.
struct ScannedHtml {
  // The page with every tag closed in the right order, and without what no reader of ours wants:
  // bodies of scripts, styles, drawings and form fields, comments, attributes that nothing looks
  // at. What is not shown ("noscript", "template") became a hidden element.
  std::string html;
  std::vector<std::string> json_ld;  // the bodies of <script type="application/ld+json">
  std::vector<std::string> warnings;
};

// The parser takes time quadratic in the depth of a page and in the attributes of a tag, and memory
// quadratic in misnested formatting; this scan bounds all three. At most 512 elements are open at
// once (the tags of deeper ones are left out, their text stays), at most 200,000 elements and
// 32 MiB are kept; what is cut off is a warning. `html` is UTF-8. Linear in the page.
[[nodiscard]] ScannedHtml scan_html(std::string_view html);

}  // namespace stakeout
