// The care of the database beside a crawl, and pages whose text it has dropped.
#include <memory>
#include <sstream>

#include <doctest/doctest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include "app/crawl/daily_upkeep.h"
#include "app/crawl/page_saver.h"
#include "app/dropped_texts.h"
#include "app/settings.h"
#include "tests/storage/sample.h"
#include "tests/support/clocks.h"

namespace stakeout {
namespace {

using namespace std::chrono_literals;
using sample::Lines;

// What is logged while it lives.
class CapturedLog {
 public:
  CapturedLog() : before_{spdlog::default_logger()} {
    spdlog::set_default_logger(std::make_shared<spdlog::logger>(
        "", std::make_shared<spdlog::sinks::ostream_sink_st>(words_)));
  }
  ~CapturedLog() { spdlog::set_default_logger(before_); }
  CapturedLog(const CapturedLog&) = delete;
  CapturedLog& operator=(const CapturedLog&) = delete;

  // How often it has these words.
  [[nodiscard]] int count(const std::string& words) const {
    const std::string all = words_.str();
    int count = 0;
    for (auto at = all.find(words); at != std::string::npos; at = all.find(words, at + 1)) ++count;
    return count;
  }

 private:
  std::shared_ptr<spdlog::logger> before_;
  std::ostringstream words_;
};

const RetentionSettings a_month{.texts = 24h * 30, .feed_texts = {}};

// A store with articles that name nobody, and the clock that they were fetched by.
struct Rig {
  TemporaryFolder folder;
  FakeClock clock;
  Store store{folder.file()};
  MentionFinder finder{Watchlist{{sample::vendor("Lanternfish Systems")}}};
  PageSaver saver{store, finder, nullptr};

  SavedArticle save(const std::string& name, const std::string& text, bool had_page = false) {
    const std::string url = "https://news.example/" + name;
    PageToSave what{.article_id = store.add_page(url, url, clock.now())};
    what.page =
        extract_page("<html><head><title>Of " + name + "</title></head><body><article><h1>Of " +
                         name + "</h1><p>" + text + "</p></article></body></html>",
                     {url, "text/html"}, {"Of " + name, clock.now(), {}}, finder);
    what.had_page = had_page;
    return saver.save(std::move(what), {}, clock.now());
  }

  void poll_feed() {
    const std::string feed = "https://news.example/feed";
    store.sync_feeds({{feed, "News", {}}}, clock.now());
    FeedUpdate update;
    update.feed_id = store.feeds_due(clock.now(), true).at(0).id;
    store.save_feed(update, clock.now());
  }

  [[nodiscard]] std::size_t dropped() const {
    return std::stoul(sample::rows(folder.file(),
                                   "SELECT count(*) FROM v_revisions WHERE text_dropped_at IS NOT "
                                   "NULL")
                          .at(0));
  }

