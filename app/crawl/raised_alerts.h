#pragma once

#include <cstddef>
#include <functional>

#include "storage/store.h"

namespace stakeout {

// Does `work` within a transaction that the caller has begun, so that nobody else raises alerts
// meanwhile; how many it raised that somebody may be told of.
[[nodiscard]] inline std::size_t alerts_raised_by(const std::function<void()>& work, Store& store) {
  const std::int64_t last = store.last_alert();
  work();
  return store.alerts_after(last).all_told();
}

}  // namespace stakeout
