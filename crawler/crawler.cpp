#include "crawler/crawler.h"

#include <algorithm>
#include <cassert>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>
#include <vector>

#include "crawler/answers.h"
#include "crawler/exchange.h"
#include "crawler/host_memory.h"
#include "crawler/host_queue.h"
#include "crawler/robots.h"

namespace stakeout {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t max_robots_body = 1U << 20U;
// What an exchange under way counts for at least, unless its body may not be so long.
constexpr std::size_t expected_body = 1U << 20U;
// What a decoder takes beside the body: its window, 8 MiB as a rule (RFC 9659), with some tables.
constexpr std::size_t decoder_memory = 10U << 20U;
// Of max_open_bytes, for the one exchange that goes on when there is no other room.
std::size_t kept_room(const CrawlerOptions& options) {
  return std::max(options.max_feed_body, options.max_page_body) + decoder_memory;
}

CrawlerOptions with_room_for_connections(CrawlerOptions options) {
  const auto connections = static_cast<std::size_t>(std::max(options.connections, 1));
  options.max_open = std::max(options.max_open, options.connections);
  options.max_open_bytes =
      std::max(options.max_open_bytes, connections * expected_body + kept_room(options));
  return options;
}

const char* accept_header(Purpose purpose) {
  switch (purpose) {
    case Purpose::robots:
      return "text/plain, */*;q=0.5";
    case Purpose::feed:
      return "application/atom+xml, application/rss+xml, application/feed+json, "
             "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";
    case Purpose::page:
      break;
  }
  return "text/html, application/xhtml+xml;q=0.9, */*;q=0.5";
}

// What the rules for an exchange are kept under: an origin may be within reach of a proxy only.
std::string name_of_rules(const Exchange& exchange) {
  const auto& proxy = exchange.job.proxy;
  return exchange.url.origin() + (proxy ? " by " + *proxy : "");
}

// Of the crawler's thread when it has nothing to wait for; a change wakes it.
constexpr std::chrono::hours longest_sleep{1};

}  // namespace

class Crawler::Impl : public std::enable_shared_from_this<Crawler::Impl> {
 public:
  Impl(CrawlerOptions options, Fetcher& fetcher, const Clock& clock, HostMemory& memory)
      : options_{with_room_for_connections(std::move(options))},
        fetcher_{fetcher},
        clock_{clock},
        memory_{memory},
        queue_{options_.per_host_connections, options_.per_host_delay, memory} {}

  void submit(CrawlJob job) {
    const std::lock_guard lock{mutex_};
    if (stopped_ || draining_) return;
    ++open_jobs_;
    auto exchange = std::make_unique<Exchange>();
    exchange->purpose = job.kind == JobKind::feed ? Purpose::feed : Purpose::page;
    exchange->url = job.url;
    exchange->job = std::move(job);
    admit(std::move(exchange));
    start_what_may();
  }

  std::optional<CrawlResult> next() {
    std::unique_lock lock{mutex_};
    results_changed_.wait(
        lock, [&] { return !results_.empty() || stopped_ || (finished_ && open_jobs_ == 0); });
    if (stopped_ || results_.empty()) return std::nullopt;
    CrawlResult result = std::move(results_.front());
    results_.pop_front();
    return result;
  }

  void finish() {
    const std::lock_guard lock{mutex_};
    finished_ = true;
    results_changed_.notify_all();
  }

  void stop() {
    std::deque<CrawlResult> dropped;  // dies after the lock: its tickets take it
    const std::lock_guard lock{mutex_};
    stopped_ = true;
    resume_waiting();
    queue_.clear();
    waiting_for_robots_.clear();
    dropped.swap(results_);
    results_changed_.notify_all();
    timer_changed_.notify_all();
  }

  void drain() {
    const std::lock_guard lock{mutex_};
    finished_ = true;
    draining_ = true;
    open_jobs_ -= queue_.clear();
    for (const auto& [rules, waiting] : waiting_for_robots_) open_jobs_ -= waiting.size();
    waiting_for_robots_.clear();
    results_changed_.notify_all();
  }

  CrawlerLag lag() const {
    const std::lock_guard lock{mutex_};
    const SteadyTime now = clock_.steady();
    CrawlerLag lag;
    if (const auto next = wake_time(); next && *next < now)
      lag.start = *next == SteadyTime::min() ? milliseconds{0} : now - *next;
    // What waits for room waits for the consumer.
    if (!started_.empty() && !some_wait_) lag.exchange = now - *started_.begin();
    return lag;
  }

  std::size_t open_jobs() const {
    const std::lock_guard lock{mutex_};
    return open_jobs_;
  }

