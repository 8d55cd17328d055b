#include "app/crawl/system_clock.h"

namespace stakeout {

Timestamp SystemClock::now() const {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return Timestamp{std::chrono::duration_cast<std::chrono::seconds>(since).count()} + shift_;
}

SteadyTime SystemClock::steady() const {
  return SteadyTime{std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now().time_since_epoch())};
}

void SystemClock::wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& changed,
                             SteadyTime deadline) const {
  changed.wait_until(lock, std::chrono::steady_clock::time_point{deadline.time_since_epoch()});
}

}  // namespace stakeout
