#include "crawler/next_poll.h"

#include <doctest/doctest.h>

namespace stakeout {
namespace {

constexpr Timestamp noon{1'727'784'000};

PollState after(PollOutcome outcome, std::optional<std::int64_t> interval, int failures = 0) {
  PollState state;
  state.polled_at = noon;
  state.outcome = outcome;
  state.interval = interval;
  state.failures = failures;
  return state;
}

std::int64_t wait_of(const PollState& state, double jitter = 0) {
  return next_poll(state, {}, jitter).at - noon;
}

}  // namespace

TEST_CASE("the interval follows how often a feed changes, within its bounds") {
  CHECK(wait_of(after(PollOutcome::changed, std::nullopt)) == 3'600);
  CHECK(wait_of(after(PollOutcome::changed, 7'200)) == 3'600);
  CHECK(wait_of(after(PollOutcome::unchanged, 7'200)) == 10'800);
  CHECK(wait_of(after(PollOutcome::changed, 1'000)) == 900);
  CHECK(wait_of(after(PollOutcome::unchanged, 80'000)) == 86'400);
}

TEST_CASE("what server and publisher ask for is never undercut, and capped at a day") {
  PollState state = after(PollOutcome::changed, 3'600);
  state.fresh_for = 5'000;
  CHECK(wait_of(state, -1) == 5'000);
  state.poll_interval = 7'000;
  CHECK(wait_of(state, -1) == 7'000);
  state.poll_interval = 10'000'000;
  CHECK(wait_of(state, -1) == 86'400);
  state.retry_after = 200'000;
  CHECK(wait_of(state, -1) == 200'000);
}

TEST_CASE("failures back off, and do not change the feed's own interval") {
  CHECK(wait_of(after(PollOutcome::failed, 3'600, 1)) == 3'600);
  CHECK(wait_of(after(PollOutcome::failed, 3'600, 3)) == 14'400);
  CHECK(wait_of(after(PollOutcome::failed, 3'600, 1'000'000)) == 86'400);
  CHECK(next_poll(after(PollOutcome::failed, 3'600, 3), {}, 0).interval == 3'600);
  CHECK(wait_of(after(PollOutcome::throttled, 900, 1)) == 3'600);
  CHECK(wait_of(after(PollOutcome::throttled, 900, 2)) == 7'200);
  CHECK(wait_of(after(PollOutcome::missing, 900, 1)) == 86'400);
  CHECK(wait_of(after(PollOutcome::forbidden, 900, 1)) == 7 * 86'400);
}

TEST_CASE("jitter moves a poll by a tenth at most") {
  CHECK(wait_of(after(PollOutcome::unchanged, 2'400), 1) == 3'960);
  CHECK(wait_of(after(PollOutcome::unchanged, 2'400), -1) == 3'240);
}

}  // namespace stakeout
