// A month of a service that watches many feeds, on a clock that jumps from one thing to do to the
// next. `./dev month` runs it with 5,000 feeds in a release build and prints its figures;
// STAKEOUT_MONTH_FEEDS sets their number. Without it a few feeds live through as much of the month
// as it takes for all their habits to show.
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "app/crawl/crawl.h"
#include "storage/reader.h"
#include "tests/support/simulated_web.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t hour = 3'600;
constexpr std::int64_t day = 86'400;

// How often it is looked how late the feeds are.
constexpr std::chrono::minutes between_samples{30};

// A clock that stands still while somebody works, and jumps to what comes next when all wait.
class JumpingClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const override {
    return make_timestamp(2024, 10, 1) +
           std::chrono::duration_cast<std::chrono::seconds>(steady() - start).count();
  }

  [[nodiscard]] SteadyTime steady() const override {
    const std::lock_guard lock{mutex_};
    return now_;
  }

  void writer_comes() { writer_has_left_ = false; }
  void writer_leaves() {
    const std::lock_guard lock{mutex_};
    writer_has_left_ = true;
    sleepers_changed_.notify_all();
  }
  [[nodiscard]] bool has_writer_left() const {
    const std::lock_guard lock{mutex_};
    return writer_has_left_;
  }

  void wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& changed,
                  SteadyTime deadline) const override {
    const Sleeper self{deadline, &changed, lock.mutex(), std::this_thread::get_id()};
    {
      const std::lock_guard own{mutex_};
      if (now_ >= deadline) return;
      sleepers_.push_back(self);
      sleepers_changed_.notify_all();
    }
    changed.wait(lock);
    const std::lock_guard own{mutex_};
    sleepers_.erase(std::ranges::find(sleepers_, self));
    sleepers_changed_.notify_all();
  }

  // Waits until `writer` and the crawler's thread wait for the clock, the first with all results
  // stored or for a moment only. Then moves to the next moment that somebody waits for, at the
  // latest to `latest`. Returns at once when the writer has left.
  void jump(std::thread::id writer, SteadyTime latest, const std::function<bool()>& is_all_stored) {
    std::vector<Sleeper> woken;
    {
      std::unique_lock lock{mutex_};
      sleepers_changed_.wait(lock,
                             [&] { return writer_has_left_ || are_asleep(writer, is_all_stored); });
      if (writer_has_left_) return;
      now_ =
          std::min(latest, std::ranges::min_element(sleepers_, {}, &Sleeper::deadline)->deadline);
      for (const Sleeper& sleeper : sleepers_) {
        if (sleeper.deadline <= now_) woken.push_back(sleeper);
      }
    }
    // The writer last: it may end the others.
    std::ranges::partition(woken, [&](const Sleeper& s) { return s.thread != writer; });
    for (const Sleeper& sleeper : woken) {
      // Whoever was about to wait has begun to once its mutex is free.
      const std::lock_guard lock{*sleeper.mutex};
      sleeper.changed->notify_all();
    }
  }

 private:
  struct Sleeper {
    SteadyTime deadline;
    std::condition_variable* changed = nullptr;
    std::mutex* mutex = nullptr;
    std::thread::id thread;
    bool operator==(const Sleeper&) const = default;
  };

  [[nodiscard]] bool are_asleep(std::thread::id writer,
                                const std::function<bool()>& is_all_stored) const {
    const auto found = std::ranges::find(sleepers_, writer, &Sleeper::thread);
    return sleepers_.size() == 2 && found != sleepers_.end() &&
           (found->deadline <= now_ + moment || is_all_stored()) &&
           std::ranges::none_of(sleepers_, [this](const Sleeper& s) { return s.deadline <= now_; });
  }

  static constexpr SteadyTime start{1'000s};
  static constexpr auto moment = 20ms;

  mutable std::mutex mutex_;  // guards all below
  mutable std::condition_variable sleepers_changed_;
  SteadyTime now_ = start;
  bool writer_has_left_ = false;
  mutable std::vector<Sleeper> sleepers_;
};

// How many feeds, and for how long: the service is started anew after each number of days.
struct Extent {
  std::size_t feeds = 21;
  std::vector<std::int64_t> days{1, 9, 7};

  [[nodiscard]] std::int64_t all_days() const {
    return std::accumulate(days.begin(), days.end(), std::int64_t{0});
  }
};

Extent extent_of_test() {
  const char* const feeds = std::getenv("STAKEOUT_MONTH_FEEDS");
  return feeds == nullptr ? Extent{} : Extent{std::stoul(feeds), {1, 9, 10, 11}};
}

