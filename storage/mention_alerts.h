#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "extractors/values/timestamp.h"
#include "storage/connection.h"
#include "storage/records.h"

// The news that a story names an entity. Called within the transaction that stores or rejects the
// mentions, after it did.

namespace stakeout {

// One alert for each listed entity of a story, whatever number of articles name it. The article is
// the story's first that does, of those that are not past if there are any: one is past in what it
// said up to its past_revision, and up to that of a name that came on the watchlist later. Where
// all are, the alert is quiet, until another comes.
AlertCount raise_mentions(Connection& connection, std::int64_t story_id, Timestamp now);

// One alert, ever, for each vendor or agency that is on no watchlist and that a claim of the
// article names as a party. Where that had been taken back, whoever was sent the correction gets
// another.
AlertCount raise_unlisted(Connection& connection, std::int64_t article_id, bool quiet,
                          Timestamp now);

// Takes back what was raised about an entity in the story of an article, if that names it no more:
// where it was sent, a correction follows.
void withdraw_mention(Connection& connection, std::int64_t article_id, std::int64_t entity_id,
                      const std::string& why, Timestamp now);

// Undoes that, if the story names the entity again: whoever was sent the correction gets another.
void renew_mention(Connection& connection, std::int64_t article_id, std::int64_t entity_id,
                   Timestamp now);

// The parties on no watchlist that claims of any revision of an article name.
[[nodiscard]] std::vector<std::int64_t> unlisted_parties(Connection& connection,
                                                         std::int64_t article_id);

// Why a name on no watchlist is no party any more. What articles say of themselves is followed
// there and back once.
struct UnlistedReason {
  std::string why;
  bool is_persons_word = false;
  bool quiet = false;  // nobody is told
};

// Takes back what was raised about a name on no watchlist, if no claim names it any more.
AlertCount withdraw_unlisted(Connection& connection, std::int64_t article_id,
                             std::int64_t entity_id, const UnlistedReason& reason, Timestamp now);

}  // namespace stakeout
