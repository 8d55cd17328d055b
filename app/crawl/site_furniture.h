#pragma once

#include <cstdint>
#include <vector>

#include "app/crawl/extraction.h"
#include "storage/store.h"

namespace stakeout {

// What the site's other articles, those that are stored, teach of an article's text: see
// extractors/stories/site_blocks.h for what is furniture, and docs/decisions/0004 for the way.

// Takes the furniture out of a page's text. Where there is any, the facts are those of what is
// left, read by extract_stored(): the crawl and a later reading of the stored text agree.
//
// The fingerprint stays that of the whole text, so that the furniture can be counted again; it has
// to be marked, see mark_site_furniture(). `known` is what was left out of the article before.
void leave_out_furniture(Store& store, std::int64_t article_id, const std::vector<LeftOut>& known,
                         const MentionFinder& finder, ExtractedPage& page);

// Once an article is stored: takes what it was among the first to show as furniture out of the
// articles that made it so, those that are stored with it.
void pare_earlier_articles(Store& store, const Article& article, std::int64_t article_id,
                           const MentionFinder& finder, Timestamp now);

// A stored text as it is read now, with what was left out of it put back first. `known`, too, was
// left out of the article. Without the facts where the text stays as it is.
[[nodiscard]] TextReading read_again(Store& store, const StoredText& stored,
                                     std::vector<LeftOut> known, const MentionFinder& finder);

}  // namespace stakeout
