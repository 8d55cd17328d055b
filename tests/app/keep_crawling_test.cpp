// A crawl that goes on, on a clock and a network that the test moves.
#include <algorithm>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "app/crawl/crawl.h"
#include "storage/reader.h"
#include "tests/storage/faulty_disk.h"
#include "tests/support/clocks.h"
#include "tests/support/fake_fetcher.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

using namespace std::chrono_literals;

FetchResponse answer(int status, std::string type = {}, std::string body = {}) {
  FetchResponse response;
  response.status = status;
  response.content_type = std::move(type);
  response.body = std::move(body);
  return response;
}

// A feed whose items lead to pages of that host.
FetchResponse feed_of(const std::string& host, int pages) {
  std::string rss = "<rss version=\"2.0\"><channel><title>A feed</title>";
  for (int i = 0; i < pages; ++i) {
    const std::string url = "http://" + host + "/page" + std::to_string(i);
    rss += "<item><title>News</title><guid>" + url + "</guid><link>" + url + "</link></item>";
  }
  return answer(200, "application/rss+xml", rss + "</channel></rss>");
}

// A crawl on a thread of its own, from the constructor until the destructor.
class Rig {
 public:
  explicit Rig(const std::vector<std::string>& feeds) : store{folder.file()} {
    std::vector<FeedListing> listings;
    for (const std::string& feed : feeds) listings.push_back({feed, "", {}});
    store.sync_feeds(listings, clock.now());
    settings = default_settings();
    settings.fetch.per_host_connections = 1;
    watch.leave = leave.get_token();
    watch.outlook = [this](const Outlook& outlook) {
      const std::lock_guard lock{mutex};
      seen = outlook;
      ++looks;
      changed.notify_all();
    };
  }
  ~Rig() {
    stop.request_stop();
    if (writer.joinable()) writer.join();
  }

  void begin() {
    writer = std::thread{[this] {
      keep_crawling({settings.fetch, proxies, store, finder, fetcher, clock, hosts, chance, network,
                     vitals, nullptr, settings.retention},
                    watch, stop.get_token());
    }};
    wait_for_look(0);
  }

  // Moves the clock by more than a minute, and waits until the writer has looked at what is due.
  Outlook advance_to_look(std::chrono::milliseconds by) {
    int before = 0;
    {
      const std::lock_guard lock{mutex};
      before = looks;
    }
    clock.advance(by);
    return wait_for_look(before);
  }

  // Lets minutes pass until so many jobs are left: what was answered has been stored.
  void wait_for_jobs(std::size_t count) {
    while (advance_to_look(61s).open_jobs != count) {
    }
  }

  TemporaryFolder folder;
  FakeClock clock;
  Store store;
  Settings settings;
  Proxies proxies{{}};
  MentionFinder finder{{}};
  FakeFetcher fetcher{clock};
  HostMemory hosts;
  std::mt19937 chance{1};
  NetworkWatch network;
  Vitals vitals{60s};
  CrawlWatch watch;
  std::stop_source stop;
  std::stop_source leave;

 private:
  Outlook wait_for_look(int before) {
    std::unique_lock lock{mutex};
    changed.wait(lock, [&] { return looks > before; });
    return seen;
  }

  std::mutex mutex;  // guards seen and looks
  std::condition_variable changed;
  Outlook seen;
  int looks = 0;
  std::thread writer;
};

}  // namespace

TEST_CASE("a feed that becomes due is asked while the pages of a slow host are under way") {
  Rig rig{{"http://slow.example/feed", "http://quick.example/feed"}};
  rig.begin();
  rig.fetcher.answer("http://slow.example/robots.txt", answer(404));
  rig.fetcher.answer("http://quick.example/robots.txt", answer(404));
  rig.clock.advance(2s);
  rig.fetcher.answer("http://slow.example/feed", feed_of("slow.example", 5));
  rig.fetcher.answer("http://quick.example/feed", feed_of("quick.example", 0));
  rig.clock.advance(2s);
  const auto page = rig.fetcher.take();  // never answered
  CHECK(page.request.url.text() == "http://slow.example/page0");
  rig.wait_for_jobs(5);
  rig.clock.advance(2h);
  CHECK(rig.fetcher.take().request.url.text() == "http://quick.example/feed");
}

TEST_CASE("pages of new entries, and of pages that failed, are asked when they are due") {
  Rig rig{{"http://a.example/feed"}};
  rig.begin();
  rig.fetcher.answer("http://a.example/robots.txt", answer(404));
  rig.clock.advance(2s);
  rig.fetcher.answer("http://a.example/feed", feed_of("a.example", 1));
  rig.clock.advance(2s);
  rig.fetcher.answer("http://a.example/page0", answer(500));
  rig.wait_for_jobs(0);
  rig.clock.advance(2h);
  std::vector<std::string> asked;
  for (int i = 0; i < 2; ++i) {
    auto started = rig.fetcher.take();
    asked.push_back(started.request.url.text());
    started.done(answer(500));
    rig.clock.advance(2s);
  }
  std::ranges::sort(asked);
  CHECK(asked == std::vector<std::string>{"http://a.example/feed", "http://a.example/page0"});
}

