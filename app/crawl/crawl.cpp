#include "app/crawl/crawl.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include <spdlog/spdlog.h>

#include "app/crawl/daily_upkeep.h"
#include "app/crawl/log_watch.h"
#include "app/crawl/network_options.h"
#include "app/crawl/queue.h"
#include "app/crawl/workers.h"
#include "app/crawl/writer.h"

namespace stakeout {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Results are stored together when so many are at hand, or so long after the first of them, but
// what a delay holds back is not waited for: the commit is what storing one costs most.
constexpr std::size_t enough_results = 32;
constexpr milliseconds longest_gathering{20};

// What documents may take together that are being read, or were and wait for the writer. The
// longest one is as large.
constexpr std::size_t work_room = 16U << 20U;

// What becomes due is looked for at least and at most so often: the first because the time of day
// may be set anew, the second so that a thousand feeds do not cost a thousand looks.
constexpr std::int64_t longest_sleep_s = 60;
constexpr std::int64_t shortest_sleep_s = 5;

// How often the caller is told what was done: sooner when there is nothing left to do.
constexpr seconds shortest_batch{300};
constexpr seconds longest_batch{900};

// Pauses between tries of a database that cannot be written.
constexpr seconds first_pause{5};
constexpr seconds longest_pause{300};

// Faults that waiting does not mend.
bool is_lasting(StorageFault fault) {
  return fault == StorageFault::damaged || fault == StorageFault::newer_schema;
}

// See Vitals. The fetcher ends an exchange when its time is up, a little late on a busy machine.
std::string trouble_of(const Crawler& crawler, milliseconds timeout, milliseconds patience) {
  const CrawlerLag lag = crawler.lag();
  if (lag.start > patience) return "the crawler does not start what is due";
  if (lag.exchange > timeout + patience) return "the network thread does not end its exchanges";
  return {};
}

// The threads of a crawl, and the writer's part on the calling one.
class Crawling {
 public:
  explicit Crawling(const CrawlParts& parts)
      : parts_{parts},
        crawler_{crawler_options(parts.settings), parts.fetcher, parts.clock, parts.hosts},
        writer_{parts_, crawler_, hints_, report_},
        heartbeat_{parts.vitals},
        upkeep_{parts.store, parts_.retention, parts.clock},
        workers_{crawler_,  hints_,       parts.finder, room_,
                 finished_, parts.vitals, parts.clock,  parts.archive != nullptr} {}

  CrawlReport pass(const CrawlOptions& options, const std::stop_token& stop) {
    const std::stop_callback stopping{stop, [this] { crawler_.stop(); }};
    writer_.start(options);
    crawler_.finish();
    while (true) {
      const auto results = finished_.pop_all([this] { return enough(); }, longest_gathering);
      if (results.empty()) break;
      if (stop.stop_requested()) continue;
      writer_.write(results);
      if (options.progress) options.progress(report_);
    }
    writer_.count_alerts();
    return std::move(report_);
  }

  void stay(const CrawlWatch& watch, const std::stop_token& stop) {
    std::stop_source ending;
    const std::stop_callback stopping{stop, [&] {
                                        crawler_.stop();
                                        ending.request_stop();
                                      }};
    const std::stop_callback leaving{watch.leave, [&] {
                                       crawler_.drain();
                                       ending.request_stop();
                                     }};
    const Vitals::Watched watched{parts_.vitals, [this](SteadyTime now) { return trouble(now); }};
    bool storing = true;
    while (!finished_.has_ended()) {
      storing = storing && !stop.stop_requested();
      try {
        turn(watch, !ending.stop_requested(), storing);
      } catch (const StorageError& error) {
        if (is_lasting(error.fault())) throw;
        wait_for_database(error, watch, ending.get_token());
        // At the end nobody waits for the database: what is under way is still due in it.
        if (ending.stop_requested()) storing = false;
      }
    }
    tell_batch(watch);
  }

 private:
  // Once round: submits what has become due, and stores what has come or finds nothing in time.
  void turn(const CrawlWatch& watch, bool looking, bool storing) {
    const SteadyTime now = parts_.clock.steady();
    heartbeat_.work(now);
    if (looking && now >= look_at_) look(watch);
    if (looking && is_batch_over()) end_batch(watch);
    const SteadyTime until =
        looking ? std::min(look_at_, upkeep_.due_at()) : now + seconds{longest_sleep_s};
    heartbeat_.sleep(until);
    const auto results = finished_.pop_all_until(
        until, parts_.clock, [this] { return enough(); }, longest_gathering);
    heartbeat_.work(parts_.clock.steady());
    if (!storing) return;
    if (!results.empty()) {
      writer_.write(results);
      if (watch.progress) watch.progress(report_);
      pause_ = first_pause;
    }
    if (looking) upkeep_.look();
    if (!results.empty() || crawler_.open_jobs() == 0) tell_recovery(watch);
  }

