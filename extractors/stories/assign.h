#pragma once

#include <cstddef>
#include <vector>

#include "extractors/stories/fingerprint.h"

namespace stakeout {

// Sorts a batch of documents into stories. The answer has one number for each document: documents
// with equal numbers are copies of one source, and the number is the index of one of them. Which
// documents go together does not depend on their order.
//
// What is furniture of a site is learnt from the batch itself.
[[nodiscard]] std::vector<std::size_t> assign_stories(const std::vector<StoryDocument>& documents);

}  // namespace stakeout
