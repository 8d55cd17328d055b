#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/values/article.h"
#include "extractors/values/timestamp.h"

namespace stakeout {

// What the fetch says of a page; empty when not known.
struct PageContext {
  std::string url;           // the address that the page came from, after redirects
  std::string content_type;  // the Content-Type header
  std::vector<std::string> robots_tags = {};  // the X-Robots-Tag headers
  // When the page was fetched: later dates on it are no dates of its article.
  std::optional<Timestamp> fetched = {};
  bool is_part = false;  // of a page, such as the words of a feed: it has no state of its own
};

// Reads an article page: its own text and what it says of itself.
//
// Never fails: a page without an article gives an empty text and says why in `state`, as far as
// that can be told (a consent wall, an error page, a page that its scripts were to fill), and so
// does what is no page at all (a PDF, a picture, binary data), whatever its Content-Type. Linear in
// the page, bounded in depth and memory, whatever the page is made of.
//
// A title or a site's name has 2,000 characters at most, of a longer one the beginning and "…"; a
// text 500,000 bytes, which is a novel; languages and addresses that are no use are dropped. A text
// that was cut has a warning.
inline constexpr std::size_t longest_title = 2'000;
inline constexpr std::size_t longest_article = 500'000;
[[nodiscard]] Article extract_article(std::string_view bytes, const PageContext& context);

}  // namespace stakeout
