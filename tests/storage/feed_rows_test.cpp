#include <doctest/doctest.h>

#include "sample.h"

using namespace stakeout;
using namespace stakeout::sample;

namespace {

struct FeedStore {
  TemporaryFolder directory;
  std::filesystem::path file = directory.file();
  Store store{file};
  std::int64_t feed = 0;

  FeedStore() {
    store.sync_feeds({{"https://a.example/feed", "", {"defence", "two words"}}}, monday);
    feed = store.feeds_due(monday).at(0).id;
  }

  SavedFeed save(std::vector<FeedEntry> entries, Timestamp now = monday) {
    FeedUpdate update;
    update.feed_id = feed;
    update.etag = "W/\"1\"";
    update.feed.title = "A";
    update.feed.format = "rss2.0";
    update.entries = std::move(entries);
    update.plan = {now + 3600, 1800};
    update.plan_if_unchanged = {now + 7200, 5400};
    return store.save_feed(update, now);
  }
};

FeedEntry entry(const std::string& guid, const std::string& link, const std::string& title,
                const std::string& content = "words") {
  FeedEntry e;
  e.entry.id = guid;
  e.entry.link = link;
  e.entry.title = title;
  e.entry.content = content;
  e.canonical_url = link;
  return e;
}

}  // namespace

TEST_CASE("an entry is known again by guid, link and content together") {
  struct Case {
    const char* what;
    FeedEntry before, after;
    std::size_t expected_new;
  };
  const std::string one = "https://a.example/1";
  const std::string two = "https://a.example/2";
  const Case cases[] = {
      {"the same again", entry("g", one, "T"), entry("g", one, "T"), 0},
      {"a new title and link under an old guid", entry("g", one, "T"), entry("g", two, "U"), 0},
      {"a new guid on unchanged words", entry("g", one, "T"), entry("h", one, "T"), 0},
      {"a new guid and new words at an old link", entry("g", one, "T"), entry("h", one, "U"), 1},
      {"no guid, another title at an old link", entry("", one, "T"), entry("", one, "U"), 0},
      {"no guid, no link, the same words", entry("", "", "T"), entry("", "", "T"), 0},
      {"no guid, no link, other words", entry("", "", "T"), entry("", "", "U"), 1},
      {"another guid and another link", entry("g", one, "T"), entry("h", two, "T"), 1},
  };
  for (const auto& [what, before, after, expected_new] : cases) {
    CAPTURE(what);
    FeedStore s;
    CHECK(s.save({before}).new_entries == 1);
    CHECK(s.save({after}).new_entries == expected_new);
    CHECK(rows(s.file, "SELECT count(*) FROM v_entries") ==
          Lines{std::to_string(1 + expected_new)});
  }
}

TEST_CASE("a guid that a document gives to several entries tells nothing") {
  FeedStore s;
  const FeedEntry first = entry("same", "https://a.example/1", "One");
  const FeedEntry second = entry("same", "https://a.example/2", "Two");
  CHECK(s.save({first, second}).new_entries == 2);
  CHECK(s.save({first, second}).new_entries == 0);
}

TEST_CASE("a saved feed, its entries and the pages to fetch appear together, once") {
  FeedStore s;
  CHECK(rows(s.file, "SELECT url, status, tags, entries FROM v_feeds") ==
        Lines{"https://a.example/feed|new|defence,two words|0"});
  const SavedFeed saved = s.save({entry("1", "https://a.example/1", "One")});
  CHECK(saved.new_pages == 1);
  CHECK(s.save({entry("1", "https://a.example/1", "One")}).new_pages == 0);

  const auto pages = s.store.pages_pending(monday, 10);
  REQUIRE(pages.size() == 1);
  CHECK(pages[0].url == "https://a.example/1");
  CHECK(pages[0].entry.content == "words");
  CHECK(s.store.pages_pending(monday, 10, pages[0].article_id).empty());

  CHECK(rows(s.file, "SELECT title, format, status, entries, next_fetch_at FROM v_feeds") ==
        Lines{"A|rss2.0|ok|1|2024-10-07T08:00:00Z"});
  CHECK(s.store.feeds_due(monday).empty());
  CHECK(s.store.feeds_due(monday, true).at(0).etag == "W/\"1\"");
  CHECK(s.store.feeds_due(monday + 7200).size() == 1);
}

