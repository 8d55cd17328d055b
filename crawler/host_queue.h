#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "crawler/clock.h"
#include "crawler/exchange.h"
#include "crawler/host_memory.h"

namespace stakeout {

// Exchanges waiting for their turn, and the pace of every host: which exchange may start, and when.
//
// A host is a host name; its ports share its pace. Among hosts whose turn it is, the one that has
// waited longest comes first, so that none is starved. What has to be remembered of a host beyond
// the queue is kept in a HostMemory. Not for several threads at once. Adding and taking cost O(log
// hosts).
class HostQueue {
 public:
  // `memory` is borrowed and has to outlive the use of the queue, but not its destructor.
  HostQueue(int connections_per_host, std::chrono::milliseconds delay, HostMemory& memory)
      : connections_{connections_per_host}, delay_{delay}, memory_{memory} {}

  void push(ExchangePtr exchange);

  // The next exchange that may start at `now`, which counts as started then; null when there is
  // none. Its end has to be told by end().
  [[nodiscard]] ExchangePtr pop(SteadyTime now);
  void end(const std::string& host);

  // When pop() would next return something, if nothing else happens before.
  [[nodiscard]] std::optional<SteadyTime> next_time() const;

  // How long an exchange pushed now would wait for its turn, as far as the pace decides it.
  [[nodiscard]] std::chrono::milliseconds wait_at(const std::string& host, SteadyTime now);
  // Until when the host must be left alone.
  [[nodiscard]] std::optional<SteadyTime> paused_until(const std::string& host);

  // The host's own delay; a shorter one than the general or an earlier one has no effect.
  void set_delay(const std::string& host, std::chrono::milliseconds delay);
  void pause(const std::string& host, SteadyTime until);

  // Takes out all that waits for a host.
  [[nodiscard]] std::vector<ExchangePtr> take_all(const std::string& host);
  // Drops all that waits; how many jobs those were (a robots.txt is none).
  std::size_t clear();

 private:
  static constexpr std::size_t purposes = 3;
  struct Host;
  using Turn = std::tuple<SteadyTime, std::uint64_t, Host*>;  // when, in which order, whose
  struct Host {
    std::array<std::deque<ExchangePtr>, purposes> waiting;
    int under_way = 0;
    std::chrono::milliseconds delay{0};
    HostMemory::Pace pace;
    std::optional<Turn> turn;  // its place in turns_
  };

  [[nodiscard]] static std::size_t count_waiting(const Host& host);
  [[nodiscard]] static std::optional<SteadyTime> earliest(const Host& host);
  Host& host_named(const std::string& name);
  void reschedule(Host& host);
  void forget_idle_hosts(SteadyTime now);

  const int connections_;
  const std::chrono::milliseconds delay_;
  HostMemory& memory_;
  std::unordered_map<std::string, Host> hosts_;
  std::set<Turn> turns_;  // of hosts that have something waiting and a connection free
  std::uint64_t last_turn_ = 0;
  std::size_t forget_above_ = 1'024;  // number of hosts at which idle ones are looked for
};

}  // namespace stakeout
