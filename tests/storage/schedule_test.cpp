// What is due when, and what becomes of plans when the clock was wrong.
#include <thread>

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "sample.h"

using namespace stakeout;
using namespace stakeout::sample;

namespace {

constexpr std::int64_t a_year = 365 * 86'400;

// A feed with two pages that are due.
struct Schedule {
  TemporaryFolder directory;
  std::filesystem::path file = directory.file();
  Store store{file};
  std::int64_t feed = 0;

  explicit Schedule(Timestamp now = monday) {
    store.sync_feeds({{"https://a.example/feed", "", {}}}, now);
    FeedUpdate update;
    update.feed_id = feed = store.feeds_due(now).at(0).id;
    for (const std::string link : {"https://a.example/1", "https://a.example/2"}) {
      FeedEntry entry;
      entry.entry.id = entry.entry.link = entry.canonical_url = link;
      update.entries.push_back(entry);
    }
    store.save_feed(update, now);
    FeedLesson lesson;
    lesson.feed_id = feed;
    lesson.plan = {now + 3600, 3600};
    store.save_feed_lesson(lesson, now);
  }

  // The feed gives no answer at a moment, and is to be asked again an hour later.
  void fail_feed(Timestamp at) {
    FeedFailure failure;
    failure.feed_id = feed;
    failure.error = "no answer";
    failure.plan = {at + 3600, {}};
    store.save_feed_failure(failure, at);
  }
};

}  // namespace

TEST_CASE("pages come in the order in which they are due, and on from a place") {
  Schedule s;
  auto pages = s.store.pages_pending(monday, 10);
  REQUIRE(pages.size() == 2);
  CHECK(pages[0].feed_url == "https://a.example/feed");
  s.store.postpone_page(pages[0].article_id, monday + 60, true, monday);
  pages = s.store.pages_pending(monday + 60, 1);
  REQUIRE(pages.size() == 1);
  CHECK(pages[0].url == "https://a.example/2");
  pages = s.store.pages_pending(monday + 60, 10, {pages[0].due_at, pages[0].article_id});
  REQUIRE(pages.size() == 1);
  CHECK(pages[0].url == "https://a.example/1");
  CHECK(s.store.pages_pending(monday + 60, 10, {monday + 61, 0}).empty());
}

TEST_CASE("what is due next is told from a moment on") {
  Schedule s;
  CHECK(s.store.next_due() == monday);                   // the pages
  CHECK(s.store.next_due(monday + 1) == monday + 3600);  // the feed
  CHECK_FALSE(s.store.next_due(monday + 3601).has_value());
}

TEST_CASE("what a clock a year ahead had put off is due when the clock is right") {
  struct Case {
    const char* what;
    void (*put_off)(Schedule& s, Timestamp wrong);
    std::size_t mended;
  };
  const Case cases[] = {
      {"a feed and its pages, asked by the wrong clock",
       [](Schedule& s, Timestamp wrong) {
         s.fail_feed(wrong);
         for (const PendingPage& page : s.store.pages_pending(monday, 10)) {
           s.store.save_page_failure(
               {page.article_id, PageOutcome::failed, "no answer", wrong + 3600}, wrong);
         }
       },
       3},
      {"a feed whose host wanted to be left alone",
       [](Schedule& s, Timestamp wrong) { s.store.postpone_feed(s.feed, wrong + 3600); }, 1},
      {"pages whose host wanted to be left alone",
       [](Schedule& s, Timestamp wrong) {
         for (const PendingPage& page : s.store.pages_pending(monday, 10))
           s.store.postpone_page(page.article_id, wrong + 3600, true, wrong);
         s.fail_feed(wrong);
       },
       3},
      {"an hour is no reason to ask again",
       [](Schedule& s, Timestamp) { s.fail_feed(monday + 3600); }, 0},
  };
  for (const auto& [what, put_off, mended] : cases) {
    CAPTURE(what);
    Schedule s;
    put_off(s, monday + a_year);
    CHECK(s.store.mend_plans(monday) == mended);
    if (mended > 0) CHECK(s.store.feeds_due(monday).size() == 1);
    CHECK(s.store.pages_pending(monday, 10).size() == 2);
    CHECK(s.store.mend_plans(monday) == 0);
  }
}

TEST_CASE("a server that asked a clock ahead to be left alone for a while is left alone so long") {
  Schedule s;
  const Timestamp wrong = monday + a_year;
  s.store.save_feed_failure({s.feed, "429", 0.5, false, {wrong + 7200}, wrong + 7200}, wrong);
  CHECK(s.store.feeds_due(monday).empty());
  CHECK(s.store.mend_plans(monday) == 1);
  CHECK(s.store.feeds_due(monday + 7199, true).empty());
  CHECK(s.store.mend_plans(monday + 3600) == 0);  // it waits for the wish, not for the wrong clock
  CHECK(s.store.feeds_due(monday + 7200).size() == 1);
}

TEST_CASE("a feed that was asked a little in the future is not asked before its server allows") {
  Schedule s;
  const Timestamp ahead = monday + 1800;
  s.store.save_feed_failure({s.feed, "429", 0.5, false, {ahead + 60}, ahead + 600}, ahead);
  CHECK(s.store.feeds_due(monday).empty());
  CHECK(s.store.feeds_due(ahead + 599, true).empty());
  CHECK(s.store.feeds_due(ahead + 600).size() == 1);
}

TEST_CASE("feeds that the list got from a clock ahead are due when the clock is right") {
  Schedule s{monday + a_year};
  s.store.sync_feeds({{"https://b.example/feed", "", {}}}, monday + a_year);
  CHECK(s.store.mend_plans(monday) > 0);
  CHECK(s.store.feeds_due(monday).size() == 1);
  CHECK(s.store.mend_plans(monday) == 0);
}

TEST_CASE("feeds are counted for the service's status") {
  Schedule s;
  CHECK(s.store.feed_counts(monday).listed == 1);
  CHECK(s.store.feed_counts(monday).due == 0);
  CHECK(s.store.feed_counts(monday + 3600).due == 1);
  CHECK(s.store.feed_counts(monday).failing == 0);
  FeedFailure gone;
  gone.feed_id = s.feed;
  gone.gone = true;
  s.store.save_feed_failure(gone, monday);
  CHECK(s.store.feed_counts(monday + 3600).due == 0);
  CHECK(s.store.feed_counts(monday).failing == 1);
}

TEST_CASE("a request to stop ends the wait for a lock") {
  const TemporaryFolder directory;
  std::stop_source stop;
  Store store{directory.file(), stop.get_token()};
  store.check_writable();
  sqlite3* other = nullptr;
  sqlite3_open(directory.file().c_str(), &other);
  REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
  const std::jthread stopper{[&] { stop.request_stop(); }};
  try {
    store.check_writable();
    FAIL("the database is locked");
  } catch (const StorageError& error) {
    CHECK(error.fault() == StorageFault::locked);
  }
  sqlite3_close(other);
}
