#pragma once

#include "storage/connection.h"
#include "storage/digests.h"
#include "storage/story_keys.h"

namespace stakeout {

// What is in memory of story_marks, and of the tables around it.
struct StoryIndex {
  // The connection outlives it.
  explicit StoryIndex(Connection& connection) : keys{connection}, digests{connection} {}

  StoryKeys keys;
  Digests digests;
};

}  // namespace stakeout