TEST_CASE("a failing feed is told of once, and so is its recovery") {
  FeedStore s;
  const FeedFailure failure{s.feed, "no answer", 1, false, {monday + 60}};
  for (int i = 0; i < 5; ++i) s.store.save_feed_failure(failure, monday + i);
  CHECK(rows(s.file, "SELECT kind, title, details FROM v_alerts") ==
        Lines{"feed_failing|https://a.example/feed|no answer"});
  CHECK(rows(s.file, "SELECT status, failures, last_error FROM v_feeds") ==
        Lines{"failing|5.000000|no answer"});
  s.save({});
  s.save({});
  CHECK(rows(s.file, "SELECT kind FROM v_alerts ORDER BY id") ==
        Lines{"feed_failing", "feed_recovered"});
  for (int i = 0; i < 5; ++i) s.store.save_feed_failure(failure, monday + 100 + i);
  CHECK(rows(s.file, "SELECT count(*) FROM v_alerts WHERE kind = 'feed_failing'") == Lines{"2"});
}

TEST_CASE("a feed that is gone is not asked again, and told of once") {
  FeedStore s;
  for (int i = 0; i < 2; ++i) s.store.save_feed_failure({s.feed, "410", 1, true, {}, {}}, monday);
  CHECK(s.store.feeds_due(monday, true).empty());
  CHECK(rows(s.file, "SELECT kind FROM v_alerts") == Lines{"feed_gone"});
}

TEST_CASE("a lasting move is remembered, and forgotten when the listed address serves again") {
  FeedStore s;
  FeedUpdate update;
  update.feed_id = s.feed;
  update.current_url = "https://b.example/feed";
  for (int i = 0; i < 2; ++i) s.store.save_feed(update, monday);
  update.current_url.reset();
  s.store.save_feed(update, monday);
  CHECK(rows(s.file, "SELECT url, current_url FROM v_feeds") ==
        Lines{"https://a.example/feed|https://b.example/feed"});
  CHECK(rows(s.file, "SELECT kind FROM v_alerts") == Lines{"feed_moved"});
  update.current_url = "";
  s.store.save_feed(update, monday);
  CHECK(rows(s.file, "SELECT current_url FROM v_feeds") == Lines{"NULL"});
}

TEST_CASE("a feed that leaves the list keeps its entries and is not asked") {
  FeedStore s;
  s.save({entry("1", "https://a.example/1", "One")});
  s.store.sync_feeds({{"https://b.example/feed", "B", {}}}, monday);
  const auto due = s.store.feeds_due(monday, true);
  REQUIRE(due.size() == 1);
  CHECK(due[0].url == "https://b.example/feed");
  CHECK(rows(s.file, "SELECT count(*) FROM v_entries") == Lines{"1"});
}

TEST_CASE("an article belongs to the first feed of the list that points to it") {
  FeedStore s;
  s.store.sync_feeds({{"https://a.example/feed", "", {}}, {"https://b.example/feed", "", {}}},
                     monday);
  const std::int64_t second = s.store.feeds_due(monday, true).at(1).id;
  FeedUpdate update;
  update.feed_id = second;
  update.entries = {entry("x", "https://a.example/1", "One")};
  s.store.save_feed(update, monday);
  s.save({entry("1", "https://a.example/1", "One")});
  CHECK(s.store.pages_pending(monday, 10).at(0).feed_id == s.feed);
}

TEST_CASE("a feed with something new is asked sooner than one without") {
  FeedStore s;
  s.save({entry("1", "https://a.example/1", "One")});
  CHECK(s.store.feeds_due(monday + 3600).size() == 1);
  s.save({entry("1", "https://a.example/1", "One")});
  CHECK(s.store.feeds_due(monday + 3600).empty());
  CHECK(s.store.feeds_due(monday + 7200).size() == 1);
}

