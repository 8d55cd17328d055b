#pragma once

#include "extractors/stories/fingerprint.h"
#include "storage/store.h"

namespace stakeout {

// What the store is told about an article's story.
struct StoryDecision {
  StoryMarks marks;
  std::vector<StoryLink> copies_of;
};

// Compares an article with the stored ones that may be copies of it. What is furniture of its site
// is learnt from the site's latest articles. `article_id` is never among the answers.
[[nodiscard]] StoryDecision decide_story(Store& store, std::int64_t article_id,
                                         StoryFingerprint fingerprint);

}  // namespace stakeout
