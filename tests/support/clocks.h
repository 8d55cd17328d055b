#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

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
    {
      const std::lock_guard own{mutex_};
      if (SteadyTime{passed_} >= deadline) return;
      sleeper_ = &changed;
      sleepers_mutex_ = lock.mutex();
    }
    changed.wait(lock);
    const std::lock_guard own{mutex_};
    sleeper_ = nullptr;
  }

  void advance(std::chrono::milliseconds by) {
    std::condition_variable* sleeper = nullptr;
    std::mutex* its_mutex = nullptr;
    {
      const std::lock_guard lock{mutex_};
      passed_ += by;
      sleeper = sleeper_;
      its_mutex = sleepers_mutex_;
    }
    if (sleeper == nullptr) return;
    // Whoever was about to wait has begun to once its mutex is free.
    const std::lock_guard lock{*its_mutex};
    sleeper->notify_all();
  }

 private:
  const Timestamp start_ = make_timestamp(2024, 10, 1);
  mutable std::mutex mutex_;  // guards all below
  std::chrono::milliseconds passed_{1'000'000};
  mutable std::condition_variable* sleeper_ = nullptr;  // one waits at a time
  mutable std::mutex* sleepers_mutex_ = nullptr;
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
