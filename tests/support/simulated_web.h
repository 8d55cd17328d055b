#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "crawler/clock.h"
#include "crawler/fetcher.h"

namespace stakeout {

// How a simulated feed behaves.
enum class Habit : std::uint8_t {
  steady,         // ETag, 304
  no_validators,  // 200 with the whole document each time, without dates
  lying_etag,     // 304 although there are new entries
  outage,         // no connection from day 8 to day 13
  falls_silent,   // nothing new after day 12
  moves,          // 301 from day 5 on
  ends,           // 410 from day 15 on
  wants_hours,    // ttl of two hours
};

// One feed of the simulated web: an entry appears every `period`, the document holds the last
// `window` of them.
struct SimulatedFeed {
  std::string url;
  Habit habit = Habit::steady;
  std::int64_t period = 3'600;  // seconds; 0: nothing ever
  std::int64_t phase = 0;       // of the first entry, after the beginning
  bool throttled = false;       // by its host
};

// What a feed was asked and has shown.
struct Visits {
  std::size_t requests = 0;
  std::int64_t shown = 0;   // different entries, in all documents
  std::int64_t missed = 0;  // entries that came and went between two documents
  std::int64_t latest = 0;  // the number of the latest entry shown
};

// A web of feeds that publish by the clock, and who watches the crawler's manners. It answers on
// the thread that calls answer_due(). What it counts takes the same memory however long it runs.
//
// Hosts have 1 to 200 feeds. Of ten, one is always slow, and one wants to be left alone by
// everybody from noon to two (429 with Retry-After).
class SimulatedWeb final : public Fetcher {
 public:
  // The feeds' habits and periods come in turn. `clock` is borrowed.
  SimulatedWeb(std::size_t feeds, const Clock& clock);

  void start(FetchRequest request, Done done) override;
  void resume() override {}  // no body of its is ever told to wait

  // Answers what has been under way for as long as its host takes; false when there was nothing.
  bool answer_due();
  // When there is something to answer.
  [[nodiscard]] std::optional<SteadyTime> next_answer() const;
  // How many answers were those of a feed, and not on the way to one (robots.txt, redirects).
  [[nodiscard]] std::size_t answered() const { return answered_; }

  [[nodiscard]] const std::vector<SimulatedFeed>& feeds() const { return feeds_; }
  [[nodiscard]] const Visits& visits(const SimulatedFeed& feed) const;
  // How many entries it has published by now, those of before the beginning included.
  [[nodiscard]] std::int64_t published(const SimulatedFeed& feed) const;

  // What the host that saw most of it saw.
  struct Manners {
    std::chrono::milliseconds shortest_gap{std::chrono::hours{24}};  // between starts of requests
    std::size_t most_at_once = 0;
    std::size_t busiest_minute = 0;
    std::size_t busiest_hour = 0;
    double busiest_day = 0;     // requests for each of its feeds
    std::size_t disturbed = 0;  // requests before the time of a Retry-After, of all hosts
  };
  [[nodiscard]] Manners manners() const;

  static constexpr std::int64_t window = 15;       // entries of a document
  static constexpr std::int64_t old_entries = 20;  // published before the beginning

 private:
  // Requests in the running minute, hour or day.
  struct Count {
    std::int64_t number = -1;  // of the minute, hour or day
    std::size_t requests = 0;
    std::size_t add(std::int64_t now) {
      if (number != now) *this = {now, 0};
      return ++requests;
    }
  };
  struct Host {
    std::size_t feeds = 0;
    std::chrono::milliseconds latency{0};
    bool throttles = false;
    std::optional<SteadyTime> last_start;
    std::size_t under_way = 0;
    SteadyTime left_alone_until{};
    Count minute, hour, day;
  };
  struct Open {
    FetchRequest request;
    Done done;
    SteadyTime answer_at;
    Host* host = nullptr;
  };

  void add_host(std::size_t feeds);
  void note_start(Host& host);
  [[nodiscard]] std::int64_t seconds() const;
  [[nodiscard]] FetchResult answer_to(const Open& open);
  [[nodiscard]] FetchResult answer_of(const SimulatedFeed& feed, const FetchRequest& request,
                                      bool moved);
  [[nodiscard]] FetchResponse document_of(const SimulatedFeed& feed, const Validators& known);
  [[nodiscard]] std::string words_of(const SimulatedFeed& feed, std::int64_t published) const;

  const Clock& clock_;
  const SteadyTime began_;
  const Timestamp first_day_;
  std::vector<SimulatedFeed> feeds_;
  std::unordered_map<std::string, std::size_t> feed_by_path_;  // host and path
  std::vector<Visits> visits_;
  std::size_t answered_ = 0;

  mutable std::mutex mutex_;  // guards all below
  std::vector<Open> open_;
  std::unordered_map<std::string, Host> hosts_;
  Manners manners_;
};

}  // namespace stakeout
