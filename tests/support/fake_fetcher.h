#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "crawler/clock.h"
#include "crawler/fetcher.h"

namespace stakeout {

// Holds every exchange until the test answers it, on the test's thread.
class FakeFetcher final : public Fetcher {
 public:
  explicit FakeFetcher(const Clock& clock) : clock_{clock} {}

  struct Started {
    FetchRequest request;
    Done done;
    SteadyTime at;
  };

  void start(FetchRequest request, Done done) override {
    const std::lock_guard lock{mutex_};
    started_.push_back({std::move(request), std::move(done), clock_.steady()});
    changed_.notify_all();
  }

  void resume() override { ++resumes; }
  std::atomic<int> resumes = 0;

  // The next exchange that was started; waits for it.
  Started take() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return !started_.empty(); });
    Started first = std::move(started_.front());
    started_.pop_front();
    return first;
  }

  // Takes the next exchange, whose address this must be, and answers it.
  SteadyTime answer(std::string_view url, FetchResponse response) {
    Started started = take();
    if (started.request.url.text() != url) {
      throw std::logic_error{started.request.url.text() + " was asked, not " + std::string{url}};
    }
    started.done(std::move(response));
    return started.at;
  }

  [[nodiscard]] std::size_t waiting() const {
    const std::lock_guard lock{mutex_};
    return started_.size();
  }

 private:
  const Clock& clock_;
  mutable std::mutex mutex_;  // guards started_
  std::condition_variable changed_;
  std::deque<Started> started_;
};

}  // namespace stakeout
