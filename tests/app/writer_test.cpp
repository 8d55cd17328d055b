#include "app/crawl/writer.h"

#include <doctest/doctest.h>

#include "storage/reader.h"
#include "tests/support/clocks.h"
#include "tests/support/silent_fetcher.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

// A crawl of one feed, or two, without its threads: the test says what the workers finished.
struct Crawl {
  TemporaryFolder folder;
  Store store{folder.file()};
  MentionFinder finder{Watchlist{}};
  SilentFetcher fetcher;
  FakeClock clock;
  HostMemory hosts;
  std::mt19937 chance{1};
  FetchSettings settings;
  NetworkWatch network;
  Proxies proxies{{}};
  Vitals vitals{std::chrono::minutes{1}};
  CrawlParts parts{settings, proxies, store,  finder,  fetcher,
                   clock,    hosts,   chance, network, vitals};
  EntryHints hints;
  Crawler crawler{{}, fetcher, clock, hosts};
  CrawlReport report;
  CrawlWriter writer{parts, crawler, hints, report};

  explicit Crawl(bool feeds_only = false, bool has_second_feed = false) {
    std::vector<FeedListing> feeds{{"https://ledger.example/feed", {}, {}}};
    if (has_second_feed) feeds.push_back({"https://gazette.example/feed", {}, {}});
    store.sync_feeds(feeds, clock.now());
    writer.start({.feeds_only = feeds_only});
  }

