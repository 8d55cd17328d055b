#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>

#include "crawler/clock.h"

namespace stakeout {

// Tells a fault of our own network from faults of hosts: when nearly all hosts that were asked
// lately gave no answer, it is not they who are down. Bounded: the latest 1,000 outcomes. One
// thread.
class NetworkWatch {
 public:
  // How asking a host ended. Any answer counts, whatever its status, and also one that could not be
  // used (FaultKind::answered and too_long). What we refused to ask tells nothing, and is not
  // noted.
  void note(const std::string& host, bool answered, SteadyTime now);

  // Whether of the hosts asked in the last ten minutes, five at least, no more than one in ten has
  // answered. False again once there was no answer at all for three days, so that hosts that are
  // really gone, all of them, are not excused for ever.
  [[nodiscard]] bool is_down(SteadyTime now) const;

 private:
  struct Outcome {
    std::string host;
    bool answered = false;
    SteadyTime at;
  };
  std::deque<Outcome> outcomes_;                 // the latest at the end
  std::optional<SteadyTime> last_sign_of_life_;  // the latest answer; at first, the first outcome
};

}  // namespace stakeout
