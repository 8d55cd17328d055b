#include "crawler/host_memory.h"

#include <utility>

namespace stakeout {
namespace {

constexpr std::chrono::hours lifetime{24};
constexpr std::chrono::minutes lifetime_of_a_failure{10};
constexpr std::size_t most_origins = 4'096;
constexpr std::size_t most_robots_memory = 32U << 20U;
constexpr std::size_t most_hosts = 10'000;

}  // namespace

std::shared_ptr<const HostMemory::Robots> HostMemory::robots(const std::string& origin,
                                                             SteadyTime now) const {
  const std::lock_guard lock{mutex_};
  const auto found = origins_.find(origin);
  if (found == origins_.end() || found->second.expires <= now) return nullptr;
  return found->second.robots;
}

void HostMemory::set_robots(const std::string& origin, std::optional<RobotsRules> rules,
                            SteadyTime now) {
  const std::lock_guard lock{mutex_};
  const auto [found, is_new] = origins_.try_emplace(origin);
  Origin& known = found->second;
  known.expires = rules ? now + lifetime : now + lifetime_of_a_failure;
  // Rules of an earlier time are better than none (RFC 9309, 2.4).
  if (!rules && !is_new) return;
  if (!is_new) robots_memory_ -= known.robots->rules.memory();
  const bool unreachable = !rules;
  known.robots = std::make_shared<const Robots>(
      Robots{rules ? std::move(*rules) : RobotsRules{}, unreachable});
  robots_memory_ += known.robots->rules.memory();
  if (is_new) origin_order_.push_back(origin);
  forget_oldest_robots();
}

HostMemory::Pace HostMemory::pace(const std::string& host) const {
  const std::lock_guard lock{mutex_};
  const auto found = hosts_.find(host);
  return found == hosts_.end() ? Pace{} : found->second.pace;
}

void HostMemory::set_pace(const std::string& host, Pace pace) {
  const std::lock_guard lock{mutex_};
  const auto [found, is_new] = hosts_.try_emplace(host);
  found->second.pace = pace;
  if (is_new) {
    found->second.place = host_order_.insert(host_order_.end(), host);
  } else {
    host_order_.splice(host_order_.end(), host_order_, found->second.place);
  }
  if (hosts_.size() <= most_hosts) return;
  hosts_.erase(host_order_.front());
  host_order_.pop_front();
}

void HostMemory::forget_oldest_robots() {
  while (origin_order_.size() > most_origins ||
         (origin_order_.size() > 1 && robots_memory_ > most_robots_memory)) {
    const auto oldest = origins_.find(origin_order_.front());
    robots_memory_ -= oldest->second.robots->rules.memory();
    origins_.erase(oldest);
    origin_order_.pop_front();
  }
}

}  // namespace stakeout
