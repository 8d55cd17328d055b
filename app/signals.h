#pragma once

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <stop_token>
#include <thread>

#include "extractors/values/timestamp.h"

namespace stakeout {

// Turns signals into requests: SIGINT and SIGTERM ask the program to stop, SIGHUP to read its
// settings again. Make it on the main thread before any other thread is started, so that all of
// them leave the signals to this one.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  [[nodiscard]] std::stop_token stop_token() const { return stop_.get_token(); }

  // True once for each time that a reload was asked for.
  [[nodiscard]] bool take_reload();

  // Waits so many seconds, or until a signal asks for something.
  void wait(std::int64_t seconds);

 private:
  void listen();

  sigset_t signals_{};
  std::stop_source stop_;
  std::mutex mutex_;  // guards reload_
  std::condition_variable changed_;
  bool reload_ = false;
  std::atomic<bool> ending_ = false;  // the destructor runs
  std::thread thread_;
};

}  // namespace stakeout