TEST_CASE("a feed that was asked by a clock a year ahead is asked again when the clock is right") {
  Rig rig{{"http://a.example/feed"}};
  rig.begin();
  rig.fetcher.answer("http://a.example/robots.txt", answer(404));
  rig.clock.advance(2s);
  rig.fetcher.answer("http://a.example/feed", feed_of("a.example", 0));
  rig.wait_for_jobs(0);
  rig.clock.set_by(-24h * 365);
  rig.clock.advance(61s);
  CHECK(rig.fetcher.take().request.url.text() == "http://a.example/feed");
}

TEST_CASE("what is asked to leave finishes what is under way, stores it and submits no more") {
  std::promise<std::size_t> entries;  // outlives the rig, whose writer speaks of it
  Rig rig{{"http://a.example/feed"}};
  rig.watch.batch_done = [&](const CrawlReport& report) { entries.set_value(report.new_entries); };
  rig.begin();
  rig.fetcher.answer("http://a.example/robots.txt", answer(404));
  rig.clock.advance(2s);
  auto feed = rig.fetcher.take();
  rig.leave.request_stop();
  feed.done(feed_of("a.example", 2));
  CHECK(entries.get_future().get() == 2);
  CHECK(rig.fetcher.waiting() == 0);
}

TEST_CASE("an idle crawl gets on; one whose writer or whose network hangs does not") {
  std::promise<void> in_callback;  // both outlive the rig, whose writer speaks of them
  std::promise<void> let_go;
  Rig rig{{"http://a.example/feed"}};
  rig.watch.batch_done = [&](const CrawlReport&) {
    in_callback.set_value();
    let_go.get_future().wait();
  };
  rig.begin();
  auto robots = rig.fetcher.take();
  CHECK(rig.vitals.trouble(rig.clock.steady()).empty());
  rig.advance_to_look(3min);
  CHECK(rig.vitals.trouble(rig.clock.steady()).find("network") != std::string::npos);
  robots.done(answer(404));
  rig.advance_to_look(61s);
  CHECK(rig.vitals.trouble(rig.clock.steady()).empty());

  rig.fetcher.answer("http://a.example/feed", feed_of("a.example", 0));
  in_callback.get_future().wait();
  rig.clock.advance(61s);
  CHECK(rig.vitals.trouble(rig.clock.steady()).find("writer") != std::string::npos);
  let_go.set_value();
}

TEST_CASE("the outlook says what is listed, under way and next") {
  Rig rig{{"http://a.example/feed", "http://b.example/feed"}};
  rig.begin();
  const auto robots = rig.fetcher.take();
  const Outlook outlook = rig.advance_to_look(61s);
  CHECK(outlook.feeds.listed == 2);
  CHECK(outlook.open_jobs == 2);
  CHECK_FALSE(outlook.next_due.has_value());
}

TEST_CASE("the database is taken care of while the crawl goes on") {
  Rig rig{{"http://a.example/feed"}};
  const std::string url = "http://a.example/old";
  ArticleRecord old;
  old.article_id = rig.store.add_page(url, url, rig.clock.now());
  old.page.text = "Words that nobody needs.";
  rig.store.save_article(old, rig.clock.now());
  rig.clock.set_by(24h * 365);
  rig.settings.retention.texts = 24h * 30;
  rig.begin();
  rig.advance_to_look(16min);
  rig.advance_to_look(61s);
  Reader reader{rig.folder.file()};
  CHECK(reader.rows("SELECT 1 FROM v_articles WHERE text_dropped_at IS NOT NULL").rows.size() == 1);
}

TEST_CASE("a crawl waits while the disk is full, and what could not be stored is fetched again") {
  const sample::FaultyDisk disk;  // both outlive the rig, whose writer speaks of them
  std::promise<std::string> full;
  std::promise<void> has_room;
  Rig rig{{"http://a.example/feed"}};
  rig.watch.trouble = [&, told = false](const std::string& trouble) mutable {
    if (!std::exchange(told, true)) full.set_value(trouble);
    if (trouble.empty()) has_room.set_value();
  };
  rig.begin();
  rig.fetcher.answer("http://a.example/robots.txt", answer(404));
  rig.clock.advance(2s);
  auto feed = rig.fetcher.take();
  sample::FaultyDisk::fail(1, sample::FaultyDisk::Failing::from_then_on);
  feed.done(feed_of("a.example", 1));
  CHECK(full.get_future().get().find("the disk is full") != std::string::npos);
  sample::FaultyDisk::fail(0);
  rig.clock.advance(2s);
  auto again = rig.fetcher.take();
  std::future<void> end = has_room.get_future();
  CHECK(end.wait_for(0s) == std::future_status::timeout);  // nothing was stored yet
  again.done(feed_of("a.example", 1));
  end.wait();
  CHECK(rig.advance_to_look(61s).open_jobs == 1);  // its page
}

}  // namespace stakeout
