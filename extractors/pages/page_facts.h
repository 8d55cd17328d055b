#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extractors/pages/json_ld.h"
#include "extractors/pages/page_blocks.h"
#include "extractors/pages/page_tree.h"

namespace stakeout {

// The <meta> elements of a page.
class MetaTags {
 public:
  explicit MetaTags(const PageTree& tree);

  // The first non-empty content of the first of these names (lower case; of "name", "property",
  // "itemprop" or "http-equiv") that the page has.
  [[nodiscard]] std::string_view first_of(std::initializer_list<std::string_view> names) const;
  // All contents of one name, in order.
  [[nodiscard]] const std::vector<std::string>& all(std::string_view name) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> contents_;
};

// What the rules for title, byline and dates look at: a page, cut and outlined, its own statements,
// and where its article lies. Everything is borrowed.
struct PageFacts {
  const PageTree& tree;
  const PageOutline& outline;
  const MetaTags& meta;
  const StructuredData& data;
  std::uint32_t container;  // find_container()
  std::string address;      // canonical, else fetched from; may be empty
  std::string site;         // the site's name; may be empty
};

// The nodes among which an article's byline and date stand: from somewhat above its title to
// somewhat below its end, [first, second).
[[nodiscard]] std::pair<std::uint32_t, std::uint32_t> surroundings(const PageFacts& page);

// "www.example.co.uk" and "https://example.co.uk/x" give "example": the word by which a host is
// known. Empty for an address without host.
[[nodiscard]] std::string host_word(std::string_view address);

// The site's name as the page gives it.
[[nodiscard]] std::string find_site(const MetaTags& meta, const StructuredData& data);

// <link rel=canonical>, else og:url, made absolute against `url` or <base>; empty when there is
// none that can be fetched. The address of a front page on another page is a mistake and not taken.
[[nodiscard]] std::string find_canonical_url(const PageTree& tree, const MetaTags& meta,
                                             const std::string& url);

// BCP 47: what the page declares, else the language that the text is written in; empty when that
// cannot be told.
[[nodiscard]] std::string find_language(const PageTree& tree, const MetaTags& meta,
                                        const StructuredData& data, std::string_view text);

// What the publisher asks of those who keep copies: Article::robots.
[[nodiscard]] std::string find_robots(const MetaTags& meta,
                                      const std::vector<std::string>& robots_tags);

}  // namespace stakeout
