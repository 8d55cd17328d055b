#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "extractors/stories/fingerprint.h"
#include "extractors/stories/left_out.h"
#include "extractors/values/article.h"

namespace stakeout {

class Prose;

// A line of an article's text, and the tokens of the article's fingerprint that are in it.
struct TextBlock {
  std::size_t begin = 0;  // bytes of the text, without line breaks
  std::size_t end = 0;
  std::size_t first_token = 0;  // of StoryFingerprint::tokens
  std::size_t end_token = 0;
};

// The lines of a text that have words, as far as the fingerprint of that text goes.
[[nodiscard]] std::vector<TextBlock> cut_blocks(const Prose& text,
                                                const StoryFingerprint& fingerprint);

// Whether some block's wording recurs on the site as far as figures do not matter, so that the
// comparison may find something. `fingerprint` is marked: see mark_furniture().
[[nodiscard]] bool has_recurring_block(const std::vector<TextBlock>& blocks,
                                       const StoryFingerprint& fingerprint);

// So many other articles of a site make a block furniture.
inline constexpr std::size_t articles_that_make_furniture = 3;

// One article and what it is compared with.
struct SiteComparison {
  std::string_view text;
  const std::vector<TextBlock>& blocks;
  const StoryFingerprint& article;  // marked: see mark_furniture()
  // Of other articles of the site, never of the same one.
  const std::vector<StoryFingerprint>& others;
  // What was left out of the article before.
  const std::vector<LeftOut>& known;
};

// The blocks of an article that are furniture of its site, in order: what three or more of the
// others have, too, that is nearly all of its runs of four content tokens, each with its figures.
// What was left out before stays out, so that an article is not changed back and forth by what its
// site publishes next. Every block that is found says how many of the others have it.
//
// The article keeps, although others have it:
//   - what copies of it have: others whose title is like its own and that share most of their text
//     with it; and articles with one title speak for the site once
//   - rows of tables: a form says the same of many things
//   - a block most of which is a quotation, and one that speaks of what the article speaks of (at
//     least half of its names stand in the title or in the rest; for a headline, all): reporters
//     copy their own background. What three quarters of the site's articles have goes nevertheless.
//   - a sentence between two paragraphs of the article's own, since many people decline to comment.
//     What a third of the site's articles have there goes nevertheless.
//   - everything, when hardly anything of its own would be left
//
// A line of less than four tokens goes with its neighbour, if it does so elsewhere on the site.
// Linear in the text, and in that of the others where there is something to compare.
[[nodiscard]] std::vector<Omission> find_site_blocks(const SiteComparison& comparison);

}  // namespace stakeout
