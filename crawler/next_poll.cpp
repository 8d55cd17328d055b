#include "crawler/next_poll.h"

#include <algorithm>
#include <cmath>

namespace stakeout {
namespace {

constexpr std::int64_t hour = 3'600;
constexpr std::int64_t day = 86'400;

// `base`, doubled for each failure after the first, up to `most`.
std::int64_t backed_off(std::int64_t base, int failures, std::int64_t most) {
  for (int i = 1; i < failures && base < most; ++i) base *= 2;
  return std::min(base, most);
}

// The feed's own interval after this poll. Only polls that showed how often it changes count.
std::int64_t interval_after(const PollState& state, const PollOptions& options) {
  if (!state.interval) return options.first_interval;
  std::int64_t interval = *state.interval;
  if (state.outcome == PollOutcome::changed) interval /= 2;
  if (state.outcome == PollOutcome::unchanged) interval += interval / 2;
  return std::clamp(interval, options.shortest, options.longest);
}

// How long to wait by the outcome alone, before jitter.
std::int64_t wait_for(const PollState& state, const PollOptions& options, std::int64_t interval) {
  switch (state.outcome) {
    case PollOutcome::changed:
    case PollOutcome::unchanged:
      return interval;
    case PollOutcome::failed:
      return backed_off(interval, state.failures, options.longest);
    case PollOutcome::throttled:
      if (state.retry_after) return interval;
      return std::max(interval, backed_off(hour, state.failures, options.longest));
    case PollOutcome::missing:
      return std::max(interval, day);
    case PollOutcome::forbidden:
      return 7 * day;
  }
  return interval;
}

}  // namespace

NextPoll next_poll(const PollState& state, const PollOptions& options, double jitter) {
  const std::int64_t interval = interval_after(state, options);
  const std::int64_t wait = wait_for(state, options, interval);
  const double share = static_cast<double>(options.jitter_percent) / 100 * jitter;
  const std::int64_t moved =
      wait + static_cast<std::int64_t>(std::llround(static_cast<double>(wait) * share));

  const std::int64_t wishes =
      std::max(state.fresh_for.value_or(0), state.poll_interval.value_or(0));
  const std::int64_t earliest =
      std::max(std::min(wishes, options.longest), state.retry_after.value_or(0));
  return {state.polled_at + std::max(moved, earliest), interval};
}

}  // namespace stakeout
