#include "crawler/crawler.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "crawler/host_memory.h"
#include "tests/support/clocks.h"
#include "tests/support/fake_fetcher.h"

namespace stakeout {
namespace {

using namespace std::chrono_literals;

FetchResponse status(int code, std::string body = {}) {
  FetchResponse response;
  response.status = code;
  response.body = std::move(body);
  return response;
}

FetchResponse redirect(int code, std::string location) {
  FetchResponse response = status(code);
  response.location = std::move(location);
  return response;
}

CrawlJob job(JobKind kind, std::string_view url) {
  return {.kind = kind, .id = 7, .url = parse_url(url).value()};
}

// A crawler without delays unless a test sets them.
struct Rig {
  explicit Rig(CrawlerOptions options = {.per_host_delay = 0ms})
      : crawler{options, fetcher, clock, memory} {}

  FakeClock clock;
  FakeFetcher fetcher{clock};
  HostMemory memory;
  Crawler crawler;
};

template <class T>
const T& outcome(const std::optional<CrawlResult>& result) {
  REQUIRE(result.has_value());
  REQUIRE(std::holds_alternative<T>(result->outcome));
  return std::get<T>(result->outcome);
}

}  // namespace

TEST_CASE("robots.txt is asked first, once for an origin, and binds pages but not feeds") {
  Rig rig;
  rig.crawler.submit(job(JobKind::feed, "http://a.example/feed"));
  rig.crawler.submit(job(JobKind::page, "http://a.example/private"));
  rig.fetcher.answer("http://a.example/robots.txt", status(200, "User-agent: *\nDisallow: /"));
  rig.fetcher.answer("http://a.example/feed", status(200, "feed"));
  CHECK(outcome<RobotsRefusal>(rig.crawler.next()).unreachable == false);
  CHECK(outcome<Fetched>(rig.crawler.next()).response.body == "feed");
}

TEST_CASE("a question for permission asks for robots.txt and for nothing else") {
  Rig rig;
  rig.crawler.submit(job(JobKind::permission, "http://a.example/private/1"));
  rig.crawler.submit(job(JobKind::permission, "http://a.example/open"));
  rig.crawler.submit(job(JobKind::permission, "http://b.example/"));
  rig.fetcher.answer("http://a.example/robots.txt",
                     status(200, "User-agent: *\nDisallow: /private/"));
  CHECK(outcome<RobotsRefusal>(rig.crawler.next()).unreachable == false);
  (void)outcome<RobotsPermission>(rig.crawler.next());
  rig.fetcher.answer("http://b.example/robots.txt", status(503));
  CHECK(outcome<RobotsRefusal>(rig.crawler.next()).unreachable == true);
  CHECK(rig.fetcher.waiting() == 0);
}

TEST_CASE("RFC 9309, 2.3.1: a missing robots.txt allows, one that cannot be had forbids") {
  struct Case {
    int status;
    bool allowed;
  };
  for (const auto& [code, allowed] : {Case{404, true}, Case{403, true}, Case{500, false}}) {
    CAPTURE(code);
    Rig rig;
    rig.crawler.submit(job(JobKind::page, "http://a.example/"));
    rig.fetcher.answer("http://a.example/robots.txt", status(code));
    if (allowed) {
      rig.fetcher.answer("http://a.example/", status(200));
      outcome<Fetched>(rig.crawler.next());
    } else {
      CHECK(outcome<RobotsRefusal>(rig.crawler.next()).unreachable);
    }
  }
}

TEST_CASE("RFC 9309, 2.3.1.4: a robots.txt that cannot be had for long counts as missing") {
  for (const int code : {500, 200}) {
    CAPTURE(code);
    Rig rig;
    CrawlJob waiting = job(JobKind::page, "http://a.example/");
    waiting.without_robots = true;
    rig.crawler.submit(std::move(waiting));
    rig.fetcher.answer("http://a.example/robots.txt", status(code, "User-agent: *\nDisallow: /"));
    if (code == 500) {
      rig.fetcher.answer("http://a.example/", status(200));
      outcome<Fetched>(rig.crawler.next());
    } else {
      CHECK_FALSE(outcome<RobotsRefusal>(rig.crawler.next()).unreachable);
    }
  }
}

TEST_CASE("requests to one host keep their distance, others need not wait") {
  Rig rig{{.per_host_delay = 1s}};
  for (const char* url : {"http://a.example/1", "http://a.example/2", "http://b.example/1"}) {
    rig.crawler.submit(job(JobKind::feed, url));
  }
  const SteadyTime start = rig.clock.steady();
  CHECK(rig.fetcher.answer("http://a.example/robots.txt", status(404)) == start);
  CHECK(rig.fetcher.answer("http://b.example/robots.txt", status(404)) == start);
  CHECK(rig.fetcher.waiting() == 0);
  rig.clock.advance(999ms);
  CHECK(rig.fetcher.waiting() == 0);
  rig.clock.advance(1ms);
  for (int i = 0; i < 2; ++i) CHECK(rig.fetcher.take().at == start + 1s);
  rig.clock.advance(1s);
  CHECK(rig.fetcher.take().at == start + 2s);
}

TEST_CASE("a Crawl-delay slows the host, and a long one is cut") {
  Rig rig{{.per_host_delay = 0ms, .longest_crawl_delay = 300s}};
  rig.crawler.submit(job(JobKind::page, "http://a.example/1"));
  const SteadyTime start = rig.fetcher.answer("http://a.example/robots.txt",
                                              status(200, "User-agent: *\nCrawl-delay: 86400"));
  CHECK(rig.fetcher.waiting() == 0);
  rig.clock.advance(300s);
  CHECK(rig.fetcher.take().at == start + 300s);
}

TEST_CASE("a host is asked by two connections at most") {
  Rig rig;
  for (int i = 0; i < 5; ++i) {
    rig.crawler.submit(job(JobKind::feed, "http://a.example/" + std::to_string(i)));
  }
  rig.fetcher.answer("http://a.example/robots.txt", status(404));
  auto first = rig.fetcher.take();
  auto second = rig.fetcher.take();
  CHECK(rig.fetcher.waiting() == 0);
  first.done(status(200));
  CHECK(rig.fetcher.waiting() == 1);
  second.done(status(200));
  CHECK(rig.fetcher.waiting() == 2);
}

TEST_CASE("a host that is overrun is left alone as a whole") {
  Rig rig;
  rig.crawler.submit(job(JobKind::feed, "http://a.example/feed"));
  rig.fetcher.answer("http://a.example/robots.txt", status(404));
  rig.crawler.submit(job(JobKind::page, "http://a.example/1"));
  auto feed = rig.fetcher.take();
  auto page = rig.fetcher.take();
  rig.crawler.submit(job(JobKind::page, "http://a.example/2"));
  FetchResponse busy = status(429);
  busy.retry_after = 10'800;
  feed.done(busy);
  CHECK(outcome<Postponed>(rig.crawler.next()).until == rig.clock.now() + 10'800);
  CHECK(outcome<Fetched>(rig.crawler.next()).response.status == 429);
  rig.crawler.submit(job(JobKind::page, "https://a.example/3"));
  CHECK(outcome<Postponed>(rig.crawler.next()).until == rig.clock.now() + 10'800);
  page.done(status(200));
  CHECK(rig.fetcher.waiting() == 0);
}

TEST_CASE("the next crawler knows what the one before has learnt of hosts") {
  FakeClock clock;
  FakeFetcher fetcher{clock};
  HostMemory memory;
  const CrawlerOptions options{.per_host_delay = 2s};
  {
    Crawler first{options, fetcher, clock, memory};
    first.submit(job(JobKind::page, "http://a.example/1"));
    fetcher.answer("http://a.example/robots.txt", status(200, "User-agent: *\nDisallow: /private"));
    clock.advance(2s);
    fetcher.answer("http://a.example/1", status(200));
    outcome<Fetched>(first.next());
    first.submit(job(JobKind::feed, "http://b.example/feed"));
    FetchResponse busy = status(503);
    busy.retry_after = 10'800;
    fetcher.answer("http://b.example/robots.txt", busy);
    outcome<Postponed>(first.next());
  }
  Crawler second{options, fetcher, clock, memory};
  second.submit(job(JobKind::page, "http://a.example/private"));
  outcome<RobotsRefusal>(second.next());
  second.submit(job(JobKind::feed, "http://b.example/feed"));
  CHECK(outcome<Postponed>(second.next()).until == clock.now() + 10'800);
  second.submit(job(JobKind::page, "http://a.example/2"));
  CHECK(fetcher.waiting() == 0);  // asked just now, by the first crawler
  const SteadyTime start = clock.steady();
  clock.advance(2s);
  CHECK(fetcher.answer("http://a.example/2", status(200)) == start + 2s);
}

TEST_CASE("redirects are followed, and remembered when every one is lasting") {
  struct Case {
    int first;
    int second;
    bool lasting;
  };
  for (const auto& [first, second, lasting] : {Case{301, 308, true}, Case{301, 302, false}}) {
    Rig rig;
    rig.crawler.submit(job(JobKind::feed, "http://a.example/1"));
    rig.fetcher.answer("http://a.example/robots.txt", status(404));
    rig.fetcher.answer("http://a.example/1", redirect(first, "/2"));
    rig.fetcher.answer("http://a.example/2", redirect(second, "https://b.example/3"));
    rig.fetcher.answer("https://b.example/robots.txt", status(404));
    rig.fetcher.answer("https://b.example/3", status(200));
    const auto result = rig.crawler.next();
    const auto& fetched = outcome<Fetched>(result);
    CHECK(fetched.final_url.text() == "https://b.example/3");
    CHECK(fetched.permanent_url.has_value() == lasting);
    CHECK(result->job.url.text() == "http://a.example/1");
  }
}

TEST_CASE("a redirect does not lead past robots.txt, in a circle, or out of the web") {
  Rig rig;
  rig.crawler.submit(job(JobKind::page, "http://a.example/1"));
  rig.fetcher.answer("http://a.example/robots.txt", status(200, "User-agent: *\nDisallow: /2"));
  rig.fetcher.answer("http://a.example/1", redirect(302, "/2"));
  CHECK(outcome<RobotsRefusal>(rig.crawler.next()).url.text() == "http://a.example/2");

  rig.crawler.submit(job(JobKind::page, "http://a.example/loop"));
  for (int i = 0; i <= 10; ++i) rig.fetcher.answer("http://a.example/loop", redirect(302, "/loop"));
  CHECK(outcome<FetchFailure>(rig.crawler.next()).error.kind == FaultKind::answered);

  rig.crawler.submit(job(JobKind::page, "http://a.example/file"));
  rig.fetcher.answer("http://a.example/file", redirect(302, "file:///etc/passwd"));
  CHECK(outcome<FetchFailure>(rig.crawler.next()).error.kind == FaultKind::answered);
}

TEST_CASE("a slow consumer holds up the crawl") {
  Rig rig{{.connections = 3, .per_host_connections = 100, .per_host_delay = 0ms, .max_open = 3}};
  for (int i = 0; i < 9; ++i) {
    rig.crawler.submit(job(JobKind::feed, "http://a.example/" + std::to_string(i)));
  }
  rig.fetcher.answer("http://a.example/robots.txt", status(404));
  for (int i = 0; i < 3; ++i) rig.fetcher.take().done(status(200));
  CHECK(rig.fetcher.waiting() == 0);
  {
    const auto result = rig.crawler.next();
    CHECK(rig.fetcher.waiting() == 0);  // taken, but not dealt with
  }
  CHECK(rig.fetcher.waiting() == 1);
}

TEST_CASE("bodies under way count before they have come, and as long as they are not dealt with") {
  constexpr std::size_t mib = 1U << 20U;
  constexpr std::size_t kept = 26 * mib;  // the longest body, and 10 MiB to decode it
  Rig rig{{.connections = 3,
           .per_host_connections = 100,
           .per_host_delay = 0ms,
           .max_open_bytes = 3 * mib + 100 + kept}};
  for (int i = 0; i < 9; ++i) {
    rig.crawler.submit(job(JobKind::feed, "http://a.example/" + std::to_string(i)));
  }
  rig.fetcher.answer("http://a.example/robots.txt", status(404));
  rig.fetcher.take().done(status(200, std::string(100, 'x')));
  {
    const auto small = rig.crawler.next();
    CHECK(rig.fetcher.waiting() == 3);  // next to nothing is taken
  }
  rig.fetcher.take().done(status(200, std::string(2 * mib, 'x')));
  auto large = rig.crawler.next();
  CHECK(rig.fetcher.waiting() == 2);  // 2 MiB, and 1 MiB for each that is under way
  rig.fetcher.take().done(status(500));
  CHECK(rig.fetcher.waiting() == 1);
  auto failed = rig.crawler.next();
  large.reset();
  CHECK(rig.fetcher.waiting() == 3);
}

TEST_CASE("bodies that grow wait for room, but one always goes on") {
  constexpr std::size_t mib = 1U << 20U;
  Rig rig{{.connections = 3,
           .per_host_connections = 100,
           .per_host_delay = 0ms,
           .max_open_bytes = (6 + 26) * mib}};
  for (int i = 0; i < 3; ++i) {
    rig.crawler.submit(job(JobKind::feed, "http://a.example/" + std::to_string(i)));
  }
  rig.fetcher.answer("http://a.example/robots.txt", status(404));
  auto first = rig.fetcher.take();
  auto second = rig.fetcher.take();
  auto third = rig.fetcher.take();
  CHECK(first.request.grow(mib) == Growth::granted);  // everyone's own
  CHECK(first.request.grow(3 * mib) == Growth::granted);
  CHECK(second.request.grow(2 * mib) == Growth::granted);  // so much may be
  CHECK(third.request.grow(mib) == Growth::granted);
  CHECK(third.request.grow(16 * mib) == Growth::granted);  // with what is kept for one
  CHECK(second.request.grow(3 * mib) == Growth::wait);
  CHECK(first.request.grow(16 * mib) == Growth::wait);
  CHECK(third.request.grow(40 * mib) == Growth::refused);  // nobody could make room for that
  CHECK(rig.fetcher.resumes == 0);
  third.done(status(200, std::string(16 * mib, 'x')));
  CHECK(rig.fetcher.resumes == 1);
  CHECK(second.request.grow(6 * mib) == Growth::granted);  // now it is the one
  CHECK(second.request.grow(16 * mib) == Growth::wait);
  CHECK(rig.crawler.next().has_value());  // and dealt with
  CHECK(rig.fetcher.resumes == 2);
  CHECK(second.request.grow(16 * mib) == Growth::granted);
  first.request.grow(16 * mib);
  rig.crawler.stop();
  CHECK(rig.fetcher.resumes == 3);
  CHECK(first.request.grow(16 * mib) == Growth::refused);
}

TEST_CASE("all connections may be in use, however small the limits") {
  Rig rig{{.connections = 100,
           .per_host_connections = 100,
           .per_host_delay = 0ms,
           .max_open = 1,
           .max_open_bytes = 1}};
  for (int i = 0; i < 200; ++i) {
    rig.crawler.submit(job(JobKind::feed, "http://a.example/" + std::to_string(i)));
  }
  rig.fetcher.answer("http://a.example/robots.txt", status(404));
  CHECK(rig.fetcher.waiting() == 100);
}

TEST_CASE("next() ends when the last ticket dies, and jobs may follow from a result until then") {
  Rig rig;
  rig.crawler.submit(job(JobKind::feed, "http://a.example/feed"));
  rig.crawler.finish();
  rig.fetcher.answer("http://a.example/robots.txt", status(404));
  rig.fetcher.answer("http://a.example/feed", status(200));
  auto feed = rig.crawler.next();
  outcome<Fetched>(feed);
  rig.crawler.submit(job(JobKind::page, "http://a.example/page"));
  feed.reset();
  rig.fetcher.answer("http://a.example/page", status(200));
  outcome<Fetched>(rig.crawler.next());
  CHECK(rig.crawler.open_jobs() == 0);
  CHECK_FALSE(rig.crawler.next().has_value());
}

TEST_CASE("jobs move while they are asked or their result is not dealt with, not while they wait") {
  Rig rig{{.per_host_connections = 1}};
  rig.crawler.submit(job(JobKind::feed, "http://a.example/feed"));
  rig.crawler.submit(job(JobKind::feed, "http://a.example/other"));
  CHECK(rig.crawler.moving_jobs() == 0);  // both wait for robots.txt
  rig.fetcher.answer("http://a.example/robots.txt", status(404));
  rig.clock.advance(2s);
  auto under_way = rig.fetcher.take();
  CHECK(rig.crawler.moving_jobs() == 1);  // the other waits for its turn
  under_way.done(status(200));
  CHECK(rig.crawler.moving_jobs() == 1);
  auto result = rig.crawler.next();
  CHECK(rig.crawler.moving_jobs() == 1);
  result.reset();
  CHECK(rig.crawler.moving_jobs() == 0);
  rig.clock.advance(2s);
  rig.fetcher.answer("http://a.example/other", redirect(302, "/later"));
  CHECK(rig.crawler.moving_jobs() == 0);
}

TEST_CASE("after stop() nothing is started and nothing returned") {
  Rig rig;
  rig.crawler.submit(job(JobKind::feed, "http://a.example/feed"));
  auto robots = rig.fetcher.take();
  rig.crawler.stop();
  robots.done(status(404));
  rig.crawler.submit(job(JobKind::feed, "http://b.example/feed"));
  CHECK(rig.fetcher.waiting() == 0);
  CHECK_FALSE(rig.crawler.next().has_value());
}

TEST_CASE("drain() finishes what is under way and drops what waits") {
  Rig rig{{.per_host_connections = 1}};
  rig.crawler.submit(job(JobKind::feed, "http://a.example/feed"));
  rig.fetcher.answer("http://a.example/robots.txt", status(404));
  rig.clock.advance(2s);
  auto under_way = rig.fetcher.take();
  rig.crawler.submit(job(JobKind::page, "http://a.example/page"));  // waits for its turn
  rig.crawler.submit(job(JobKind::page, "http://b.example/page"));  // waits for robots.txt
  static_cast<void>(rig.fetcher.take());
  rig.crawler.submit(
      job(JobKind::page, "http://c.example/page"));  // its robots.txt was asked just now
  rig.fetcher.answer("http://c.example/robots.txt", status(404));
  rig.crawler.drain();
  rig.crawler.submit(job(JobKind::feed, "http://d.example/feed"));
  under_way.done(status(200));
  {
    const auto feed = rig.crawler.next();
    CHECK(outcome<Fetched>(feed).final_url.text() == "http://a.example/feed");
    CHECK(rig.crawler.open_jobs() == 1);
  }
  CHECK_FALSE(rig.crawler.next().has_value());
}

TEST_CASE("a redirect that comes after drain() is not followed") {
  Rig rig;
  rig.crawler.submit(job(JobKind::feed, "http://a.example/feed"));
  rig.fetcher.answer("http://a.example/robots.txt", status(404));
  rig.clock.advance(2s);
  auto under_way = rig.fetcher.take();
  rig.crawler.drain();
  under_way.done(redirect(302, "http://b.example/feed"));
  CHECK_FALSE(rig.crawler.next().has_value());
}

TEST_CASE("an exchange that goes on and on shows as lag, one that waits for its turn does not") {
  Rig rig{{.per_host_connections = 1}};
  CHECK(rig.crawler.lag().exchange == 0ms);
  rig.crawler.submit(job(JobKind::feed, "http://a.example/feed"));
  auto robots = rig.fetcher.take();
  rig.clock.advance(90s);
  CHECK(rig.crawler.lag().exchange == 90s);
  CHECK(rig.crawler.lag().start == 0ms);
  robots.done(status(404));
  CHECK(rig.crawler.lag().exchange == 0ms);
}

TEST_CASE("validators go with the request and come back with the answer") {
  Rig rig;
  CrawlJob feed = job(JobKind::feed, "http://a.example/feed");
  feed.validators = {"\"v1\"", "Tue, 01 Oct 2024 00:00:00 GMT"};
  rig.crawler.submit(feed);
  auto robots = rig.fetcher.take();
  CHECK(robots.request.validators == Validators{});
  robots.done(status(404));
  auto started = rig.fetcher.take();
  CHECK(started.request.validators == feed.validators);
  FetchResponse unchanged = status(304);
  unchanged.validators.etag = "\"v2\"";
  started.done(unchanged);
  CHECK(outcome<Fetched>(rig.crawler.next()).response.validators.etag == "\"v2\"");
}

}  // namespace stakeout
