#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "crawler/clock.h"

namespace stakeout {

// Hands values from many threads to one. Not bounded itself: what bounds it is how many values its
// users have (of a crawl: the crawler's tickets).
template <class T>
class Queue {
 public:
  void push(T value) {
    {
      const std::lock_guard lock{mutex_};
      values_.push_back(std::move(value));
      if (values_.size() < wanted_) return;
    }
    changed_.notify_one();
  }

  // No more values will come.
  void close() {
    {
      const std::lock_guard lock{mutex_};
      closed_ = true;
    }
    changed_.notify_all();
  }

  // How many values are worth waiting for, once there is one.
  using Enough = std::function<std::size_t()>;

  // All that is there, the oldest first. Waits for one value, and from then on until there are
  // `enough` or `grace` has passed. Empty once the queue is closed and empty.
  std::vector<T> pop_all(const Enough& enough, std::chrono::milliseconds grace) {
    std::unique_lock lock{mutex_};
    wanted_ = 1;
    changed_.wait(lock, [this] { return has_wanted(); });
    wanted_ = enough();
    changed_.wait_for(lock, grace, [this] { return has_wanted(); });
    return std::exchange(values_, {});
  }

  // The same, on that clock; also empty when no value has come by `deadline`.
  std::vector<T> pop_all_until(SteadyTime deadline, const Clock& clock, const Enough& enough,
                               std::chrono::milliseconds grace) {
    std::unique_lock lock{mutex_};
    wanted_ = 1;
    wait_until(lock, deadline, clock);
    if (!has_wanted()) return {};
    wanted_ = enough();
    wait_until(lock, clock.steady() + grace, clock);
    return std::exchange(values_, {});
  }

  // Whether pop_all() would return at once with nothing.
  [[nodiscard]] bool has_ended() const {
    const std::lock_guard lock{mutex_};
    return closed_ && values_.empty();
  }

 private:
  // Both with the lock held.
  [[nodiscard]] bool has_wanted() const { return closed_ || values_.size() >= wanted_; }
  void wait_until(std::unique_lock<std::mutex>& lock, SteadyTime deadline, const Clock& clock) {
    while (!has_wanted() && clock.steady() < deadline) clock.wait_until(lock, changed_, deadline);
  }

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::vector<T> values_;
  std::size_t wanted_ = 1;  // how many pop_all() waits for
  bool closed_ = false;
};

}  // namespace stakeout
