#include "app/crawl/daily_upkeep.h"

#include <algorithm>

#include <spdlog/spdlog.h>

namespace stakeout {
namespace {

constexpr std::chrono::minutes before_first{15};
constexpr std::chrono::hours between_rounds{24};
constexpr std::chrono::hours after_fault{1};
constexpr std::chrono::minutes after_lock{1};

constexpr int rest_share = 4;
constexpr std::chrono::milliseconds shortest_rest{20};

}  // namespace

DailyUpkeep::DailyUpkeep(Store& store, const RetentionSettings& retention, const Clock& clock)
    : upkeep_{store, retention},
      clock_{clock},
      known_time_{store.last_work()},
      known_at_{clock.steady()},
      due_at_{clock.steady() + before_first} {}

void DailyUpkeep::look() {
  if (clock_.steady() < due_at_) return;
  try {
    do_step();
  } catch (const StorageError& error) {
    if (error.fault() == StorageFault::damaged) throw;
    if (error.fault() == StorageFault::locked) {
      due_at_ = clock_.steady() + after_lock;
      return;
    }
    spdlog::warn("the upkeep of the database is put off: {}", error.what());
    is_under_way_ = false;
    due_at_ = clock_.steady() + after_fault;
  }
}

void DailyUpkeep::begin_round() {
  const Timestamp now = clock_.now();
  const SteadyTime at = clock_.steady();
  const auto passed = std::chrono::duration_cast<std::chrono::seconds>(at - known_at_).count();
  const bool is_ahead = known_time_ && is_clock_ahead(*known_time_ + passed, now);
  if (is_ahead) {
    spdlog::warn(
        "[retention] drops nothing today: by the clock it is {}, more than a week later than by "
        "what was fetched last; if the clock is ahead set it right within a day",
        to_rfc3339(now));
  }
  known_time_ = now;
  known_at_ = at;
  upkeep_.begin(!is_ahead);
}

void DailyUpkeep::do_step() {
  const SteadyTime begun = clock_.steady();
  if (!is_under_way_) begin_round();
  is_under_way_ = upkeep_.step(clock_.now());
  const SteadyTime now = clock_.steady();
  due_at_ = now + std::max<SteadyTime::duration>((now - begun) * rest_share, shortest_rest);
  if (!is_under_way_) end_round();
}

void DailyUpkeep::end_round() {
  due_at_ = clock_.steady() + between_rounds;
  const std::string dropped = words_of(upkeep_.dropped());
  if (!dropped.empty()) spdlog::info("dropped by [retention]: {}", dropped);
}

}  // namespace stakeout
