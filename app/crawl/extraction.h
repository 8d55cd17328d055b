#pragma once

#include <optional>
#include <string>
#include <vector>

#include "extractors/facts/mentions.h"
#include "extractors/pages/extract_article.h"
#include "extractors/stories/fingerprint.h"
#include "extractors/stories/site_blocks.h"
#include "extractors/values/article.h"
#include "extractors/values/facts.h"
#include "extractors/values/timestamp.h"

namespace stakeout {

// What a feed's entry tells about the page behind it.
struct EntryHint {
  std::string title;
  std::optional<Timestamp> published;
  std::string content_html;  // the entry's own content or summary, for a page that cannot be had
};

// Everything that is read out of one page.
struct ExtractedPage {
  Article article;
  Facts facts;
  StoryFingerprint fingerprint;
  std::vector<TextBlock> blocks{};  // of article.text, as the fingerprint has it
};

// Reads a page: its text, its metadata (what the page does not say is taken from the entry), the
// facts in its text and its fingerprint. Pure; any thread.
[[nodiscard]] ExtractedPage extract_page(std::string_view bytes, const PageContext& context,
                                         const EntryHint& hint, const MentionFinder& finder);

// The same out of the feed's own words, for a page that cannot be had.
[[nodiscard]] ExtractedPage extract_entry(const std::string& url, const EntryHint& hint,
                                          const MentionFinder& finder);

// The facts in a stored text, for back-fill. `published` as in Article.
[[nodiscard]] Facts extract_stored(const std::string& text, const std::string& published,
                                   const MentionFinder& finder);

}  // namespace stakeout
