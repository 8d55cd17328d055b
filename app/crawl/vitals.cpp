#include "app/crawl/vitals.h"

#include <utility>

namespace stakeout {

Vitals::Watched::Watched(Vitals& vitals, Check check) : vitals_{vitals} {
  const std::lock_guard lock{vitals_.mutex_};
  place_ = vitals_.checks_.insert(vitals_.checks_.end(), std::move(check));
}

Vitals::Watched::~Watched() {
  const std::lock_guard lock{vitals_.mutex_};
  vitals_.checks_.erase(place_);
}

std::string Vitals::trouble(SteadyTime now) const {
  const std::lock_guard lock{mutex_};
  for (const Check& check : checks_) {
    if (std::string wrong = check(now); !wrong.empty()) return wrong;
  }
  return {};
}

}  // namespace stakeout
