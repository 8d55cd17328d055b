#include "crawler/network_watch.h"

#include <unordered_map>

namespace stakeout {
namespace {

using namespace std::chrono_literals;

constexpr auto memory = 10min;
constexpr auto longest_excuse = 72h;
constexpr std::size_t most_outcomes = 1'000;
constexpr std::size_t fewest_hosts = 5;

}  // namespace

void NetworkWatch::note(const std::string& host, bool answered, SteadyTime now) {
  outcomes_.push_back({host, answered, now});
  if (outcomes_.size() > most_outcomes) outcomes_.pop_front();
  if (answered || !last_sign_of_life_) last_sign_of_life_ = now;
}

bool NetworkWatch::is_down(SteadyTime now) const {
  std::unordered_map<std::string_view, bool> hosts;
  for (const Outcome& outcome : outcomes_) {
    if (now - outcome.at <= memory) hosts[outcome.host] = outcome.answered;
  }
  std::size_t answered = 0;
  for (const auto& [host, has_answered] : hosts) answered += has_answered ? 1 : 0;
  return hosts.size() >= fewest_hosts && answered * 10 <= hosts.size() &&
         now - *last_sign_of_life_ <= longest_excuse;
}

}  // namespace stakeout