// Of this process, in MB.
long resident_mb() {
  long pages = 0;
  long resident = 0;
  std::ifstream{"/proc/self/statm"} >> pages >> resident;
  return resident * sysconf(_SC_PAGESIZE) / 1'000'000;
}

// A service that watches the simulated web.
class Month {
 public:
  explicit Month(const Extent& its) : extent{its}, web{its.feeds, clock} {
    settings.fetch.per_host_delay = 1s;
    settings.fetch.per_host_connections = 2;
    std::vector<FeedListing> listings;
    for (const SimulatedFeed& feed : web.feeds()) listings.push_back({feed.url, "", {}});
    store.sync_feeds(listings, clock.now());
  }

  // Lets the service run for so many days; it is then asked to leave and has stored everything.
  void pass(std::int64_t count) {
    const SteadyTime end = clock.steady() + std::chrono::seconds{count * day};
    std::stop_source leave;
    clock.writer_comes();
    std::thread service{[&] {
      keep_crawling(
          {settings.fetch, proxies, store, finder, web, clock, hosts, chance, network, vitals},
          watch(leave.get_token()), {});
      clock.writer_leaves();
    }};
    SteadyTime sample_at = clock.steady();
    while (!clock.has_writer_left()) {
      if (clock.steady() >= sample_at) {
        sample();
        sample_at += between_samples;
      }
      if (clock.steady() >= end) leave.request_stop();
      // When the service is to leave there may be nothing more that it waits for.
      const SteadyTime latest = leave.stop_requested() ? clock.steady() + 20ms : sample_at;
      if (!web.answer_due()) step(service.get_id(), std::min(latest, sample_at));
    }
    service.join();
  }

  // The first column of the rows that a query gives.
  std::vector<std::int64_t> numbers(const std::string& sql) {
    std::vector<std::int64_t> found;
    for (const auto& row : reader_.rows(sql).rows)
      found.push_back(std::get<std::int64_t>(row.at(0)));
    return found;
  }
  std::int64_t number(const std::string& sql) { return numbers(sql).at(0); }
  [[nodiscard]] std::uintmax_t database_size() const { return std::filesystem::file_size(file_); }

  const Extent extent;
  JumpingClock clock;
  SimulatedWeb web;
  std::int64_t longest_wait = 0;  // seconds for which a feed that may be asked was overdue

 private:
  // Moves the clock, but not while somebody is late: the crawler's thread may have been told of
  // something to do and not have come to it yet.
  void step(std::thread::id writer, SteadyTime latest) {
    while (!vitals.trouble(clock.steady()).empty()) std::this_thread::yield();
    clock.jump(writer, std::min(latest, web.next_answer().value_or(latest)),
               [&] { return stored_ >= web.answered(); });
  }

  CrawlWatch watch(std::stop_token leave) {
    CrawlWatch watch;
    watch.leave = std::move(leave);
    watch.batch_done = [this](const CrawlReport& report) {
      before_ += report.feeds_done - report.postponed;
    };
    watch.progress = [this](const CrawlReport& report) {
      stored_ = before_ + report.feeds_done - report.postponed;
    };
    return watch;
  }

  void sample() {
    const std::string now = "unixepoch('" + to_rfc3339(clock.now()) + "')";
    longest_wait = std::max(longest_wait, number("SELECT " + now +
                                                 " - unixepoch(min(due_at)) FROM "
                                                 "feeds WHERE listed AND status <> 'gone'"));
  }

  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.file();
  Store store{file_};
  Reader reader_{file_};
  Settings settings = default_settings();
  Proxies proxies{{}};
  MentionFinder finder{{}};
  HostMemory hosts;
  std::mt19937 chance{1};
  NetworkWatch network;
  Vitals vitals{50ms};

  std::size_t before_ = 0;               // the writer's: results stored in earlier batches
  std::atomic<std::size_t> stored_ = 0;  // results
};

// How often a feed with this habit is told of, in the words of alert kinds.
std::vector<std::string> news_of(Habit habit) {
  switch (habit) {
    case Habit::outage:
      return {"feed_failing", "feed_recovered"};
    case Habit::moves:
      return {"feed_moved"};
    case Habit::ends:
      return {"feed_gone"};
    default:
      return {};
  }
}

void check_manners(const SimulatedWeb::Manners& manners) {
  CHECK(manners.shortest_gap >= 1s);
  CHECK(manners.most_at_once <= 2);
  CHECK(manners.busiest_day <= 110);  // of each feed: every 15 minutes, less jitter; robots.txt
  CHECK(manners.disturbed == 0);
}

