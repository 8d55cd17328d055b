#pragma once

#include <cstdint>
#include <optional>

#include "extractors/values/timestamp.h"

namespace stakeout {

// How often feeds are polled. Seconds.
struct PollOptions {
  std::int64_t first_interval = 3'600;  // of a feed whose habits are not known
  std::int64_t shortest = 900;          // for a feed that changes that often
  std::int64_t longest = 86'400;        // of a feed that never changes; caps publishers' wishes
  std::int64_t jitter_percent = 10;     // either way
};

// How a poll of a feed ended.
enum class PollOutcome : std::uint8_t {
  changed,    // 200 with something new
  unchanged,  // 304, or 200 with nothing new
  failed,     // no answer, a 5xx, or no feed
  throttled,  // 429, or any answer with Retry-After that is no success
  missing,    // 404
  forbidden,  // 401, 403
};

// When a publisher asks not to be polled (RSS skipHours, skipDays), in UTC. Bit 0 of `hours` is the
// hour from midnight on, bit 0 of `days` is Sunday. A list of all hours, or of all days, says
// nothing.
struct SkippedTimes {
  std::uint32_t hours = 0;
  std::uint32_t days = 0;
};

// What is known of a feed right after a poll.
struct PollState {
  Timestamp polled_at;
  PollOutcome outcome = PollOutcome::unchanged;
  // Seconds of the interval that was in force; absent: this was the first poll.
  std::optional<std::int64_t> interval;
  std::optional<std::int64_t> usual_gap;  // FeedHabits::usual_gap()
  std::optional<std::int64_t> quiet_for;  // seconds since the newest entry came
  // Seconds since the poll before that answered, and how much of the document, 0 to 1, is new since
  // then. Absent: no telling.
  std::optional<std::int64_t> elapsed;
  double new_share = 0;
  // Failed polls in a row, this one counted.
  int failures = 0;
  std::optional<std::int64_t> retry_after;    // FetchResponse::retry_after
  std::optional<std::int64_t> fresh_for;      // FetchResponse::fresh_for
  std::optional<std::int64_t> poll_interval;  // Feed::poll_interval
  SkippedTimes skipped;
};

// When a feed is to be polled again.
struct NextPoll {
  Timestamp at;
  std::int64_t interval = 0;  // the feed's own interval from now on, to be kept with the feed
};

// The rules, in this order:
//
// - A feed whose usual gap is known is polled two or three times in that gap. When it has been
// quiet
//   for longer the interval grows to a tenth of the time that it has been quiet, at most to the gap
//   itself: a weekend costs few polls, and Monday's first entry is not late.
// - Of a feed whose gap is not known the interval halves when a poll found something new, and grows
//   by half when not. After the first poll no feed waits longer than `first_interval`.
// - When more than half of the document was new since the poll before, entries are being missed, or
//   nearly: the next poll comes when half a document of new entries is due, or, when nothing in it
//   was known, in a quarter of the time.
// - All within `shortest` and `longest`.
// - Failures do not change the interval. The feed is asked again after the interval, an hour at
//   most, doubling up to `longest`; throttling without Retry-After waits an hour, doubling; a
//   missing feed is asked daily, a forbidden one weekly. There is no last time.
// - The poll comes no earlier than the server's freshness and the publisher's own interval ask for
//   (capped at `longest`), and never before Retry-After.
// - A poll that would come at a time that the publisher wants skipped waits for the next hour that
//   he does not.
//
// `jitter`, in [-1, 1], comes from the caller's generator; it never moves a poll before what
// Retry-After, freshness or the publisher asked for, and spreads those who were asked to come back
// at one time.
[[nodiscard]] NextPoll next_poll(const PollState& state, const PollOptions& options, double jitter);

}  // namespace stakeout