  static Finished feed_of(const std::vector<std::string>& links, const std::string& words = {}) {
    Feed feed;
    for (const std::string& link : links) {
      Entry entry;
      entry.id = entry.link = link;
      entry.content = words;
      feed.entries.push_back(entry);
    }
    return finished(JobKind::feed, 1, ParsedFeed{feed});
  }
  static Finished postponed_page(std::int64_t id, Timestamp until, bool is_hosts_wish = true) {
    Finished out = finished(JobKind::page, id, std::monostate{});
    out.result.outcome = Postponed{until, is_hosts_wish};
    return out;
  }
  // The first page, until the next day, when it is due.
  void put_off_for_a_day(bool is_hosts_wish = true) {
    writer.submit_due();
    write(postponed_page(1, clock.now() + 86'400, is_hosts_wish));
    clock.advance(std::chrono::hours{24});
  }
  static Finished refused_page(std::int64_t id) {
    Finished out = finished(JobKind::page, id, std::monostate{});
    out.result.outcome = RobotsRefusal{out.result.job.url, false};
    return out;
  }
  static Finished no_article(const NoArticle& none) { return finished(JobKind::page, 1, none); }
  static Finished page(std::int64_t id, const std::string& text, PageState state = PageState::fine,
                       const std::string& reason = {}, const std::string& warning = {}) {
    ExtractedPage page;
    page.article.state = state;
    page.article.state_reason = reason;
    if (!warning.empty()) page.article.warnings.push_back(warning);
    page.article.url = "https://ledger.example/" + std::to_string(id);
    page.article.text = text;
    return finished(JobKind::page, id, page);
  }

  static Finished silence_of(std::int64_t feed_id) {
    Finished out = finished(JobKind::feed, feed_id, std::monostate{});
    out.result.outcome = FetchFailure{out.result.job.url, {"no connection can be made"}};
    return out;
  }

  void write(Finished result) {
    std::vector<Finished> results;
    results.push_back(std::move(result));
    writer.write(results);
  }

  [[nodiscard]] std::int64_t count(const std::string& sql) const {
    Reader reader{folder.file()};
    const Table table = reader.query(sql, std::chrono::seconds{5});
    return std::get<std::int64_t>(table.rows.at(0).at(0));
  }

  template <class Parsed>
  static Finished finished(JobKind kind, std::int64_t id, Parsed parsed) {
    Finished out;
    out.result.job.kind = kind;
    out.result.job.id = id;
    out.result.job.url = parse_url("https://ledger.example/").value();
    Fetched fetched;
    fetched.final_url = out.result.job.url;
    fetched.response.status = 200;
    out.result.outcome = std::move(fetched);
    out.parsed = std::move(parsed);
    return out;
  }
};

}  // namespace

TEST_CASE("a result that cannot be stored costs its own job, not those it is stored with") {
  Crawl crawl;
  const std::vector<std::string> links{"https://ledger.example/1", "https://ledger.example/2"};
  std::vector<Finished> results;
  results.push_back(Crawl::feed_of(links));
  results.push_back(Crawl::page(1, "The council buys cameras."));
  results.push_back(Crawl::page(77, "Nobody knows of this page."));
  results.push_back(Crawl::page(2, "The council sells cameras."));
  crawl.writer.write(results);

  CHECK(crawl.count("SELECT count(*) FROM v_entries") == 2);
  CHECK(crawl.count("SELECT count(*) FROM v_articles WHERE text IS NOT NULL") == 2);
  CHECK(crawl.report.feeds_done == 1);
  CHECK(crawl.report.new_entries == 2);
  CHECK(crawl.report.pages_done == 3);
  CHECK(crawl.report.articles == 2);
  CHECK(crawl.report.failed_pages == 1);
}

TEST_CASE("a feed that gave no answer is told of, whatever else cannot be stored") {
  Crawl crawl{true, true};
  std::vector<Finished> first;
  first.push_back(Crawl::silence_of(1));
  crawl.writer.write(first);
  CHECK(crawl.count("SELECT count(*) FROM v_feeds WHERE failed_polls > 0") == 0);
  std::vector<Finished> second;
  second.push_back(Crawl::silence_of(2));
  second.push_back(Crawl::page(77, "Nobody knows of this page."));
  crawl.writer.write(second);
  CHECK(crawl.count("SELECT count(*) FROM v_feeds WHERE failed_polls = 1") == 2);
  CHECK(crawl.report.failed_feeds.size() == 2);
}

TEST_CASE("the pages of a feed are submitted once its entries are stored") {
  Crawl crawl;
  std::vector<Finished> results;
  results.push_back(Crawl::feed_of({"https://ledger.example/1", "https://ledger.example/2"}));
  crawl.writer.write(results);
  CHECK(crawl.report.pages_due == 2);
  CHECK(crawl.crawler.open_jobs() == 3);  // the feed's own job has had no answer
}

TEST_CASE("a page whose entry changes while it is being fetched is fetched again") {
  Crawl crawl;
  const std::vector<std::string> links{"https://ledger.example/1"};
  crawl.write(Crawl::feed_of(links, "The council buys cameras."));
  crawl.write(Crawl::feed_of(links, "The council sells cameras."));
  crawl.write(Crawl::page(1, "The council buys cameras."));
  CHECK(crawl.store.pages_pending(crawl.clock.now(), 10).size() == 1);
  crawl.writer.submit_due();
  crawl.write(Crawl::page(1, "The council sells cameras."));
  CHECK(crawl.store.pages_pending(crawl.clock.now(), 10).empty());
}

TEST_CASE("a page that its host puts off for 30 days is given up; its feed's words stand in") {
  struct Case {
    const char* words;
    const char* status;
  };
  for (const auto& [words, status] :
       {Case{"The council buys cameras.", "from_feed"}, Case{"", "failed"}}) {
    CAPTURE(status);
    Crawl crawl;
    crawl.write(Crawl::feed_of({"https://ledger.example/1"}, words));
    const std::string given_up = "SELECT count(*) FROM v_articles WHERE status = '" +
                                 std::string{status} + "' AND reason LIKE '%to be left alone%'";
    for (int day = 0; day < 30; ++day) crawl.put_off_for_a_day();
    CHECK(crawl.count(given_up) == 0);
    crawl.put_off_for_a_day();
    CHECK(crawl.count(given_up) == 1);
    CHECK(crawl.store.pages_pending(crawl.clock.now() + 86'400, 10).empty());
  }
}

TEST_CASE("a page waits on when it is not its host that puts it off, or nobody asked for it") {
  Crawl crawl;
  crawl.write(Crawl::feed_of({"https://ledger.example/1"}));
  SUBCASE("so much else of the host comes first") {
    for (int day = 0; day < 40; ++day) crawl.put_off_for_a_day(false);
  }
  SUBCASE("the program did not run for a month") {
    crawl.put_off_for_a_day();
    crawl.clock.advance(std::chrono::hours{24 * 30});
    crawl.put_off_for_a_day();
  }
  CHECK(crawl.count("SELECT count(*) FROM v_articles WHERE status = 'pending'") == 1);
}

TEST_CASE("the feed's words stand in for a page that cannot be had, and it says why") {
  const std::string words =
      "<p>The council buys cameras for every crossing of the town, and the mayor signs.</p>";
  struct Case {
    std::string_view why;
    Finished (*answer)();
    std::string_view status;  // without words of the feed
  };
  const Case cases[] = {
      {"%robots.txt of ledger.example forbids it", [] { return Crawl::refused_page(1); },
       "forbidden"},
      {"HTTP status 403",
       [] {
         return Crawl::no_article({"HTTP status 403", NoArticle::Next::stand_in});
       },
       "not_article"},
      {"application/pdf is no article page",
       [] {
         return Crawl::no_article(
             {"application/pdf is no article page", NoArticle::Next::stand_in});
       },
       "not_article"},
      {"HTTP status 404",
       [] {
         return Crawl::no_article({"HTTP status 404", NoArticle::Next::gone});
       },
       "gone"},
      {"consent wall: of this test",
       [] {
         return Crawl::page(1, "", PageState::wall, "consent wall: of this test", "read as KOI8-R");
       },
       "not_article"},
      {"a PDF, of this test",
       [] { return Crawl::page(1, "", PageState::no_page, "a PDF, of this test"); }, "not_article"},
      {"paywall: of this test",
       [] {
         return Crawl::page(1, "The council buys.", PageState::paywall, "paywall: of this test");
       },
       "ok"},
  };
  for (const Case& c : cases) {
    for (const bool has_words : {true, false}) {
      CAPTURE(c.why);
      CAPTURE(has_words);
      Crawl crawl;
      crawl.write(Crawl::feed_of({"https://ledger.example/1"}, has_words ? words : ""));
      crawl.write(c.answer());
      const bool stands_in = has_words && c.status != "gone";
      const std::string status{stands_in ? std::string_view{"from_feed"} : c.status};
      CHECK(crawl.count("SELECT count(*) FROM v_articles WHERE status = '" + status + "'") == 1);
      CHECK(crawl.count("SELECT count(*) FROM v_articles WHERE text LIKE '%every crossing%'") ==
            (stands_in ? 1 : 0));
      CHECK(crawl.count("SELECT count(*) FROM v_articles WHERE reason LIKE '" + std::string{c.why} +
                        "'") == 1);
    }
  }
}

TEST_CASE("a page that is fine stands as it is, whatever else there is to say of its bytes") {
  Crawl crawl;
  crawl.write(Crawl::feed_of({"https://ledger.example/1"},
                             "The council buys cameras for every crossing of the town."));
  crawl.write(Crawl::page(1, "The council buys.", PageState::fine, {}, "read as KOI8-R"));
  CHECK(crawl.count("SELECT count(*) FROM v_articles WHERE status = 'ok' AND reason IS NULL AND "
                    "text = 'The council buys.'") == 1);
}

TEST_CASE("what a page lacks is known still when it has not been modified since") {
  Crawl crawl;
  crawl.write(Crawl::feed_of({"https://ledger.example/1"}));
  const std::string lacking =
      "SELECT count(*) FROM v_articles WHERE status = 'ok' AND reason = 'stub: of this test'";
  crawl.write(Crawl::page(1, "The council ...", PageState::stub, "stub: of this test"));
  CHECK(crawl.count(lacking) == 1);
  crawl.store.save_page_unchanged(1, std::nullopt, crawl.clock.now());
  CHECK(crawl.count(lacking) == 1);
}

TEST_CASE("a wall in place of a page that was read before leaves its text and says so") {
  Crawl crawl;
  crawl.write(Crawl::feed_of({"https://ledger.example/1"}, "The council buys."));
  crawl.write(Crawl::page(1, "The council buys cameras."));
  crawl.clock.advance(std::chrono::hours{24});
  crawl.write(Crawl::page(1, "", PageState::wall, "consent wall: of this test"));
  CHECK(crawl.count("SELECT count(*) FROM v_articles WHERE status = 'ok' AND text = 'The council "
                    "buys cameras.' AND reason = 'consent wall: of this test'") == 1);
}

TEST_CASE("a part of a page does not replace what was read of the whole, and says why") {
  const std::string whole = "The council buys cameras for every crossing of the town.";
  for (const bool was_from_feed : {false, true}) {
    CAPTURE(was_from_feed);
    Crawl crawl;
    crawl.write(Crawl::feed_of({"https://ledger.example/1"}, was_from_feed ? whole : ""));
    crawl.write(was_from_feed ? Crawl::refused_page(1) : Crawl::page(1, whole));
    crawl.clock.advance(std::chrono::hours{24});
    crawl.write(Crawl::feed_of({"https://ledger.example/1"}));  // its words are gone
    crawl.write(Crawl::page(1, "The council buys.", PageState::paywall, "paywall: of this test"));
    CHECK(crawl.count("SELECT count(*) FROM v_articles WHERE text = '" + whole +
                      "' AND reason = 'paywall: of this test' AND status = '" +
                      (was_from_feed ? "from_feed" : "ok") + "'") == 1);
    CHECK(crawl.count("SELECT count(*) FROM v_revisions") == 1);
    // The whole page does, and so does a longer part.
    crawl.write(Crawl::page(1, "The council buys."));
    CHECK(crawl.count("SELECT count(*) FROM v_articles WHERE text = 'The council buys.' AND "
                      "reason IS NULL") == 1);
    crawl.write(Crawl::page(1, "The council buys cameras.", PageState::stub, "stub: of this test"));
    CHECK(crawl.count("SELECT count(*) FROM v_articles WHERE text = 'The council buys cameras.' "
                      "AND reason = 'stub: of this test'") == 1);
  }
}

TEST_CASE("a summary does not replace the whole text that a feed gave before") {
  Crawl crawl;
  const std::string whole = "The council buys cameras for every crossing of the town.";
  crawl.write(Crawl::feed_of({"https://ledger.example/1"}, whole));
  crawl.write(Crawl::no_article({"HTTP status 403", NoArticle::Next::stand_in}));
  Feed feed;
  Entry entry;
  entry.id = entry.link = "https://ledger.example/1";
  entry.summary = "The council buys cameras.";
  feed.entries.push_back(entry);
  crawl.write(Crawl::finished(JobKind::feed, 1, ParsedFeed{feed}));
  crawl.write(Crawl::no_article({"HTTP status 401", NoArticle::Next::stand_in}));
  CHECK(crawl.count("SELECT count(*) FROM v_articles WHERE status = 'from_feed' AND text = '" +
                    whole + "' AND reason = 'HTTP status 401'") == 1);
}

TEST_CASE("a page that is too long is not asked for again, and the reason names the setting") {
  Crawl crawl;
  crawl.write(Crawl::feed_of({"https://ledger.example/1"}));
  Finished answer = Crawl::finished(JobKind::page, 1, std::monostate{});
  answer.result.outcome = FetchFailure{answer.result.job.url,
                                       {"the answer is longer than 9 bytes", FaultKind::too_long}};
  crawl.write(std::move(answer));
  CHECK(crawl.count("SELECT count(*) FROM v_articles WHERE status = 'failed' AND reason LIKE 'the "
                    "answer is longer than 9 bytes; % fetch.max_body in the settings'") == 1);
  crawl.clock.advance(std::chrono::hours{48});
  CHECK(crawl.store.pages_pending(crawl.clock.now(), 10).empty());
}

TEST_CASE("a page that has failed for good is given up for the words of its feed") {
  Crawl crawl;
  crawl.write(Crawl::feed_of({"https://ledger.example/1"}, "The council buys cameras."));
  const std::string given_up =
      "SELECT count(*) FROM v_articles WHERE status = 'from_feed' AND reason = 'HTTP status 503'";
  for (int i = 0; i < 8; ++i) {
    CHECK(crawl.count(given_up) == 0);
    crawl.write(Crawl::no_article({"HTTP status 503", NoArticle::Next::retry}));
    crawl.clock.advance(std::chrono::hours{25});
    crawl.writer.submit_due();
  }
  CHECK(crawl.count(given_up) == 1);
  CHECK(crawl.store.pages_pending(crawl.clock.now(), 10).empty());
}

TEST_CASE("a summary of the feed does not stand in for a page that robots.txt forbids") {
  Crawl crawl;
  Feed feed;
  Entry entry;
  entry.id = entry.link = "https://ledger.example/1";
  entry.summary = "The council buys cameras.";
  feed.entries.push_back(entry);
  crawl.write(Crawl::finished(JobKind::feed, 1, ParsedFeed{feed}));
  crawl.write(Crawl::refused_page(1));
  CHECK(crawl.count(
            "SELECT count(*) FROM v_articles WHERE status = 'forbidden' AND text IS NULL") == 1);
}

TEST_CASE("a crawl of the feeds alone leaves their pages due") {
  Crawl crawl{true};
  std::vector<Finished> results;
  results.push_back(Crawl::feed_of({"https://ledger.example/1"}));
  crawl.writer.write(results);
  CHECK(crawl.report.pages_due == 0);
  CHECK(crawl.store.pages_pending(crawl.clock.now(), 10).size() == 1);
}

// A page that names somebody on the watchlist.
Finished page_of_note(std::int64_t id, const std::string& text) {
  Finished finished = Crawl::page(id, text);
  Mention mention;
  mention.kind = EntityKind::vendor;
  mention.name = mention.text = "Lanternfish Systems";
  mention.listed = true;
  mention.span = {0, 1};
  std::get<ExtractedPage>(finished.parsed).facts.mentions = {mention};
  return finished;
}

const std::string pause =
    "SELECT unixepoch(next_fetch_at) - unixepoch(last_fetched_at) FROM articles";

TEST_CASE("a page is looked at again after longer and longer pauses, sooner when it is of note") {
  Crawl crawl;
  crawl.settings.look_again = {std::chrono::hours{1}, std::chrono::hours{8}};
  crawl.settings.look_again_others = {std::chrono::hours{24}};
  crawl.write(Crawl::feed_of({"https://ledger.example/1", "https://ledger.example/2"}));
  crawl.write(page_of_note(1, "The council buys cameras."));
  crawl.write(Crawl::page(2, "The weather is fine."));
  CHECK(crawl.count(pause + " WHERE id = 1") == 3'600);
  CHECK(crawl.count(pause + " WHERE id = 2") == 86'400);

  crawl.clock.advance(std::chrono::hours{1});
  crawl.writer.submit_due();
  SUBCASE("without a change the pause grows, and ends") {
    crawl.write(page_of_note(1, "The council buys cameras."));
    CHECK(crawl.count(pause + " WHERE id = 1") == 8 * 3'600);
    crawl.clock.advance(std::chrono::hours{8});
    crawl.writer.submit_due();
    crawl.write(Crawl::finished(JobKind::page, 1, std::monostate{}));  // 304
    CHECK(crawl.count("SELECT count(*) FROM articles WHERE id = 1 AND next_fetch_at IS NULL") == 1);
    CHECK(crawl.count("SELECT count(*) FROM v_revisions WHERE article_id = 1") == 1);
  }
  SUBCASE("after a change of substance the next look comes as soon") {
    crawl.write(page_of_note(1, "The council sells 40 boats to the harbour police."));
    CHECK(crawl.count(pause + " WHERE id = 1") == 3'600);
    CHECK(crawl.count("SELECT count(*) FROM v_revisions WHERE article_id = 1") == 2);
  }
}

TEST_CASE("a page that was read and is gone is told of once, and looked for twice more") {
  Crawl crawl;
  crawl.settings.look_again = {std::chrono::hours{1}, std::chrono::days{28}};
  crawl.write(Crawl::feed_of({}));  // what comes later is no past
  crawl.write(Crawl::feed_of({"https://ledger.example/1"}));
  crawl.write(page_of_note(1, "The council buys cameras."));
  crawl.clock.advance(std::chrono::hours{1});
  crawl.writer.submit_due();
  const std::string told =
      "SELECT count(*) FROM v_alerts WHERE kind = 'article_gone' AND details = ";
  const auto gone = [](const std::string& reason) {
    return Crawl::no_article({reason, NoArticle::Next::gone});
  };
  const auto look_again = [&] {
    crawl.clock.advance(std::chrono::hours{24});
    crawl.writer.submit_due();
  };
  SUBCASE("by its status") {
    crawl.write(gone("HTTP status 404"));
    CHECK(crawl.count(told + "'HTTP status 404'") == 0);
    for (const std::int64_t days : {1, 7}) {
      CHECK(crawl.count(pause) == days * 86'400);
      crawl.clock.advance(std::chrono::hours{24 * days});
      crawl.writer.submit_due();
      crawl.write(gone("HTTP status 404"));
    }
    CHECK(crawl.count("SELECT count(*) FROM articles WHERE next_fetch_at IS NULL") == 1);
    CHECK(crawl.count("SELECT count(*) FROM v_alerts WHERE kind = 'article_gone'") == 1);
  }
  SUBCASE("as soon as the settings say where they say sooner than in a day") {
    crawl.settings.look_again = {std::chrono::minutes{10}, std::chrono::hours{3}};
    crawl.write(gone("HTTP status 404"));
    CHECK(crawl.count(pause) == 3 * 3'600);
  }
  SUBCASE("by where it leads") {
    crawl.write(Crawl::no_article({"leads to the home page", NoArticle::Next::leads_home}));
    look_again();
    crawl.write(Crawl::no_article({"leads to the home page", NoArticle::Next::leads_home}));
    CHECK(crawl.count(told + "'leads to the home page'") == 1);
  }
  SUBCASE("by its emptiness") {
    crawl.write(Crawl::page(1, "", PageState::empty, "empty page"));
    look_again();
    crawl.write(Crawl::page(1, "", PageState::empty, "empty page"));
    CHECK(crawl.count(told + "'the page has no text any more'") == 1);
    CHECK(crawl.count("SELECT count(*) FROM v_articles WHERE text LIKE '%cameras%'") == 1);
  }
  SUBCASE("by what it says") {
    crawl.write(Crawl::page(1, "No such page.", PageState::error, "error page: not there"));
    look_again();
    crawl.write(Crawl::page(1, "No such page.", PageState::error, "error page: not there"));
    CHECK(crawl.count(told + "'error page: not there'") == 1);
  }
  SUBCASE("and is no longer so when it is back") {
    crawl.write(gone("HTTP status 404"));
    look_again();
    crawl.write(gone("HTTP status 404"));
    crawl.clock.advance(std::chrono::hours{7 * 24});
    crawl.writer.submit_due();
    crawl.write(page_of_note(1, "The council buys cameras."));
    CHECK(crawl.count("SELECT count(*) FROM v_articles WHERE status = 'ok'") == 1);
    CHECK(crawl.count("SELECT count(*) FROM v_alerts WHERE kind = 'article_gone'") == 0);
  }
}

TEST_CASE("a crawl counts the alerts that are listed when it has ended, of every kind") {
  Crawl crawl;
  crawl.settings.look_again = {std::chrono::hours{1}};
  crawl.write(Crawl::feed_of({}));
  crawl.write(Crawl::feed_of({"https://ledger.example/1"}));
  crawl.write(page_of_note(1, "The council buys cameras."));
  crawl.writer.count_alerts();
  CHECK(crawl.report.alerts.told == std::map<AlertKind, std::size_t>{{AlertKind::new_mention, 1}});
  for (int look = 0; look < 2; ++look) {
    crawl.clock.advance(std::chrono::hours{1});
    crawl.writer.submit_due();
    crawl.write(Crawl::no_article({"HTTP status 404", NoArticle::Next::gone}));
  }
  crawl.writer.count_alerts();
  CHECK(crawl.report.alerts.told == std::map<AlertKind, std::size_t>{{AlertKind::article_gone, 1}});
  CHECK(crawl.count("SELECT count(*) FROM v_alerts") == 2);
  // Found again before anybody was told: nothing is left to tell.
  crawl.clock.advance(std::chrono::hours{1});
  crawl.writer.submit_due();
  crawl.write(page_of_note(1, "The council buys cameras."));
  crawl.writer.count_alerts();
  CHECK(crawl.report.alerts.told.empty());
}

TEST_CASE("the alerts that a crawl raised are its own, each once, also those that do not stand") {
  Crawl crawl;
  crawl.settings.look_again = {std::chrono::hours{1}};
  crawl.write(Crawl::feed_of({}));
  crawl.write(Crawl::feed_of({"https://ledger.example/1"}));
  crawl.write(page_of_note(1, "The council buys cameras."));
  CHECK(crawl.report.alerts_raised == 1);
  for (int look = 0; look < 2; ++look) {
    crawl.clock.advance(std::chrono::hours{1});
    crawl.writer.submit_due();
    crawl.write(Crawl::no_article({"HTTP status 404", NoArticle::Next::gone}));
  }
  CHECK(crawl.report.alerts_raised == 2);
  // Found again: that it had vanished is withdrawn.
  crawl.clock.advance(std::chrono::hours{1});
  crawl.writer.submit_due();
  crawl.write(page_of_note(1, "The council buys cameras."));
  CHECK(crawl.report.alerts_raised == 2);
  // What another process raises between is its own.
  Store other{crawl.folder.file()};
  const std::int64_t before = other.last_alert();
  other.save_feed_failure({1, "HTTP status 410", 1, true, {crawl.clock.now()}}, crawl.clock.now());
  REQUIRE(other.last_alert() > before);
  crawl.write(Crawl::feed_of({"https://ledger.example/1", "https://ledger.example/2"}));
  CHECK(crawl.report.alerts_raised == 2);
}

TEST_CASE("a crawl counts what a feed had when it was first read, and tells nobody of it") {
  Crawl crawl;
  crawl.write(Crawl::feed_of({"https://ledger.example/1"}));
  crawl.write(page_of_note(1, "The council buys cameras."));
  crawl.writer.count_alerts();
  CHECK(crawl.report.alerts.told.empty());
  CHECK(crawl.report.alerts.quiet == 1);
  CHECK(summary_of(crawl.report).find("1 thing is of the past") != std::string::npos);
}

}  // namespace stakeout
