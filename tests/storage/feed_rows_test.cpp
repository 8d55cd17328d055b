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
    const SavedFeed saved = store.save_feed(update, now);
    FeedLesson lesson;
    lesson.feed_id = feed;
    lesson.plan = saved.new_entries > 0 ? FeedPlan{now + 3600, 1800} : FeedPlan{now + 7200, 5400};
    store.save_feed_lesson(lesson, now);
    return saved;
  }

  [[nodiscard]] FeedState state() { return store.feeds_due(monday + 100'000'000, true).at(0); }
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
  CHECK(s.store.pages_pending(monday, 10, {pages[0].due_at, pages[0].article_id}).empty());

  CHECK(rows(s.file, "SELECT title, format, status, entries, next_fetch_at FROM v_feeds") ==
        Lines{"A|rss2.0|ok|1|2024-10-07T08:00:00Z"});
  CHECK(s.store.feeds_due(monday).empty());
  CHECK(s.store.feeds_due(monday, true).at(0).etag == "W/\"1\"");
  CHECK(s.store.feeds_due(monday + 7200).size() == 1);
}

namespace {

FeedFailure failure_of(std::int64_t feed, double weight, std::optional<Timestamp> next) {
  FeedFailure failure;
  failure.feed_id = feed;
  failure.error = "the server has a fault (HTTP 500)";
  failure.advice = "tell the site";
  failure.status = 500;
  failure.weight = weight;
  failure.plan = {next, {}};
  return failure;
}

}  // namespace

TEST_CASE("a feed that fails for half a day is told of, an hour's hiccup is not") {
  struct Case {
    const char* what;
    double weight;
    std::vector<std::int64_t> hours;  // of the failed polls
    std::int64_t next;                // hours after the last one
    bool told;
  };
  const Case cases[] = {
      {"one hard failure", 1, {0}, 1, false},
      {"an hour of them", 1, {0, 1}, 1, false},
      {"half a day of them", 1, {0, 12}, 1, true},
      {"half a day of soft ones", 0.5, {0, 12}, 1, true},
      {"no answer twice in a day", 0.25, {0, 24}, 1, false},
      {"no answer, doubling", 0.25, {0, 1, 3, 7, 15}, 16, true},
      {"refused: asked again in a week", 1, {0}, 7 * 24, true},
  };
  for (const auto& [what, weight, hours, next, told] : cases) {
    CAPTURE(what);
    FeedStore s;
    for (const std::int64_t hour : hours) {
      const Timestamp now = monday + hour * 3600;
      s.store.save_feed_failure(failure_of(s.feed, weight, now + next * 3600), now);
    }
    CHECK(rows(s.file, "SELECT count(*) FROM v_alerts") == Lines{told ? "1" : "0"});
  }
}

