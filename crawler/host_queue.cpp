#include "crawler/host_queue.h"

#include <algorithm>
#include <utility>

namespace stakeout {

void HostQueue::push(ExchangePtr exchange) {
  Host& host = host_named(exchange->url.host());
  const bool was_empty = count_waiting(host) == 0;
  host.waiting[static_cast<std::size_t>(exchange->purpose)].push_back(std::move(exchange));
  if (was_empty) reschedule(host);
}

ExchangePtr HostQueue::pop(SteadyTime now) {
  if (turns_.empty() || std::get<SteadyTime>(*turns_.begin()) > now) return nullptr;
  Host& host = *std::get<Host*>(*turns_.begin());
  const auto queue = std::ranges::find_if(host.waiting, [](const auto& q) { return !q.empty(); });
  ExchangePtr exchange = std::move(queue->front());
  queue->pop_front();
  ++host.under_way;
  host.pace.last_start = now;
  memory_.set_pace(exchange->url.host(), host.pace);
  reschedule(host);
  if (hosts_.size() > forget_above_) forget_idle_hosts(now);
  return exchange;
}

void HostQueue::end(const std::string& host) {
  Host& ended = host_named(host);
  --ended.under_way;
  // A host that has a place in line keeps it.
  if (!ended.turn) reschedule(ended);
}

std::optional<SteadyTime> HostQueue::next_time() const {
  if (turns_.empty()) return std::nullopt;
  return std::get<SteadyTime>(*turns_.begin());
}

std::chrono::milliseconds HostQueue::wait_at(const std::string& host, SteadyTime now) {
  const Host& asked = host_named(host);
  const auto first = earliest(asked).value_or(now);
  return std::max(first - now, std::chrono::milliseconds{0}) + count_waiting(asked) * asked.delay;
}

std::optional<SteadyTime> HostQueue::paused_until(const std::string& host) {
  return host_named(host).pace.paused_until;
}

void HostQueue::set_delay(const std::string& host, std::chrono::milliseconds delay) {
  Host& slowed = host_named(host);
  if (delay <= slowed.delay) return;
  slowed.delay = delay;
  reschedule(slowed);
}

void HostQueue::pause(const std::string& host, SteadyTime until) {
  Host& paused = host_named(host);
  if (paused.pace.paused_until && *paused.pace.paused_until >= until) return;
  paused.pace.paused_until = until;
  memory_.set_pace(host, paused.pace);
  reschedule(paused);
}

std::vector<ExchangePtr> HostQueue::take_all(const std::string& host) {
  std::vector<ExchangePtr> taken;
  const auto found = hosts_.find(host);
  if (found == hosts_.end()) return taken;
  for (auto& queue : found->second.waiting) {
    std::ranges::move(queue, std::back_inserter(taken));
    queue.clear();
  }
  reschedule(found->second);
  return taken;
}

std::size_t HostQueue::clear() {
  std::size_t jobs = 0;
  turns_.clear();
  for (auto& [name, host] : hosts_) {
    host.turn.reset();
    jobs += count_waiting(host) - host.waiting[static_cast<std::size_t>(Purpose::robots)].size();
    for (auto& queue : host.waiting) queue.clear();
  }
  return jobs;
}

std::size_t HostQueue::count_waiting(const Host& host) {
  std::size_t count = 0;
  for (const auto& queue : host.waiting) count += queue.size();
  return count;
}

// When the host's pace allows the next start; nullopt: it always does.
std::optional<SteadyTime> HostQueue::earliest(const Host& host) {
  const auto& [last_start, paused_until] = host.pace;
  if (!last_start) return paused_until;
  const SteadyTime next = *last_start + host.delay;
  return paused_until ? std::max(next, *paused_until) : next;
}

HostQueue::Host& HostQueue::host_named(const std::string& name) {
  const auto [found, is_new] = hosts_.try_emplace(name);
  if (is_new) {
    found->second.delay = delay_;
    found->second.pace = memory_.pace(name);
  }
  return found->second;
}

void HostQueue::reschedule(Host& host) {
  if (host.turn) turns_.erase(*host.turn);
  host.turn.reset();
  if (count_waiting(host) == 0 || host.under_way >= connections_) return;
  host.turn = Turn{earliest(host).value_or(SteadyTime::min()), ++last_turn_, &host};
  turns_.insert(*host.turn);
}

void HostQueue::forget_idle_hosts(SteadyTime now) {
  std::erase_if(hosts_, [&](const auto& item) {
    const Host& host = item.second;
    return count_waiting(host) == 0 && host.under_way == 0 &&
           earliest(host).value_or(SteadyTime::min()) <= now;
  });
  forget_above_ = std::max<std::size_t>(2 * hosts_.size(), 1'024);
}

}  // namespace stakeout
