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
    : upkeep_{store, retention}, clock_{clock}, due_at_{clock.steady() + before_first} {}

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

void DailyUpkeep::do_step() {
  const SteadyTime begun = clock_.steady();
  if (!is_under_way_) upkeep_.begin();
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
