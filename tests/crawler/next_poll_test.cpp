#include "crawler/next_poll.h"

#include <doctest/doctest.h>

namespace stakeout {
namespace {

constexpr std::int64_t hour = 3'600;
constexpr std::int64_t day = 86'400;
const Timestamp noon = make_timestamp(2024, 10, 2, 12);  // a Wednesday

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

TEST_CASE("while a feed's gap is not known the interval is found by trial") {
  CHECK(wait_of(after(PollOutcome::changed, std::nullopt)) == hour);
  CHECK(wait_of(after(PollOutcome::changed, 2 * hour)) == hour);
  CHECK(wait_of(after(PollOutcome::unchanged, 2 * hour)) == 3 * hour);
  CHECK(wait_of(after(PollOutcome::changed, 1'000)) == 900);
  CHECK(wait_of(after(PollOutcome::unchanged, 80'000)) == day);
}

TEST_CASE("a feed is polled two or three times in its usual gap, less often while it is quiet") {
  struct Case {
    std::int64_t gap, quiet, wait;
  };
  const Case cases[] = {
      {5 * hour, 0, 2 * hour},
      {5 * hour, 20 * hour, 2 * hour},  // a tenth of the quiet time is no longer than that
      {5 * hour, 30 * hour, 3 * hour},
      {5 * hour, 90 * hour, 5 * hour},  // never less than once in a gap
      {600, 0, 900},                    // the floor
      {10 * day, 0, day},               // the cap
  };
  for (const auto& [gap, quiet, wait] : cases) {
    CAPTURE(gap);
    CAPTURE(quiet);
    PollState state = after(PollOutcome::unchanged, 7 * hour);
    state.usual_gap = gap;
    state.quiet_for = quiet;
    CHECK(wait_of(state) == wait);
  }
}

TEST_CASE("a new feed is polled within the hour, however rarely it changes") {
  PollState state = after(PollOutcome::changed, std::nullopt);
  state.usual_gap = 10 * day;
  CHECK(wait_of(state) == hour);
}

TEST_CASE("a document that is mostly new brings the next poll nearer") {
  PollState state = after(PollOutcome::changed, 4 * hour);
  state.usual_gap = 10 * hour;
  state.elapsed = 4 * hour;
  const auto wait = [&](double share) {
    state.new_share = share;
    return wait_of(state);
  };
  CHECK(wait(0.5) == 4 * hour);
  CHECK(wait(0.8) == 9'000);  // five eighths of the time
  CHECK(wait(1) == hour);     // nothing was known: a quarter
}

TEST_CASE("what server and publisher ask for is never undercut, and capped at a day") {
  PollState state = after(PollOutcome::changed, hour);
  state.fresh_for = 5'000;
  CHECK(wait_of(state, -1) == 5'000);
  CHECK(wait_of(state, 1) == 5'500);  // spread, so that not all come back at once
  state.poll_interval = 7'000;
  CHECK(wait_of(state, -1) == 7'000);
  state.poll_interval = 10'000'000;
  CHECK(wait_of(state, -1) == day);
  state.retry_after = 200'000;
  CHECK(wait_of(state, -1) == 200'000);
}

TEST_CASE("failures back off for ever, and do not change the feed's own interval") {
  CHECK(wait_of(after(PollOutcome::failed, 900, 1)) == 900);
  CHECK(wait_of(after(PollOutcome::failed, hour, 1)) == hour);
  CHECK(wait_of(after(PollOutcome::failed, hour, 3)) == 4 * hour);
  CHECK(wait_of(after(PollOutcome::failed, day, 1)) == hour);  // a slow feed's hiccup is seen soon
  CHECK(wait_of(after(PollOutcome::failed, hour, 1'000'000)) == day);
  CHECK(next_poll(after(PollOutcome::failed, hour, 3), {}, 0).interval == hour);
  CHECK(wait_of(after(PollOutcome::throttled, 900, 1)) == hour);
  CHECK(wait_of(after(PollOutcome::throttled, 900, 2)) == 2 * hour);
  CHECK(wait_of(after(PollOutcome::throttled, 900, 100)) == day);
  CHECK(wait_of(after(PollOutcome::missing, 900, 1)) == day);
  CHECK(wait_of(after(PollOutcome::forbidden, 900, 1)) == 7 * day);
}

TEST_CASE("jitter moves a poll by a tenth at most") {
  CHECK(wait_of(after(PollOutcome::unchanged, 2'400), 1) == 3'960);
  CHECK(wait_of(after(PollOutcome::unchanged, 2'400), -1) == 3'240);
}

TEST_CASE("a poll waits for an hour that the publisher does not want skipped") {
  constexpr std::uint32_t all_hours = (1U << 24U) - 1;
  constexpr std::uint32_t all_days = (1U << 7U) - 1;
  struct Case {
    const char* what;
    SkippedTimes skipped;
    std::int64_t wait;
  };
  const Case cases[] = {
      {"nothing skipped", {}, hour},
      {"other hours skipped", {1U << 5U, 1U}, hour},
      {"13 and 14 skipped", {3U << 13U, 0}, 3 * hour},
      {"Wednesday skipped", {0, 1U << 3U}, 12 * hour},
      {"the rest of Wednesday, and the first hour of a day", {1U, 1U << 3U}, 13 * hour},
      {"all hours but noon", {all_hours & ~(1U << 12U), 0}, day},
      {"all days but Tuesday", {0, all_days & ~(1U << 2U)}, 5 * day + 12 * hour},
      {"all hours: no wish at all", {all_hours, 0}, hour},
      {"all days: no wish at all", {0, all_days}, hour},
      {"all hours and a day", {all_hours, 1U << 3U}, 12 * hour},
  };
  for (const auto& [what, skipped, wait] : cases) {
    CAPTURE(what);
    PollState state = after(PollOutcome::unchanged, std::nullopt);
    state.skipped = skipped;
    CHECK(wait_of(state) - wait <= 180);  // up to six minutes into the hour
    CHECK(wait_of(state) >= wait);
  }
}

}  // namespace stakeout