  std::size_t moving_jobs() const {
    const std::lock_guard lock{mutex_};
    return moving_jobs_;
  }

  // The body of the crawler's own thread: starts what a delay has held back.
  void wait_for_delays() {
    std::unique_lock lock{mutex_};
    while (!stopped_) {
      timer_at_.reset();
      start_what_may();
      timer_at_ = wake_time();
      clock_.wait_until(lock, timer_changed_, timer_at_.value_or(clock_.steady() + longest_sleep));
    }
  }

 private:
  // Functions below are called with mutex_ held, but for release() and ended(), which take it.

  // Sends an exchange on its way: to robots.txt first, to its host's queue, or back as a result.
  void admit(ExchangePtr exchange) {
    if (draining_) return drop(*exchange);
    const SteadyTime now = clock_.steady();
    const std::string& host = exchange->url.host();
    const auto paused = queue_.paused_until(host);
    if (paused && *paused - now > options_.longest_pause) {
      return give_back(std::move(exchange), *paused - now);
    }
    if (exchange->purpose == Purpose::robots) return queue_.push(std::move(exchange));

    const auto known = memory_.robots(name_of_rules(*exchange), now);
    if (known == nullptr) return ask_robots_first(std::move(exchange));
    if (const auto delay = known->rules.crawl_delay()) {
      const double cut = std::min(*delay * 1'000, double(options_.longest_crawl_delay.count()));
      queue_.set_delay(host, milliseconds{static_cast<std::int64_t>(cut)});
    }
    const bool forbidden = known->unreachable
                               ? !exchange->job.without_robots
                               : !known->rules.is_allowed(exchange->url.path_and_query());
    if (exchange->purpose == Purpose::page && forbidden) {
      RobotsRefusal refusal{exchange->url, known->unreachable};
      return deliver(std::move(exchange), std::move(refusal));
    }
    if (exchange->job.kind == JobKind::permission)
      return deliver(std::move(exchange), RobotsPermission{});
    const milliseconds wait = queue_.wait_at(host, now);
    if (wait > options_.longest_wait) return give_back(std::move(exchange), wait);
    queue_.push(std::move(exchange));
  }

  // Its job gets no result.
  void drop(const Exchange& exchange) {
    if (exchange.purpose == Purpose::robots) return;
    --open_jobs_;
    results_changed_.notify_all();
  }

  void ask_robots_first(ExchangePtr exchange) {
    auto robots = std::make_unique<Exchange>();
    robots->purpose = Purpose::robots;
    robots->job.proxy = exchange->job.proxy;
    robots->rules = name_of_rules(*exchange);
    auto url = parse_url(exchange->url.origin() + "/robots.txt");
    assert(url);  // an origin is an address
    robots->url = std::move(*url);
    const auto [waiting, is_first] = waiting_for_robots_.try_emplace(robots->rules);
    waiting->second.push_back(std::move(exchange));
    if (is_first) admit(std::move(robots));
  }

  std::vector<ExchangePtr> take_waiting_for_robots(const std::string& rules) {
    auto node = waiting_for_robots_.extract(rules);
    return node.empty() ? std::vector<ExchangePtr>{} : std::move(node.mapped());
  }

  // An exchange whose turn is too far away. Those that wait for a robots.txt share its fate.
  void give_back(ExchangePtr exchange, milliseconds wait) {
    const auto paused_until = queue_.paused_until(exchange->url.host());
    const Postponed postponed{clock_.now() + (wait.count() + 999) / 1'000,
                              paused_until && *paused_until > clock_.steady()};
    if (exchange->purpose == Purpose::robots) {
      for (ExchangePtr& waiting : take_waiting_for_robots(exchange->rules)) {
        deliver(std::move(waiting), postponed);
      }
    } else {
      deliver(std::move(exchange), postponed);
    }
  }

  void deliver(ExchangePtr exchange, CrawlOutcome outcome) {
    const auto* const fetched = std::get_if<Fetched>(&outcome);
    const std::size_t places = fetched != nullptr ? 1 : 0;
    const std::size_t bytes = fetched != nullptr ? fetched->response.body.capacity() : 0;
    open_responses_ += places;
    open_bytes_ += bytes;
    ++moving_jobs_;
    CrawlTicket ticket{
        [self = shared_from_this(), places, bytes] { self->release(places, bytes); }};
    results_.push_back({std::move(exchange->job), std::move(outcome), std::move(ticket)});
    results_changed_.notify_one();
  }

  // A ticket has died.
  void release(std::size_t places, std::size_t bytes) {
    const std::lock_guard lock{mutex_};
    --open_jobs_;
    --moving_jobs_;
    open_responses_ -= places;
    open_bytes_ -= bytes;
    if (open_jobs_ == 0) results_changed_.notify_all();
    if (stopped_) return;
    resume_waiting();
    start_what_may();
  }

  [[nodiscard]] std::size_t max_body_of(Purpose purpose) const {
    if (purpose == Purpose::robots) return max_robots_body;
    return purpose == Purpose::feed ? options_.max_feed_body : options_.max_page_body;
  }

  [[nodiscard]] std::size_t reserved_for(Purpose purpose) const {
    return std::min(max_body_of(purpose), expected_body);
  }

  [[nodiscard]] bool has_room() const {
    return under_way_ < static_cast<std::size_t>(options_.connections) &&
           under_way_ + open_responses_ < static_cast<std::size_t>(options_.max_open) &&
           open_bytes_ + expected_body <= options_.max_open_bytes - kept_room(options_);
  }

  // Whether an exchange under way may take so much memory; on the network thread.
  Growth grow(Exchange& exchange, std::size_t bytes) {
    const std::lock_guard lock{mutex_};
    if (stopped_) return Growth::refused;
    if (bytes <= exchange.counted) return Growth::granted;
    const std::size_t all = open_bytes_ + bytes - exchange.counted;
    if (all > options_.max_open_bytes - kept_room(options_)) {
      if (favoured_ == nullptr) favoured_ = &exchange;
      if (favoured_ != &exchange || all > options_.max_open_bytes) {
        // Nothing but a consumer could make room for the favoured one.
        if (favoured_ == &exchange && open_responses_ == 0) return Growth::refused;
        some_wait_ = true;
        return Growth::wait;
      }
    }
    open_bytes_ = all;
    exchange.counted = bytes;
    return Growth::granted;
  }

  // There is more room, for those that were told to wait.
  void resume_waiting() {
    if (!std::exchange(some_wait_, false)) return;
    fetcher_.resume();
  }

  // When the crawler's thread has something to do: not before there is room.
  [[nodiscard]] std::optional<SteadyTime> wake_time() const {
    return has_room() ? queue_.next_time() : std::nullopt;
  }

  void start_what_may() {
    while (!stopped_ && has_room()) {
      ExchangePtr exchange = queue_.pop(clock_.steady());
      if (!exchange) break;
      ++under_way_;
      moving_jobs_ += exchange->purpose != Purpose::robots ? 1 : 0;
      exchange->started = *started_.insert(clock_.steady());
      exchange->counted = reserved_for(exchange->purpose);
      open_bytes_ += exchange->counted;
      start(std::move(exchange));
    }
    const auto wake = wake_time();
    if (wake && (!timer_at_ || *wake < *timer_at_)) timer_changed_.notify_one();
  }

  void start(ExchangePtr exchange) {
    FetchRequest request;
    request.url = exchange->url;
    request.proxy = exchange->job.proxy;
    request.accept = accept_header(exchange->purpose);
    request.max_body = max_body_of(exchange->purpose);
    if (exchange->purpose == Purpose::robots) {
      request.cut_long_body = true;
    } else {
      request.validators = exchange->job.validators;
      request.accept_delta = exchange->job.accept_delta;
    }
    request.unpack_files = exchange->purpose == Purpose::feed;
    request.grow = [self = shared_from_this(), raw = exchange.get()](std::size_t bytes) {
      return self->grow(*raw, bytes);
    };
    // std::function wants a copyable callable, hence shared_ptr; it runs once.
    auto shared = std::make_shared<ExchangePtr>(std::move(exchange));
    fetcher_.start(std::move(request), [self = shared_from_this(), shared](FetchResult answer) {
      self->ended(std::move(*shared), std::move(answer));
    });
  }

  // An exchange has ended; on the network thread.
  void ended(ExchangePtr exchange, FetchResult answer) {
    // Parsed before the lock: a large robots.txt must not hold up the others.
    std::optional<RobotsRules> rules;
    const bool follow = answer && is_redirect(*answer);
    if (exchange->purpose == Purpose::robots && !follow) rules = rules_of(answer, options_.agent);

    const std::lock_guard lock{mutex_};
    --under_way_;
    moving_jobs_ -= exchange->purpose != Purpose::robots ? 1 : 0;
    started_.erase(started_.find(exchange->started));
    open_bytes_ -= exchange->counted;
    if (favoured_ == exchange.get()) favoured_ = nullptr;
    if (stopped_) return;  // what was borrowed may be gone
    queue_.end(exchange->url.host());
    if (answer) pause_if_asked(exchange->url.host(), *answer);
    if (follow) {
      follow_redirect(std::move(exchange), *answer);
    } else if (exchange->purpose == Purpose::robots) {
      robots_known(exchange->rules, std::move(rules));
    } else if (answer) {
      deliver_response(std::move(exchange), std::move(*answer));
    } else {
      FetchFailure failure{exchange->url, std::move(answer.error())};
      deliver(std::move(exchange), std::move(failure));
    }
    resume_waiting();
    start_what_may();
  }

  void pause_if_asked(const std::string& host, const FetchResponse& response) {
    const auto seconds = pause_of(response);
    if (!seconds || *seconds == 0) return;
    queue_.pause(host, clock_.steady() + milliseconds{*seconds * 1'000});
    for (ExchangePtr& waiting : queue_.take_all(host)) admit(std::move(waiting));
  }

  void robots_known(const std::string& name, std::optional<RobotsRules> rules) {
    memory_.set_robots(name, std::move(rules), clock_.steady());
    for (ExchangePtr& waiting : take_waiting_for_robots(name)) {
      admit(std::move(waiting));
    }
  }

  void follow_redirect(ExchangePtr exchange, const FetchResponse& response) {
    auto target = resolve_url(exchange->url, response.location);
    std::string reason;
    if (!target) {
      reason = "redirects to an address that cannot be fetched: " + target.error().message;
    } else if (exchange->redirects == options_.max_redirects) {
      reason = "more than " + std::to_string(options_.max_redirects) + " redirects";
    }
    if (reason.empty()) {
      exchange->url = std::move(*target);
      exchange->lasting = exchange->lasting && is_lasting(response.status);
      ++exchange->redirects;
      admit(std::move(exchange));
    } else if (exchange->purpose == Purpose::robots) {
      // As if there were none (RFC 9309, 2.3.1.2).
      robots_known(exchange->rules, RobotsRules{});
    } else {
      FetchFailure failure{exchange->url, {std::move(reason), FaultKind::answered}};
      deliver(std::move(exchange), std::move(failure));
    }
  }

  void deliver_response(ExchangePtr exchange, FetchResponse response) {
    Fetched fetched;
    fetched.final_url = exchange->url;
    const bool moved = exchange->redirects > 0 && exchange->lasting && is_success(response.status);
    if (moved) fetched.permanent_url = exchange->url;
    fetched.response = std::move(response);
    deliver(std::move(exchange), std::move(fetched));
  }

  const CrawlerOptions options_;
  Fetcher& fetcher_;
  const Clock& clock_;
  HostMemory& memory_;

  mutable std::mutex mutex_;  // guards all below
  HostQueue queue_;
  // By the name of the rules: who waits for its robots.txt, which is being fetched.
  std::unordered_map<std::string, std::vector<ExchangePtr>> waiting_for_robots_;
  std::deque<CrawlResult> results_;
  std::condition_variable results_changed_;
  std::condition_variable timer_changed_;
  std::optional<SteadyTime> timer_at_;  // what the crawler's thread waits for
  std::size_t open_jobs_ = 0;           // jobs whose ticket has not died yet
  std::size_t moving_jobs_ = 0;         // those with an exchange under way or with a result
  std::size_t under_way_ = 0;           // exchanges
  std::multiset<SteadyTime> started_;   // when they were
  std::size_t open_responses_ = 0;      // responses whose ticket has not died yet
  std::size_t open_bytes_ = 0;          // of their bodies, and of what is under way
  const Exchange* favoured_ = nullptr;  // may use the room that is kept for one
  bool some_wait_ = false;              // exchanges whose body may not grow for now
  bool finished_ = false;
  bool draining_ = false;
  bool stopped_ = false;
};

Crawler::Crawler(CrawlerOptions options, Fetcher& fetcher, const Clock& clock, HostMemory& memory)
    : impl_{std::make_shared<Impl>(std::move(options), fetcher, clock, memory)},
      thread_{[impl = impl_] { impl->wait_for_delays(); }} {}

Crawler::~Crawler() {
  impl_->stop();
}

void Crawler::submit(CrawlJob job) {
  impl_->submit(std::move(job));
}

std::optional<CrawlResult> Crawler::next() {
  return impl_->next();
}

void Crawler::finish() {
  impl_->finish();
}

void Crawler::stop() {
  impl_->stop();
}

void Crawler::drain() {
  impl_->drain();
}

CrawlerLag Crawler::lag() const {
  return impl_->lag();
}

std::size_t Crawler::open_jobs() const {
  return impl_->open_jobs();
}

std::size_t Crawler::moving_jobs() const {
  return impl_->moving_jobs();
}

}  // namespace stakeout