// All of a feed's news is stored, and each entry once. The ids of feeds are those of the list's
// order.
void check_entries(Month& month) {
  const auto stored = month.numbers(
      "SELECT count(n.id) FROM feeds f LEFT JOIN entries n ON n.feed_id = f.id GROUP BY f.id");
  const auto different = month.numbers(
      "SELECT count(DISTINCT n.guid) FROM feeds f LEFT JOIN entries n ON n.feed_id = f.id "
      "GROUP BY f.id");
  const auto& feeds = month.web.feeds();
  REQUIRE(stored.size() == feeds.size());
  for (std::size_t i = 0; i < feeds.size(); ++i) {
    CAPTURE(feeds[i].url);
    const Visits& visits = month.web.visits(feeds[i]);
    CHECK(stored[i] == visits.shown);
    CHECK(different[i] == visits.shown);
    if (feeds[i].habit == Habit::lying_etag || feeds[i].habit == Habit::outage) continue;
    CHECK(visits.missed == 0);
    if (feeds[i].habit == Habit::ends) continue;
    CHECK(month.web.published(feeds[i]) - visits.latest < SimulatedWeb::window);
    CHECK(static_cast<std::int64_t>(visits.requests) >= month.extent.all_days() - 3);
  }
}

// What is to be told of a feed is told once.
void check_alerts(Month& month) {
  std::map<std::string, std::vector<std::int64_t>> told;
  for (const char* kind :
       {"feed_failing", "feed_recovered", "feed_moved", "feed_gone", "feed_silent"}) {
    told[kind] = month.numbers(
        "SELECT (SELECT count(*) FROM alerts a WHERE a.feed_id = f.id AND a.kind = '" +
        std::string{kind} + "') FROM feeds f ORDER BY f.id");
  }
  const auto& feeds = month.web.feeds();
  for (std::size_t i = 0; i < feeds.size(); ++i) {
    CAPTURE(feeds[i].url);
    const auto news = news_of(feeds[i].habit);
    for (const auto& [kind, counts] : told) {
      CAPTURE(kind);
      if (kind == "feed_silent") continue;
      const auto expected = std::ranges::count(news, kind);
      CHECK(counts[i] >= expected);
      // A daily poll may meet its host's rest on two days in a row, and that is news, too.
      CHECK(counts[i] <= expected + (feeds[i].throttled ? 1 : 0));
    }
    const std::int64_t silences = told["feed_silent"][i];
    CHECK(silences <= 1);
    if (feeds[i].period > day || feeds[i].habit == Habit::lying_etag) continue;
    if (feeds[i].habit == Habit::falls_silent) CHECK(silences == 1);
    if (feeds[i].habit != Habit::falls_silent && feeds[i].period > 0) CHECK(silences == 0);
  }
}

std::string figures_of(Month& month) {
  const auto days = static_cast<double>(month.extent.all_days());
  std::vector<double> polls;
  std::int64_t published = 0;
  for (const SimulatedFeed& feed : month.web.feeds()) {
    polls.push_back(static_cast<double>(month.web.visits(feed).requests) / days);
    published += month.web.visits(feed).shown + month.web.visits(feed).missed;
  }
  std::ranges::sort(polls);
  const SimulatedWeb::Manners manners = month.web.manners();
  return fmt::format(
      "{} polls; {:.2f}, {:.2f}, {:.2f} (least, median, most) a feed and day; busiest host: {} "
      "requests in a minute, {} in an hour, {:.1f} a day for each of its feeds, {} ms between two; "
      "longest wait of a due feed {} s; {} entries stored of {} published; database {} MB; "
      "{:.0f} CPU seconds",
      month.web.answered(), polls.front(), polls[polls.size() / 2], polls.back(),
      manners.busiest_minute, manners.busiest_hour, manners.busiest_day,
      manners.shortest_gap.count(), month.longest_wait,
      month.number("SELECT count(*) FROM entries"), published, month.database_size() / 1'000'000,
      static_cast<double>(std::clock()) / CLOCKS_PER_SEC);
}

}  // namespace

TEST_CASE(
    "in a month no host is asked more than its share, no feed starves, nothing is lost or told "
    "twice") {
  spdlog::set_level(spdlog::level::err);
  Month month{extent_of_test()};
  std::vector<long> resident;
  for (const std::int64_t days : month.extent.days) {
    month.pass(days);
    resident.push_back(resident_mb());
  }
  MESSAGE(figures_of(month) << "; MB after each run: "
                            << fmt::format("{}", fmt::join(resident, ", ")));
  check_manners(month.web.manners());
  CHECK(month.longest_wait <= 600);
  check_entries(month);
  check_alerts(month);
#ifndef __SANITIZE_ADDRESS__  // which keeps what was freed for a while
  CHECK(resident.back() - resident[1] <= 24);
#endif
}

}  // namespace stakeout
