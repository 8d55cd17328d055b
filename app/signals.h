#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace stakeout {

// Turns signals into requests: SIGINT and SIGTERM ask the program to stop, SIGHUP to read its
// settings again. Make it on the main thread before any other thread is started, so that all of
// them leave the signals to this one. One in a program.
//
// Stopping takes no longer than four seconds: a program that has not ended by then (a page that is
// still being read, a disk that does not answer) is ended as it is, and says so (logging.h). What
// it was writing is rolled back when the database is next opened, and what it had not stored is
// still due in it. A second SIGINT or SIGTERM ends it at once, as if there were no Signals.
class Signals {
 public:
  // `late_exit_code` is what the program leaves with when it has to be ended.
  explicit Signals(int late_exit_code);
  // From here on the program takes its time to end.
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  [[nodiscard]] std::stop_token stop_token() const { return stop_.get_token(); }

  // True once for each time that a reload was asked for.
  [[nodiscard]] bool take_reload();

  // Waits so long, or until a signal or wake() asks for something.
  void wait(std::chrono::milliseconds time);

  // Ends a wait(), or the next one. Any thread.
  void wake();

 private:
  void listen();
  void set_end();
  void let_next_stop_kill();

  sigset_t awaited_{};  // the listener's own after the constructor
  std::stop_source stop_;
  std::mutex mutex_;  // guards reload_ and woken_
  std::condition_variable changed_;
  bool reload_ = false;
  bool woken_ = false;
  std::atomic<bool> ending_ = false;  // the destructor runs
  std::string last_words_;            // if the program has to be ended; the listener's
  std::thread thread_;
};

}  // namespace stakeout
