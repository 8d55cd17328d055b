#pragma once

#include "extractors/stories/fingerprint.h"
#include "storage/store.h"

namespace stakeout {

// What the store is told about an article's story.
struct StoryDecision {
  StoryMarks marks;
  std::vector<StoryLink> copies_of;
};

// Marks what is furniture of its site, learnt from the site's latest articles. What the article
// itself was stored with before does not count.
void mark_site_furniture(Store& store, std::int64_t article_id, StoryFingerprint& fingerprint);

// Compares an article, its furniture marked, with the stored ones that may be copies of it.
// `article_id` is never among the answers.
[[nodiscard]] StoryDecision decide_story(Store& store, std::int64_t article_id,
                                         const StoryFingerprint& fingerprint);

}  // namespace stakeout
