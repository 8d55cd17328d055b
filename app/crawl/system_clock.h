#pragma once

#include "crawler/clock.h"

namespace stakeout {

// The clocks of the machine. The time of day may be shifted by a fixed number of seconds, which is
// how the demo lives on its own days.
class SystemClock final : public Clock {
 public:
  explicit SystemClock(std::int64_t shift_seconds = 0) : shift_{shift_seconds} {}

  [[nodiscard]] Timestamp now() const override;
  [[nodiscard]] SteadyTime steady() const override;
  void wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& changed,
                  SteadyTime deadline) const override;

 private:
  std::int64_t shift_;
};

}  // namespace stakeout
