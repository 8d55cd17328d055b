#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/connection.h"
#include "storage/records.h"
#include "storage/story_index.h"

// Stories: connected groups of articles, by the joins between them. Called within a transaction.

namespace stakeout {

[[nodiscard]] std::vector<StoryCandidate> story_candidate_rows(Connection& connection,
                                                               StoryIndex& stories,
                                                               const StoryQuery& query);
[[nodiscard]] std::vector<std::string> host_digest_rows(Connection& connection, StoryIndex& stories,
                                                        std::uint64_t host_hash,
                                                        std::int64_t but_article, std::size_t limit,
                                                        FingerprintDigest digest);
[[nodiscard]] std::vector<std::string> neighbour_fingerprint_rows(Connection& connection,
                                                                  std::int64_t article_id,
                                                                  std::uint64_t host_hash,
                                                                  std::size_t limit);

// The neighbours of an article whose latest text has these words.
[[nodiscard]] std::vector<std::int64_t> neighbour_rows_with(Connection& connection,
                                                            std::int64_t article_id,
                                                            std::size_t limit,
                                                            const std::string& words);

struct JoinedStory {
  std::int64_t story_id = 0;
  bool merged = false;  // other stories have gone into it
};

// Puts an article into the story of the articles that it is a copy of, or into one of its own. When
// they are of several stories these become one, under the lowest id.
JoinedStory join_story(Connection& connection, std::int64_t article_id,
                       const std::vector<StoryLink>& copies_of, Timestamp now);

// Takes an article out of its story for good, into one of its own. What hung together only through
// it falls apart; no later copy brings the two together again.
void leave_story(Connection& connection, std::int64_t article_id, const std::string& why,
                 Timestamp now);
// Takes that back. False when the article was never taken out of a story.
bool rejoin_story(Connection& connection, std::int64_t article_id, Timestamp now);

}  // namespace stakeout
