#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <list>
#include <mutex>
#include <string>

#include "crawler/clock.h"

namespace stakeout {

// Whether a crawl is getting on, for the watchdog of the service. What counts as progress:
//
// - The writer: it waits for results and wakes in time for what is due next, or the results that it
//   is storing have taken less than patience(). A wait for a locked or full database counts as
//   progress between two tries; a try that hangs does not.
// - Each worker: it waits for a response or for room, or the one that it is reading has taken less
// than
//   patience(). A worker whose thread has ended while the crawl goes on does not get on.
// - The crawler (with the network thread): no exchange has been under way for longer than its time
//   limit and patience(), and no request whose turn it is has waited for patience() while there was
//   room for it.
//
// An idle crawl therefore gets on; one of which any part hangs does not, however busy the rest is.
class Vitals {
 public:
  // What is wrong, for a person ("the writer has been at one piece of work for ..."); empty:
  // nothing. Called on the thread that calls trouble().
  using Check = std::function<std::string(SteadyTime now)>;

  // `patience`: how long one piece of work may take.
  explicit Vitals(std::chrono::milliseconds patience) : patience_{patience} {}

  [[nodiscard]] std::chrono::milliseconds patience() const { return patience_; }

  // The check takes part as long as this lives.
  class Watched {
   public:
    Watched(Vitals& vitals, Check check);
    ~Watched();
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

   private:
    Vitals& vitals_;
    std::list<Check>::iterator place_;
  };

  // The first thing that is wrong; empty: all get on. Any thread.
  [[nodiscard]] std::string trouble(SteadyTime now) const;

 private:
  const std::chrono::milliseconds patience_;
  mutable std::mutex mutex_;  // guards checks_
  std::list<Check> checks_;
};

// One thread's account of itself: by when something must be heard of it again. The thread itself
// calls all but is_late().
class Heartbeat {
 public:
  explicit Heartbeat(const Vitals& vitals) : patience_{vitals.patience()} {}

  // A piece of work begins.
  void work(SteadyTime now) { deadline_ = now + patience_; }
  // It waits, until then at the latest.
  void sleep(SteadyTime until) { deadline_ = until + patience_; }
  // It waits for as long as there is nothing to do.
  void rest() { deadline_ = SteadyTime::max(); }

  [[nodiscard]] bool is_late(SteadyTime now) const { return now > deadline_.load(); }

 private:
  const std::chrono::milliseconds patience_;
  std::atomic<SteadyTime> deadline_ = SteadyTime::max();
};

}  // namespace stakeout
