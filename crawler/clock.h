#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "extractors/values/timestamp.h"

namespace stakeout {

// A point on a clock that never jumps: what delays are counted on.
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::milliseconds>;

// The time as the crawler sees it. The program passes the system's clocks, tests one that they
// advance by hand. Callable from any thread.
class Clock {
 public:
  virtual ~Clock() = default;

  // The time of day. May jump when the administrator sets it.
  [[nodiscard]] virtual Timestamp now() const = 0;

  // The time since some fixed moment, which never jumps and never goes back.
  [[nodiscard]] virtual SteadyTime steady() const = 0;

  // Waits on `changed` until it is notified or steady() has reached `deadline`, whichever comes
  // first; may return earlier. `lock` is held on entry and on return.
  virtual void wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& changed,
                          SteadyTime deadline) const = 0;
};

}  // namespace stakeout
