#pragma once

#include <cstdint>
#include <optional>
#include <span>

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

// What is known of a feed right after a poll.
struct PollState {
  Timestamp polled_at;
  PollOutcome outcome = PollOutcome::unchanged;
  // Seconds of the interval that was in force; absent: this was the first poll.
  std::optional<std::int64_t> interval;
  // Failed polls in a row, this one counted.
  int failures = 0;
  std::optional<std::int64_t> retry_after;    // FetchResponse::retry_after
  std::optional<std::int64_t> fresh_for;      // FetchResponse::fresh_for
  std::optional<std::int64_t> poll_interval;  // Feed::poll_interval
};

// When a feed is to be polled again.
struct NextPoll {
  Timestamp at;
  std::int64_t interval = 0;  // the feed's own interval from now on, to be kept with the feed
};

// The interval halves when a poll found something new and grows by half when not, within the
// bounds. The poll comes no earlier than the server's freshness and the publisher's own interval
// ask for (capped at `longest`), and never before Retry-After. Failures back off from `interval`,
// doubling up to `longest`; throttling without Retry-After waits an hour, doubling; a missing feed
// is asked daily, a forbidden one weekly. `jitter`, in [-1, 1], comes from the caller's generator;
// it never moves a poll before what Retry-After, freshness or the publisher asked for.
[[nodiscard]] NextPoll next_poll(const PollState& state, const PollOptions& options, double jitter);

}  // namespace stakeout