TEST_CASE("a feed keeps its own interval, whatever a poll has to wait for") {
  FeedStore s;
  const auto feed = [&] { return s.store.feeds_due(monday + 1'000'000, true).at(0); };
  CHECK_FALSE(feed().poll_interval.has_value());
  s.save({entry("1", "https://a.example/1", "One")});
  CHECK(feed().poll_interval == 1800);
  s.save({entry("1", "https://a.example/1", "One")});
  CHECK(feed().poll_interval == 5400);
  s.store.save_feed_not_modified({s.feed, "", "", {monday + 90'000, 8100}}, monday);
  CHECK(feed().poll_interval == 8100);
  s.store.save_feed_failure({s.feed, "403", 0.5, false, {monday + 604'800, 8100}}, monday);
  CHECK(feed().poll_interval == 8100);
  CHECK(feed().next_fetch_at == monday + 604'800);
  s.store.save_feed_failure({s.feed, "403", 0.5, false, {monday + 604'800}}, monday);
  CHECK(feed().poll_interval == 8100);
}

TEST_CASE("failed polls are counted whole until the feed answers") {
  FeedStore s;
  const auto failed_polls = [&] {
    return s.store.feeds_due(monday + 1'000'000, true).at(0).failed_polls;
  };
  for (int i = 0; i < 3; ++i) {
    s.store.save_feed_failure({s.feed, "no answer", 0.25, false, {}}, monday);
  }
  CHECK(failed_polls() == 3);
  s.store.save_feed_not_modified({s.feed, "", "", {}}, monday);
  CHECK(failed_polls() == 0);
  s.store.save_feed_failure({s.feed, "no answer", 0.25, false, {}}, monday);
  CHECK(failed_polls() == 1);
  s.save({});
  CHECK(failed_polls() == 0);
}

TEST_CASE("a host that asks to be left alone is left alone, even by a forced crawl") {
  FeedStore s;
  s.store.save_feed_failure({s.feed, "429", 0.5, false, {monday + 60}, monday + 600}, monday);
  CHECK(s.store.feeds_due(monday + 599, true).empty());
  CHECK(s.store.feeds_due(monday + 600).size() == 1);
  s.save({entry("1", "https://a.example/1", "One")}, monday + 600);
  CHECK(s.store.feeds_due(monday + 601, true).size() == 1);

  s.store.postpone_feed(s.feed, monday + 9000);
  CHECK(s.store.feeds_due(monday + 8999, true).empty());
  CHECK(rows(s.file, "SELECT status FROM v_feeds") == Lines{"ok"});
  const std::int64_t page = s.store.pages_pending(monday + 601, 10).at(0).article_id;
  s.store.postpone_page(page, monday + 9000);
  CHECK(s.store.pages_pending(monday + 8999, 10).empty());
  CHECK(s.store.next_due() == monday + 9000);
}

TEST_CASE("a page that cannot be had says why, and one that may be tried again is due again") {
  FeedStore s;
  s.save({entry("1", "https://a.example/1", "One"), entry("2", "https://a.example/2", "Two")});
  const auto pages = s.store.pages_pending(monday, 10);
  s.store.save_page_failure(
      {pages.at(0).article_id, PageOutcome::forbidden, "robots.txt forbids it", {}}, monday);
  s.store.save_page_failure({pages.at(1).article_id, PageOutcome::failed, "timeout", monday + 600},
                            monday);
  CHECK(rows(s.file, "SELECT status, reason, text FROM v_articles ORDER BY id") ==
        Lines{"forbidden|robots.txt forbids it|NULL", "failed|timeout|NULL"});
  CHECK(s.store.pages_pending(monday, 10).empty());
  const auto again = s.store.pages_pending(monday + 600, 10);
  REQUIRE(again.size() == 1);
  CHECK(again[0].failures == 1);
}

TEST_CASE("an entry that changed wakes its page, however that ended before") {
  for (const PageOutcome outcome :
       {PageOutcome::forbidden, PageOutcome::gone, PageOutcome::failed, PageOutcome::not_article}) {
    FeedStore s;
    s.save({entry("1", "https://a.example/1", "One")});
    const std::int64_t page = s.store.pages_pending(monday, 10).at(0).article_id;
    s.store.save_page_failure({page, outcome, "no", {}}, monday);
    s.save({entry("1", "https://a.example/1", "One")}, monday + 60);
    CHECK(s.store.pages_pending(monday + 60, 10).empty());
    s.save({entry("1", "https://a.example/1", "One, amended")}, monday + 60);
    CHECK(s.store.pages_pending(monday + 60, 10).size() == 1);
  }
}

TEST_CASE("an entry that changed does not hurry a page that was never had") {
  FeedStore s;
  s.save({entry("1", "https://a.example/1", "One")});
  s.store.postpone_page(s.store.pages_pending(monday, 10).at(0).article_id, monday + 9000);
  s.save({entry("1", "https://a.example/1", "One, amended")}, monday + 60);
  CHECK(s.store.pages_pending(monday + 8999, 10).empty());
}
