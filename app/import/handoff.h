#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace stakeout {

// Hands values from one thread to many, in their order. Not bounded itself: what bounds it is the
// room that its values take (WorkRoom).
template <class T>
class Handoff {
 public:
  void push(T value) {
    {
      const std::lock_guard lock{mutex_};
      if (closed_) return;
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

  // The same, and those that wait are dropped.
  void drop() {
    {
      const std::lock_guard lock{mutex_};
      closed_ = true;
      values_.clear();
    }
    changed_.notify_all();
  }

  // Waits for a value; nullopt once it is closed and empty.
  std::optional<T> pop() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return closed_ || !values_.empty(); });
    if (values_.empty()) return std::nullopt;
    T value = std::move(values_.front());
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