  // That a page of it can be written says little of a full disk: only what was stored after trouble
  // with the database, or that there is nothing to store, is its end.
  void tell_recovery(const CrawlWatch& watch) {
    if (!std::exchange(has_trouble_, false)) return;
    spdlog::info("the database can be written again");
    if (watch.trouble) watch.trouble({});
  }

  // How many results are gathered: no more than there can be in a moment.
  [[nodiscard]] std::size_t enough() const {
    return std::clamp<std::size_t>(crawler_.moving_jobs(), 1, enough_results);
  }

  // The next look is counted from the beginning of this one: what becomes due on the way is found.
  void look(const CrawlWatch& watch) {
    const SteadyTime now = parts_.clock.steady();
    const Timestamp today = parts_.clock.now();
    writer_.submit_due();
    Outlook outlook;
    outlook.feeds = parts_.store.feed_counts(today);
    outlook.open_jobs = crawler_.open_jobs();
    outlook.next_due = parts_.store.next_due(writer_.looked_at() + 1);
    const std::int64_t wait = outlook.next_due ? *outlook.next_due - today : longest_sleep_s;
    look_at_ = now + seconds{std::clamp(wait, shortest_sleep_s, longest_sleep_s)};
    if (watch.outlook) watch.outlook(outlook);
  }

  // The first batch ends as soon as there is nothing left to do.
  [[nodiscard]] bool is_batch_over() const {
    if (report_.feeds_done + report_.pages_done == 0) return false;
    const bool idle = crawler_.open_jobs() == 0;
    if (!told_at_) return idle;
    return parts_.clock.steady() - *told_at_ >= (idle ? shortest_batch : longest_batch);
  }

  void end_batch(const CrawlWatch& watch) {
    const SteadyTime now = parts_.clock.steady();
    tell_batch(watch);
    told_at_ = look_at_ = now;  // the outlook has changed
    parts_.store.checkpoint();
    if (const auto told = log_watch_.look(parts_.store.log_state())) spdlog::warn("{}", *told);
  }

  void tell_batch(const CrawlWatch& watch) {
    if (report_.feeds_done + report_.pages_done == 0) return;
    writer_.count_alerts();
    if (watch.batch_done) watch.batch_done(report_);
    report_ = {};
  }

  // Returns when the database seems to be writable again, or `ending` is requested.
  void wait_for_database(const StorageError& error, const CrawlWatch& watch,
                         const std::stop_token& ending) {
    std::string told = error.what();
    has_trouble_ = true;
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock lock{mutex};
    while (!ending.stop_requested()) {
      spdlog::error("{}; trying again in {} seconds", told, pause_.count());
      if (watch.trouble) watch.trouble(told);
      heartbeat_.sleep(parts_.clock.steady() + pause_);
      changed.wait_for(lock, ending, pause_, [] { return false; });
      pause_ = std::min(2 * pause_, longest_pause);
      heartbeat_.work(parts_.clock.steady());
      try {
        parts_.store.check_writable();
        break;
      } catch (const StorageError& again) {
        if (is_lasting(again.fault())) throw;
        told = again.what();
      }
    }
    if (ending.stop_requested()) {
      if (watch.trouble) watch.trouble({});
      return;
    }
    writer_.look_at_all();  // what was not stored is due again
    look_at_ = parts_.clock.steady();
  }

  [[nodiscard]] std::string trouble(SteadyTime now) const {
    if (heartbeat_.is_late(now)) return "the writer does not come to the end of a piece of work";
    if (std::string wrong = workers_.trouble(now); !wrong.empty()) return wrong;
    return trouble_of(crawler_, parts_.settings.timeout, parts_.vitals.patience());
  }

  const CrawlParts parts_;
  CrawlReport report_;
  EntryHints hints_;
  WorkRoom room_{work_room};
  Queue<Finished> finished_;
  Crawler crawler_;
  CrawlWriter writer_;
  Heartbeat heartbeat_;
  SteadyTime look_at_{};               // what is due is looked for then; the first time at once
  std::optional<SteadyTime> told_at_;  // when a batch was told last
  DailyUpkeep upkeep_;
  LogWatch log_watch_;
  bool has_trouble_ = false;  // with the database, whose end was not told yet
  seconds pause_ = first_pause;
  Workers workers_;  // last: its threads use most of the above
};

}  // namespace

CrawlReport crawl(const CrawlParts& parts, const CrawlOptions& options,
                  const std::stop_token& stop) {
  return Crawling{parts}.pass(options, stop);
}

void keep_crawling(const CrawlParts& parts, const CrawlWatch& watch, const std::stop_token& stop) {
  Crawling{parts}.stay(watch, stop);
}

}  // namespace stakeout
