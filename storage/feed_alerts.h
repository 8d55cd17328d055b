#pragma once

#include <cstdint>
#include <string>

#include "extractors/values/timestamp.h"
#include "storage/connection.h"

// The news about feeds themselves. Each alert's details are sentences that say what happened, since
// when, the last error where there is one, and what to do. Called within the transaction that
// stores what they are about, after the feed's row was brought up to date.

namespace stakeout {

// Raises feed_failing, once in a row of failures, when it is more than a hiccup: failures that
// weigh 1 together (FeedFailure::weight) over twelve hours, or any failure after which the feed is
// not asked again for a day and a half.
void raise_if_failing(Connection& connection, std::int64_t feed_id, Timestamp now);

// Raises feed_recovered when feed_failing was raised; called before the success is stored.
void raise_if_recovered(Connection& connection, std::int64_t feed_id, Timestamp now);

// Raises feed_silent, once in a silence, when its time has come (`silent_from`). What was silent
// before it was listed is no news.
void raise_if_silent(Connection& connection, std::int64_t feed_id, Timestamp now);

void raise_gone(Connection& connection, std::int64_t feed_id, Timestamp now);

// `before` and `after` are where the feed is read; empty: at its listed address. Once for each new
// address.
void raise_moved(Connection& connection, std::int64_t feed_id, const std::string& before,
                 const std::string& after, Timestamp now);

}  // namespace stakeout
