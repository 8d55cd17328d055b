#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

#include "crawler/fetcher.h"

namespace stakeout {

// Answers each request by a function of the test's, on a thread of its own.
class ScriptedFetcher final : public Fetcher {
 public:
  using Script = std::function<FetchResult(const FetchRequest&)>;

  explicit ScriptedFetcher(Script script)
      : script_{std::move(script)}, thread_{[this](const std::stop_token& stop) { run(stop); }} {}

  void start(FetchRequest request, Done done) override {
    const std::lock_guard lock{mutex_};
    waiting_.emplace_back(std::move(request), std::move(done));
    changed_.notify_all();
  }
  void resume() override {}  // no body of its is ever told to wait

 private:
  void run(const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    while (changed_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
      auto [request, done] = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      done(script_(request));
      lock.lock();
    }
  }

  const Script script_;
  std::mutex mutex_;  // guards waiting_
  std::condition_variable_any changed_;
  std::deque<std::pair<FetchRequest, Done>> waiting_;
  std::jthread thread_;
};

}  // namespace stakeout
