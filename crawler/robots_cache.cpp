#include "crawler/robots_cache.h"

#include <utility>

namespace stakeout {
namespace {

constexpr std::chrono::hours lifetime{24};
constexpr std::chrono::minutes lifetime_of_a_failure{10};
constexpr std::size_t most_origins = 4'096;
constexpr std::size_t most_memory = 32U << 20U;

}  // namespace

const RobotsCache::Known* RobotsCache::find(const std::string& origin, SteadyTime now) const {
  const auto found = entries_.find(origin);
  if (found == entries_.end() || found->second.expires <= now) return nullptr;
  return &found->second.known;
}

bool RobotsCache::wait(ExchangePtr exchange) {
  auto [found, is_first] = waiting_.try_emplace(exchange->url.origin());
  found->second.push_back(std::move(exchange));
  return is_first;
}

std::vector<ExchangePtr> RobotsCache::set(const std::string& origin,
                                          std::optional<RobotsRules> rules, SteadyTime now) {
  const auto [found, is_new] = entries_.try_emplace(origin);
  Entry& entry = found->second;
  if (rules) {
    memory_ += rules->memory() - (is_new ? 0 : entry.known.rules.memory());
    entry = {{std::move(*rules), false}, now + lifetime};
  } else {
    // Rules of an earlier time are better than none (RFC 9309, 2.4).
    if (is_new) {
      entry.known.unreachable = true;
      memory_ += entry.known.rules.memory();
    }
    entry.expires = now + lifetime_of_a_failure;
  }
  if (is_new) order_.push_back(origin);
  forget_oldest();
  return call_off(origin);
}

std::vector<ExchangePtr> RobotsCache::call_off(const std::string& origin) {
  auto node = waiting_.extract(origin);
  return node.empty() ? std::vector<ExchangePtr>{} : std::move(node.mapped());
}

void RobotsCache::clear() {
  waiting_.clear();
}

void RobotsCache::forget_oldest() {
  while (order_.size() > most_origins || (order_.size() > 1 && memory_ > most_memory)) {
    const auto oldest = entries_.find(order_.front());
    memory_ -= oldest->second.known.rules.memory();
    entries_.erase(oldest);
    order_.pop_front();
  }
}

}  // namespace stakeout
