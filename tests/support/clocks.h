#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

#include "crawler/clock.h"

namespace stakeout {

// A clock that a test moves by hand. Whoever waits on it wakes when its time has come.
class FakeClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const override {
    const std::lock_guard lock{mutex_};
    return start_ + std::chrono::duration_cast<std::chrono::seconds>(passed_).count();
  }

  [[nodiscard]] SteadyTime steady() const override {
    const std::lock_guard lock{mutex_};
    return SteadyTime{passed_};
  }

  void wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& changed,
                  SteadyTime deadline) const override {
    const Sleeper self{&changed, lock.mutex()};
    {
      const std::lock_guard own{mutex_};
      if (SteadyTime{passed_} >= deadline) return;
      sleepers_.push_back(self);
    }
    changed.wait(lock);
    const std::lock_guard own{mutex_};
    sleepers_.erase(std::ranges::find(sleepers_, self));
  }

  void advance(std::chrono::milliseconds by) {
    std::vector<Sleeper> sleepers;
    {
      const std::lock_guard lock{mutex_};
      passed_ += by;
      sleepers = sleepers_;
    }
    for (const auto& [changed, its_mutex] : sleepers) {
      // Whoever was about to wait has begun to once its mutex is free.
      const std::lock_guard lock{*its_mutex};
      changed->notify_all();
    }
  }

  // The administrator sets the time of day.
  void set_by(std::chrono::seconds shift) {
    const std::lock_guard lock{mutex_};
    start_ = start_ + shift.count();
  }

 private:
  using Sleeper = std::pair<std::condition_variable*, std::mutex*>;

  mutable std::mutex mutex_;  // guards all below
  Timestamp start_ = make_timestamp(2024, 10, 1);
  std::chrono::milliseconds passed_{1'000'000};
  mutable std::vector<Sleeper> sleepers_;
};

// The clocks of the system.
class RealClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const override {
    return {std::chrono::duration_cast<std::chrono::seconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()};
  }

  [[nodiscard]] SteadyTime steady() const override {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now());
  }

  void wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& changed,
                  SteadyTime deadline) const override {
    changed.wait_until(lock, deadline);
  }
};

}  // namespace stakeout
