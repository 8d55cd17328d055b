#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "crawler/clock.h"
#include "crawler/exchange.h"
#include "crawler/robots.h"

namespace stakeout {

// The robots.txt of the origins that were met, and the exchanges that wait for one.
//
// Rules are kept for a day (RFC 9309, 2.4). An origin whose robots.txt cannot be had forbids
// everything and is asked again after ten minutes; rules that are known from before stay in force
// meanwhile. The oldest origins are forgotten when there are too many. Not for several threads.
class RobotsCache {
 public:
  struct Known {
    RobotsRules rules;
    bool unreachable = false;
  };

  // What holds for an origin at `now`; null when its robots.txt has to be fetched first.
  [[nodiscard]] const Known* find(const std::string& origin, SteadyTime now) const;

  // Keeps an exchange until its origin's robots.txt is there. True: nobody is fetching it yet.
  [[nodiscard]] bool wait(ExchangePtr exchange);

  // The robots.txt has been fetched, or (nullopt) could not be. Returns who waited for it.
  [[nodiscard]] std::vector<ExchangePtr> set(const std::string& origin,
                                             std::optional<RobotsRules> rules, SteadyTime now);

  // The fetch was called off; nothing is known. Returns who waited for it.
  [[nodiscard]] std::vector<ExchangePtr> call_off(const std::string& origin);

  void clear();

 private:
  void forget_oldest();

  struct Entry {
    Known known;
    SteadyTime expires;
  };
  std::unordered_map<std::string, Entry> entries_;
  std::deque<std::string> order_;  // keys of entries_, oldest first
  std::size_t memory_ = 0;         // of the rules in entries_
  std::unordered_map<std::string, std::vector<ExchangePtr>> waiting_;
};

}  // namespace stakeout
