#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>

#include "crawler/clock.h"
#include "crawler/fetcher.h"
#include "extractors/values/result.h"
#include "extractors/values/url.h"

namespace stakeout {

class HostMemory;

struct CrawlerOptions {
  std::string agent = "stakeout";  // the product token that robots.txt files name
  int connections = 32;            // exchanges under way at once, in all
  int per_host_connections = 2;
  std::chrono::milliseconds per_host_delay{1'000};  // between the starts of two requests to a host
  std::chrono::milliseconds longest_crawl_delay{300'000};  // a longer Crawl-delay is cut to this
  // A job that would have to wait longer for its turn at its host is postponed instead of kept.
  std::chrono::milliseconds longest_wait{30 * 60'000};
  // The same when the host asked not to be disturbed (Retry-After, 429).
  std::chrono::milliseconds longest_pause{60'000};
  int max_redirects = 10;
  std::size_t max_feed_body = 16U << 20U;
  std::size_t max_page_body = 8U << 20U;
  // What bounds the memory, whatever servers send: the responses under way or with the consumer,
  // and the bytes that their bodies take, with what decodes them. Raised if `connections` could not
  // all be in use otherwise.
  //
  // An exchange under way counts as 1 MiB, or as its limit where that is less. One that needs more
  // gets it while there is room, and pauses when there is none; the one that has paused first may
  // go on with room that is kept for it alone, which is enough for the longest body. So there is
  // always one that moves, small answers are never held up, and max_open_bytes holds at every time.
  int max_open = 64;
  std::size_t max_open_bytes = 96U << 20U;
};

enum class JobKind : std::uint8_t {
  feed,        // fetched whatever robots.txt says: the operator asked for it
  page,        // fetched if robots.txt allows it
  permission,  // not fetched: only the question whether robots.txt allows it
};

// Something to fetch. `id` is the caller's own, and comes back with the result.
struct CrawlJob {
  JobKind kind = JobKind::page;
  std::int64_t id = 0;
  Url url{};
  Validators validators{};
  bool accept_delta = false;  // see FetchRequest
  // A page whose robots.txt could not be had for so long that it counts as missing if it still
  // cannot (RFC 9309, 2.3.1.4).
  bool without_robots = false;
  // As in FetchRequest; serves redirects and the robots.txt in its way, too.
  std::optional<std::string> proxy{};
};

// There was an answer; status may be any but a redirect that was followed.
struct Fetched {
  FetchResponse response;
  Url final_url;  // where the answer came from, after redirects
  // Where the job's address has moved for good: set when there was a redirect and every one was a
  // 301 or 308.
  std::optional<Url> permanent_url;
};

// robots.txt does not allow the address, or (`unreachable`) could not be had, which counts as "no"
// until it answers (RFC 9309, 2.3.1.4).
struct RobotsRefusal {
  Url url;  // of the job, or of the redirect that led there
  bool unreachable = false;
};

// robots.txt allows the address; the answer to a question for permission.
struct RobotsPermission {};

// It was not this job's turn, and will not be before `until`: nothing was asked.
struct Postponed {
  Timestamp until;
  bool is_hosts_wish = true;  // else so much else of the host comes before it
};

// No whole answer, or a redirect that cannot be followed.
struct FetchFailure {
  Url url;  // where it went wrong
  FetchFault error;
};

using CrawlOutcome =
    std::variant<Fetched, RobotsRefusal, RobotsPermission, Postponed, FetchFailure>;

// How late a crawler is with what it should be doing; zero: nothing of the sort.
struct CrawlerLag {
  std::chrono::milliseconds start{0};     // a request whose turn it is waits though there is room
  std::chrono::milliseconds exchange{0};  // for so long the oldest exchange has been under way
};

// Keeps one of the crawler's places occupied; gives it back when it dies. Move-only. May outlive
// the crawler.
class CrawlTicket {
 public:
  CrawlTicket() = default;
  explicit CrawlTicket(std::function<void()> release) : release_{std::move(release)} {}
  CrawlTicket(CrawlTicket&& other) noexcept : release_{std::exchange(other.release_, nullptr)} {}
  CrawlTicket& operator=(CrawlTicket&& other) noexcept {
    std::swap(release_, other.release_);
    return *this;
  }
  ~CrawlTicket() {
    if (release_) release_();
  }

 private:
  std::function<void()> release_;
};

struct CrawlResult {
  CrawlJob job;
  CrawlOutcome outcome;
  // Keep it until the result has been dealt with: stored, and its follow-up jobs submitted. While
  // it lives the crawler is not idle, and one place of `max_open` is taken.
  CrawlTicket ticket;
};

// Fetches feeds and pages politely.
//
// Jobs wait in a queue per host, feeds before pages. A host gets at most per_host_connections
// requests at once and one per per_host_delay (or its Crawl-delay); redirects and robots.txt count
// as requests. robots.txt is fetched before anything else of an origin and kept for a day. A host
// that sends 429, or 503 with Retry-After, is left alone as a whole for as long as it asks. All of
// this holds across crawlers that share a HostMemory, one after the other.
//
// How it is used:
//
//     Crawler crawler{options, fetcher, clock, memory};
//     for (feeds that are due) crawler.submit(job);
//     crawler.finish();                           // next() may end; jobs may still be submitted
//                                                 // by whoever holds a result's ticket
//     while (auto result = crawler.next()) {...}  // on each worker thread
//
// Every job gets exactly one result, unless drain() or stop() comes first. Results wait until
// next() takes them; when max_open of them are waiting or being worked on no further exchange is
// started, so a slow consumer slows the crawl. A consumer that collects results into batches has to
// deal with what it has when nothing more comes.
//
// Threads: all members may be called from any thread. Work is started on whichever thread makes it
// possible; one thread of the crawler's own waits for the end of delays.
class Crawler {
 public:
  // All but the options are borrowed and have to outlive the crawler. Exchanges of the fetcher's
  // that are under way may outlive it: their answers are then dropped. `memory` is what the crawler
  // knows of hosts from earlier passes, and what it leaves for later ones.
  Crawler(CrawlerOptions options, Fetcher& fetcher, const Clock& clock, HostMemory& memory);
  ~Crawler();  // as after stop()

  Crawler(const Crawler&) = delete;
  Crawler& operator=(const Crawler&) = delete;

  void submit(CrawlJob job);

  // The next result, in the order of arrival. Waits for one. nullopt after stop(), or after
  // finish() when no job is left and no ticket alive.
  [[nodiscard]] std::optional<CrawlResult> next();

  // No further jobs will come from outside. See next().
  void finish();

  // Drops the jobs that wait for their turn, and those that are submitted from now on: they get no
  // result. What is under way is finished, but redirects are not followed any more. As finish()
  // besides.
  void drain();

  // Drops all jobs and results that wait; next() returns nullopt from now on.
  void stop();

  // Jobs without a result yet, and results that are not dealt with.
  [[nodiscard]] std::size_t open_jobs() const;

  // Of these, those that no delay holds back: exchanges of theirs that are under way, and results.
  [[nodiscard]] std::size_t moving_jobs() const;

  [[nodiscard]] CrawlerLag lag() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;  // shared with the fetcher's callbacks and the tickets
  std::jthread thread_;         // waits for the end of delays
};

}  // namespace stakeout
