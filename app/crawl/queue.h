#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

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

  // All that is there, the oldest first. Waits for one value, and from then on until there are
  // `enough` or `grace` has passed. Empty once the queue is closed and empty.
  std::vector<T> pop_all(std::size_t enough, std::chrono::milliseconds grace) {
    std::unique_lock lock{mutex_};
    const auto has_wanted = [this] { return closed_ || values_.size() >= wanted_; };
    wanted_ = 1;
    changed_.wait(lock, has_wanted);
    wanted_ = enough;
    changed_.wait_for(lock, grace, has_wanted);
    return std::exchange(values_, {});
  }

 private:
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::vector<T> values_;
  std::size_t wanted_ = 1;  // how many pop_all() waits for
  bool closed_ = false;
};

}  // namespace stakeout
