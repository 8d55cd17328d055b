#pragma once

#include <cstddef>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "crawler/clock.h"
#include "crawler/robots.h"

namespace stakeout {

// What a crawler has to remember of hosts beyond one pass, so that the next pass keeps the promises
// of the one before: the robots.txt of origins, when a host was asked last, and until when it wants
// to be left alone. Lost when the program ends.
//
// Bounded: the 4,096 origins whose rules were learnt last, of 32 MiB together, and the 10,000 hosts
// that were asked last. Any thread; several crawlers may share one.
class HostMemory {
 public:
  struct Robots {
    RobotsRules rules;
    bool unreachable = false;  // its robots.txt could not be had: forbids everything
  };

  struct Pace {
    std::optional<SteadyTime> last_start;    // of a request
    std::optional<SteadyTime> paused_until;  // the host must be left alone
  };

  // What holds for an origin at `now`; null when its robots.txt has to be fetched first.
  [[nodiscard]] std::shared_ptr<const Robots> robots(const std::string& origin,
                                                     SteadyTime now) const;

  // The robots.txt has been fetched, or (nullopt) could not be. Rules are kept for a day (RFC 9309,
  // 2.4). An origin whose robots.txt cannot be had is asked again after ten minutes; rules that are
  // known from before stay in force meanwhile.
  void set_robots(const std::string& origin, std::optional<RobotsRules> rules, SteadyTime now);

  [[nodiscard]] Pace pace(const std::string& host) const;
  void set_pace(const std::string& host, Pace pace);

 private:
  void forget_oldest_robots();

  struct Origin {
    std::shared_ptr<const Robots> robots;
    SteadyTime expires;
  };
  struct Host {
    Pace pace;
    std::list<std::string>::iterator place;  // in host_order_
  };

  mutable std::mutex mutex_;  // guards all below
  std::unordered_map<std::string, Origin> origins_;
  std::deque<std::string> origin_order_;  // keys of origins_, oldest first
  std::size_t robots_memory_ = 0;         // of the rules in origins_
  std::unordered_map<std::string, Host> hosts_;
  std::list<std::string> host_order_;  // keys of hosts_, the one set last at the end
};

}  // namespace stakeout