  // Lets steps be done until the round is over.
  void finish_round(DailyUpkeep& upkeep) {
    while (upkeep.due_at() - clock.steady() < 1h) {
      clock.advance(20ms);
      upkeep.look();
    }
  }
};

const std::string weather =
    "It rained all day in the north of the country, and the rivers rose by the height of a man. "
    "People went home early, and the schools of the valley stayed closed until the evening.";

}  // namespace

TEST_CASE("the upkeep begins a quarter of an hour after the crawl, and comes again after a day") {
  Rig rig;
  rig.save("rain", weather);
  rig.clock.advance(24h * 31);
  DailyUpkeep upkeep{rig.store, a_month, rig.clock};
  rig.clock.advance(14min);
  upkeep.look();
  CHECK(rig.dropped() == 0);
  rig.clock.advance(1min);
  upkeep.look();
  CHECK(rig.dropped() == 1);
  rig.finish_round(upkeep);
  CHECK(upkeep.due_at() - rig.clock.steady() == 24h);
  rig.save("sun", weather + " Then the sun came out.");
  rig.clock.advance(24h * 31);
  upkeep.look();
  CHECK(rig.dropped() == 2);
}

TEST_CASE("of the dropped texts those are told of that are their articles' latest") {
  Rig rig;
  Reader reader{rig.folder.file()};
  CHECK_FALSE(note_of_dropped_texts(reader, "searched"));
  rig.save("rain", weather);
  rig.save("rain", "Another text about something else. It is as long as the first one, or nearly.");
  rig.clock.advance(24h * 31);
  rig.store.drop_old(limits_of(a_month, rig.clock.now()), 0, rig.clock.now());
  REQUIRE(rig.dropped() == 2);
  CHECK(note_of_dropped_texts(reader, "searched") ==
        "the text of 1 article could not be searched: dropped by [retention] in the settings");
}

TEST_CASE(
    "by a clock that was set a year ahead nothing is dropped for a day, and it is said once") {
  Rig rig;
  rig.save("rain", weather);
  rig.poll_feed();
  DailyUpkeep upkeep{rig.store, a_month, rig.clock};
  rig.clock.set_by(24h * 365);
  rig.poll_feed();  // what was fetched by the wrong clock does not make it right
  rig.clock.advance(15min);
  const CapturedLog log;
  upkeep.look();
  rig.finish_round(upkeep);
  CHECK(rig.dropped() == 0);
  CHECK(log.count("[retention] drops nothing today: by the clock it is ") == 1);
  rig.clock.advance(24h);
  upkeep.look();
  rig.finish_round(upkeep);
  CHECK(rig.dropped() == 1);
  CHECK(log.count("[retention] drops nothing today") == 1);
}

TEST_CASE("the clock is ahead when it is a week beyond what was fetched last") {
  CHECK_FALSE(is_clock_ahead({}, sample::monday));
  CHECK_FALSE(is_clock_ahead(sample::monday, sample::monday - 1));
  CHECK_FALSE(is_clock_ahead(sample::monday, sample::monday + 7 * 86'400));
  CHECK(is_clock_ahead(sample::monday, sample::monday + 7 * 86'400 + 1));
}

TEST_CASE("while another program writes a step is left for later, and none is lost") {
  Rig rig;
  rig.save("rain", weather);
  rig.clock.advance(24h * 31);
  DailyUpkeep upkeep{rig.store, a_month, rig.clock};
  rig.clock.advance(15min);
  {
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(rig.folder.file().c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    upkeep.look();
    CHECK(upkeep.due_at() - rig.clock.steady() == 1min);
    sqlite3_close(other);
  }
  CHECK(rig.dropped() == 0);
  rig.clock.advance(1min);
  upkeep.look();
  CHECK(rig.dropped() == 1);
}

TEST_CASE("with nothing that may be dropped the rest of the upkeep is done all the same") {
  Rig rig;
  rig.save("rain", weather);
  rig.clock.advance(24h * 400);
  Upkeep upkeep{rig.store, {}};
  upkeep.begin();
  while (upkeep.step(rig.clock.now())) {
  }
  CHECK(rig.dropped() == 0);
  CHECK(words_of(upkeep.dropped()).empty());
}

TEST_CASE("what was dropped is told in words") {
  CHECK(words_of({}).empty());
  CHECK(words_of({.texts = 1, .feed_texts = 0, .bytes = 1 << 20}) == "1 text, 1.0 MiB in all");
  CHECK(words_of({.texts = 2, .feed_texts = 1, .bytes = 100}) ==
        "2 texts and the feeds' words of 1 entry, 100 bytes in all");
}

TEST_CASE(
    "a page that is fetched again after its text was dropped raises nothing and is no change") {
  struct Case {
    const char* what;
    std::string text;
    Lines revisions;
  };
  const Case cases[] = {
      {"the same", weather, {"1|NULL"}},
      {"a word more", weather + " So it was.", {"1|NULL", "2|NULL"}},
      {"all else",
       "Nothing of that is true, the ministry said in a statement on Monday, and asked "
       "the papers to put it right within the week.",
       {"1|NULL", "2|NULL"}},
  };
  for (const auto& [what, text, revisions] : cases) {
    CAPTURE(what);
    Rig rig;
    rig.save("rain", weather);
    const Lines story = sample::rows(rig.folder.file(), "SELECT story_id FROM v_articles");
    rig.clock.advance(24h * 31);
    Upkeep upkeep{rig.store, a_month};
    upkeep.begin();
    upkeep.step(rig.clock.now());
    REQUIRE(rig.dropped() == 1);
    const SavedArticle saved = rig.save("rain", text, true);
    CHECK_FALSE(saved.new_article);
    CHECK(sample::rows(rig.folder.file(),
                       "SELECT number, change FROM v_revisions ORDER BY number") == revisions);
    CHECK(sample::rows(rig.folder.file(), "SELECT story_id FROM v_articles") == story);
    CHECK(sample::rows(rig.folder.file(), "SELECT count(*) FROM v_alerts") == Lines{"0"});
  }
}

}  // namespace stakeout