TEST_CASE("a failing feed is told of once, and so is its recovery, if it was told of") {
  FeedStore s;
  const auto fail_for_a_day = [&](Timestamp from) {
    for (int i = 0; i <= 24; i += 6)
      s.store.save_feed_failure(failure_of(s.feed, 1, from + (i + 1) * 3600), from + i * 3600);
  };
  s.store.save_feed_failure(failure_of(s.feed, 1, {}), monday);
  s.save({}, monday + 600);
  CHECK(rows(s.file, "SELECT kind FROM v_alerts").empty());

  fail_for_a_day(monday + 3600);
  CHECK(rows(s.file, "SELECT kind, title, details FROM v_alerts") ==
        Lines{"feed_failing|A|3 polls in a row have failed since 2024-10-07 "
              "07:00 UTC: the server has a fault (HTTP 500). It is asked again on 2024-10-07 20:00 "
              "UTC. What to do: tell the site."});
  CHECK(
      rows(s.file, "SELECT status, status_since, failed_polls, last_error, advice FROM v_feeds") ==
      Lines{"failing|2024-10-07T07:00:00Z|5|the server has a fault (HTTP 500)|tell the site"});
  s.save({}, monday + 100'000);
  s.save({}, monday + 100'000);
  CHECK(rows(s.file, "SELECT kind, details FROM v_alerts WHERE kind <> 'feed_failing'") ==
        Lines{"feed_recovered|It answers again. It had failed since 2024-10-07 07:00 UTC (5 "
              "polls); the last error was: the server has a fault (HTTP 500)."});
  CHECK(rows(s.file, "SELECT status, status_since, last_error, advice FROM v_feeds") ==
        Lines{"ok|2024-10-08T09:46:40Z|NULL|NULL"});
  fail_for_a_day(monday + 200'000);
  CHECK(rows(s.file, "SELECT count(*) FROM v_alerts WHERE kind = 'feed_failing'") == Lines{"2"});
}

TEST_CASE("a feed that is gone is not asked again, and told of once") {
  FeedStore s;
  FeedFailure failure = failure_of(s.feed, 1, {});
  failure.gone = true;
  failure.error = "the server says that it is gone for good (HTTP 410)";
  for (int i = 0; i < 2; ++i) s.store.save_feed_failure(failure, monday + i);
  CHECK(s.store.feeds_due(monday + 10, true).empty());
  CHECK(rows(s.file, "SELECT kind, details FROM v_alerts") ==
        Lines{"feed_gone|It is not asked again: the server says that it is gone for good (HTTP "
              "410). What to do: tell the site."});
}

TEST_CASE("a feed whose line is taken out and put in again starts afresh") {
  FeedStore s;
  FeedFailure failure = failure_of(s.feed, 1, {});
  failure.gone = true;
  s.store.save_feed_failure(failure, monday);
  const FeedListing line{"https://a.example/feed", "", {}};
  s.store.sync_feeds({line}, monday + 1);
  CHECK(s.store.feeds_due(monday + 2).empty());
  s.store.sync_feeds({}, monday + 3);
  s.store.sync_feeds({line}, monday + 4);
  CHECK(rows(s.file, "SELECT status, failed_polls, last_error FROM v_feeds") ==
        Lines{"new|0|NULL"});
  CHECK(s.store.feeds_due(monday + 5).size() == 1);
  s.store.save_feed_failure(failure, monday + 6);
  CHECK(rows(s.file, "SELECT kind FROM v_alerts") == Lines{"feed_gone", "feed_gone"});
}

TEST_CASE("a lasting move is remembered, and forgotten when the listed address serves again") {
  FeedStore s;
  FeedUpdate update;
  update.feed_id = s.feed;
  const auto move_to = [&](const std::string& url) {
    update.current_url = url;
    s.store.save_feed(update, monday);
  };
  move_to("https://b.example/feed");
  move_to("https://b.example/feed");
  update.current_url.reset();
  s.store.save_feed(update, monday);
  CHECK(rows(s.file, "SELECT url, current_url, notes FROM v_feeds") ==
        Lines{"https://a.example/feed|https://b.example/feed|moved to https://b.example/feed"});
  move_to("");
  move_to("https://b.example/feed");
  move_to("");
  CHECK(rows(s.file, "SELECT current_url FROM v_feeds") == Lines{"NULL"});
  CHECK(rows(s.file, "SELECT kind, details FROM v_alerts") ==
        Lines{"feed_moved|It has moved for good to https://b.example/feed and is read there. What "
              "to do: put the new address into the feed list.",
              "feed_moved|It serves at its listed address again, and is read there, no longer at "
              "https://b.example/feed."});
}

TEST_CASE("of two feeds that move to one address both are kept, and told of") {
  FeedStore s;
  s.store.sync_feeds({{"https://a.example/feed", "", {}}, {"https://b.example/feed", "", {}}},
                     monday);
  for (const FeedState& feed : s.store.feeds_due(monday)) {
    FeedUpdate update;
    update.feed_id = feed.id;
    update.current_url = "https://c.example/feed";
    s.store.save_feed(update, monday);
  }
  const Lines told = rows(s.file, "SELECT details FROM v_alerts ORDER BY id");
  REQUIRE(told.size() == 2);
  CHECK(told[0].find("one of the two lines can go") == std::string::npos);
  CHECK(told[1].find("The feed https://a.example/feed of the list is read there as well") !=
        std::string::npos);
  CHECK(s.store.feeds_due(monday, true).size() == 2);
}

TEST_CASE("silence is told of once, cleared by something new, and told of again") {
  FeedStore s;
  FeedLesson lesson;
  lesson.feed_id = s.feed;
  lesson.plan = {monday, {}};
  lesson.habits = "1 1";
  lesson.usual_gap = 3 * 3600;
  const auto learn = [&](Timestamp newest) {
    lesson.newest_at = newest;
    lesson.silent_from = newest + 200'000;
    s.store.save_feed_lesson(lesson, newest);
  };
  const auto poll = [&](Timestamp now) {
    s.store.save_feed_not_modified({s.feed, "", "", {}}, now);
    return rows(s.file, "SELECT count(*) FROM v_alerts WHERE kind = 'feed_silent'").at(0);
  };
  learn(monday);
  CHECK(poll(monday + 199'999) == "0");
  CHECK(poll(monday + 200'000) == "1");
  CHECK(poll(monday + 300'000) == "1");
  CHECK(rows(s.file, "SELECT silent_since, notes FROM v_feeds") ==
        Lines{"2024-10-07T06:00:00Z|silent: nothing new since 2024-10-07"});
  CHECK(rows(s.file, "SELECT details FROM v_alerts") ==
        Lines{"It answers, but has had nothing new since 2024-10-07 06:00 UTC; as a rule something "
              "comes every 3 hours. What to do: look on the site whether the feed was given up or "
              "has a new address."});
  learn(monday + 400'000);
  CHECK(rows(s.file, "SELECT silent_since, notes FROM v_feeds") == Lines{"NULL|NULL"});
  CHECK(poll(monday + 500'000) == "1");
  CHECK(poll(monday + 600'000) == "2");
}

TEST_CASE("a feed that was silent before it was listed is no news") {
  FeedStore s;
  FeedLesson lesson;
  lesson.feed_id = s.feed;
  lesson.newest_at = monday - 1'000'000;
  lesson.silent_from = monday - 800'000;
  s.store.save_feed_lesson(lesson, monday);
  s.store.save_feed_not_modified({s.feed, "", "", {}}, monday + 1'000);
  CHECK(rows(s.file, "SELECT count(*) FROM v_alerts") == Lines{"0"});
}

TEST_CASE("validators that were withheld in vain are kept until they are proven or caught lying") {
  FeedStore s;
  s.save({entry("1", "https://a.example/1", "One")});
  FeedUpdate update;
  update.feed_id = s.feed;
  update.etag = "W/\"2\"";
  update.validators_on_trial = true;
  update.entries = {entry("1", "https://a.example/1", "One")};
  s.store.save_feed(update, monday);
  CHECK(s.state().trust == Trust::trusted);
  CHECK(s.state().etag == "W/\"2\"");

  update.etag = "W/\"3\"";
  update.entries.push_back(entry("2", "https://a.example/2", "Two"));
  s.store.save_feed(update, monday);
  CHECK(s.state().trust == Trust::suspected);
  CHECK(s.state().etag == "W/\"2\"");

  s.store.save_feed_not_modified({s.feed, "", "", {}, true}, monday + 60);
  CHECK(s.state().trust == Trust::lying);
  CHECK(rows(s.file, "SELECT notes FROM v_feeds") ==
        Lines{"its \"not modified\" is not to be trusted: fetched whole since 2024-10-07"});

  update.validators_on_trial = false;
  s.store.save_feed(update, monday);
  CHECK(s.state().trust == Trust::trusted);
  CHECK(s.state().etag == "W/\"3\"");
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
  s.store.postpone_page(page, monday + 9000, true, monday);
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
  s.store.postpone_page(s.store.pages_pending(monday, 10).at(0).article_id, monday + 9000, true,
                        monday);
  s.save({entry("1", "https://a.example/1", "One, amended")}, monday + 60);
  CHECK(s.store.pages_pending(monday + 8999, 10).empty());
}
