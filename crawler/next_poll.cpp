#include "crawler/next_poll.h"

#include <algorithm>
#include <cmath>

namespace stakeout {
namespace {

constexpr std::int64_t hour = 3'600;
constexpr std::int64_t day = 86'400;
constexpr std::int64_t thursday = 4;  // 1970-01-01 was one

constexpr std::uint32_t all_hours = (1U << 24U) - 1;
constexpr std::uint32_t all_days = (1U << 7U) - 1;

std::int64_t rounded(double seconds) {
  return static_cast<std::int64_t>(std::llround(seconds));
}

// `base`, doubled for each failure after the first, up to `most`.
std::int64_t backed_off(std::int64_t base, int failures, std::int64_t most) {
  for (int i = 1; i < failures && base < most; ++i) base *= 2;
  return std::min(base, most);
}

// Two or three polls in the usual gap; fewer while the feed is quiet.
std::int64_t interval_by_gap(const PollState& state, std::int64_t gap) {
  const std::int64_t wanted = gap * 2 / 5;
  return std::clamp(state.quiet_for.value_or(0) / 10, wanted, std::max(gap, wanted));
}

std::int64_t interval_by_trial(const PollState& state, const PollOptions& options) {
  if (!state.interval) return options.first_interval;
  if (state.outcome == PollOutcome::changed) return *state.interval / 2;
  return *state.interval + *state.interval / 2;
}

// The feed's own interval after this poll. Only polls that showed how often it changes count.
std::int64_t interval_after(const PollState& state, const PollOptions& options) {
  const bool answered =
      state.outcome == PollOutcome::changed || state.outcome == PollOutcome::unchanged;
  std::int64_t interval = state.interval.value_or(options.first_interval);
  if (answered) {
    interval = state.usual_gap ? interval_by_gap(state, *state.usual_gap)
                               : interval_by_trial(state, options);
    if (!state.interval) interval = std::min(interval, options.first_interval);
    if (state.elapsed && state.new_share > 0.5) {
      const double part = state.new_share < 1 ? 0.5 / state.new_share : 0.25;
      interval = std::min(interval, rounded(static_cast<double>(*state.elapsed) * part));
    }
  }
  return std::clamp(interval, options.shortest, options.longest);
}

// How long to wait by the outcome alone, before jitter.
std::int64_t wait_for(const PollState& state, const PollOptions& options, std::int64_t interval) {
  switch (state.outcome) {
    case PollOutcome::changed:
    case PollOutcome::unchanged:
      return interval;
    case PollOutcome::failed:
      return backed_off(std::min(interval, hour), state.failures, options.longest);
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

// How long server and publisher ask to wait. A failure brings no news of either's wishes but
// Retry-After.
std::int64_t asked_for(const PollState& state, const PollOptions& options) {
  const std::int64_t wishes =
      std::max(state.fresh_for.value_or(0), state.poll_interval.value_or(0));
  return std::max(std::min(wishes, options.longest), state.retry_after.value_or(0));
}

bool is_skipped(const SkippedTimes& skipped, Timestamp at) {
  const std::int64_t hours = at.seconds / hour;
  const auto hour_of_day = static_cast<std::uint32_t>(hours % 24);
  const auto weekday = static_cast<std::uint32_t>((hours / 24 + thursday) % 7);
  return (skipped.hours >> hour_of_day & 1U) != 0 || (skipped.days >> weekday & 1U) != 0;
}

// The first instant from `at` on that is not skipped: `at` itself, or `into` seconds into an hour.
Timestamp allowed_from(SkippedTimes skipped, Timestamp at, std::int64_t into) {
  if ((skipped.hours & all_hours) == all_hours) skipped.hours = 0;
  if ((skipped.days & all_days) == all_days) skipped.days = 0;
  if (!is_skipped(skipped, at)) return at;
  while (is_skipped(skipped, at)) at = {(at.seconds / hour + 1) * hour};  // a week at most
  return at + into;
}

}  // namespace

NextPoll next_poll(const PollState& state, const PollOptions& options, double jitter) {
  const double share = static_cast<double>(options.jitter_percent) / 100;
  const double later = share * (jitter + 1) / 2;
  const std::int64_t interval = interval_after(state, options);
  const auto wait = static_cast<double>(wait_for(state, options, interval));
  const auto asked = static_cast<double>(asked_for(state, options));
  const double moved = std::max(wait + wait * share * jitter, asked + asked * later);
  const Timestamp at = state.polled_at + rounded(moved);
  return {allowed_from(state.skipped, at, rounded(static_cast<double>(hour) * later)), interval};
}

}  // namespace stakeout
