#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

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

  // The oldest value; waits for one. nullopt once the queue is closed and empty.
  std::optional<T> pop() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return closed_ || !values_.empty(); });
    if (values_.empty()) return std::nullopt;
    std::optional<T> value{std::move(values_.front())};
    values_.pop_front();
    return value;
  }

 private:
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<T> values_;
  bool closed_ = false;
};

}  // namespace stakeout
