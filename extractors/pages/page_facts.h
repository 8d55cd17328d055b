#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/pages/json_ld.h"
#include "extractors/pages/page_blocks.h"
#include "extractors/pages/page_statements.h"
#include "extractors/pages/page_tree.h"
#include "extractors/values/timestamp.h"

namespace stakeout {

// The nodes among which an article's byline and date stand: [begin, end) from somewhat above its
// title to somewhat below its end. Its title, or the article where there is no heading, begins at
// `title`, and what holds the article ends at `article_end`.
struct Surroundings {
  std::uint32_t begin = 0;
  std::uint32_t title = 0;
  std::uint32_t article_end = 0;
  std::uint32_t end = 0;
};

// What the rules for title, byline and dates look at: a page, cut and outlined, its own statements,
// and where its article lies. Everything is borrowed.
struct PageFacts {
  const PageTree& tree;
  const PageOutline& outline;
  const PageStatements& stated;
  const StructuredData& data;
  std::uint32_t container;                       // find_container()
  std::string address;                           // canonical, else fetched from; may be empty
  std::string site;                              // the site's name; may be empty
  std::optional<Timestamp> fetched;              // when, if that is known
  const std::vector<std::string_view>& scripts;  // that hold no JSON-LD
  // What is found first, for what is found next.
  std::string title = {};
  Surroundings around = {};
};

// Where the article's title stands, by the words of PageFacts::title, else by the headings about
// the article.
[[nodiscard]] Surroundings find_surroundings(const PageFacts& page);

// The node after this one, of those that may be the article's: readers' comments, figures and
// captions are stepped over as a whole.
[[nodiscard]] std::uint32_t next_own_node(const PageFacts& page, std::uint32_t node);

// The block that a text is part of; nullptr when it was left out.
[[nodiscard]] const Block* block_around(const PageFacts& page, std::uint32_t node);

// Whether a node is part of what points to something else: a link that says much more, an item of a
// list with a link in it that is a title.
[[nodiscard]] bool is_in_teaser(const PageFacts& page, std::uint32_t node);

// "www.example.co.uk" and "https://example.co.uk/x" give "example": the word by which a host is
// known. Empty for an address without host.
[[nodiscard]] std::string host_word(std::string_view address);

// The site's name as the page gives it.
[[nodiscard]] std::string find_site(const PageStatements& stated, const StructuredData& data);

// <link rel=canonical>, else og:url, made absolute against `url` or <base>; empty when there is
// none that can be fetched. The address of a front page on another page is a mistake and not taken.
[[nodiscard]] std::string find_canonical_url(const PageTree& tree, const PageStatements& stated,
                                             const std::string& url);

// BCP 47: what the page declares, else the language that the text is written in; empty when that
// cannot be told.
[[nodiscard]] std::string find_language(const PageTree& tree, const PageStatements& stated,
                                        const StructuredData& data, std::string_view text);

// What the publisher asks of those who keep copies: Article::robots.
[[nodiscard]] std::string find_robots(const PageStatements& stated,
                                      const std::vector<std::string>& robots_tags);

}  // namespace stakeout
