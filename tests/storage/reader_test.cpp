#include <functional>

#include <doctest/doctest.h>

#include "sample.h"

using namespace stakeout;
using namespace stakeout::sample;

namespace {

// Two articles of tagged feeds, each with a contract, and one revision.
struct Filled {
  TemporaryFolder directory;
  std::filesystem::path file = directory.file();

  Filled() {
    Store store{file};
    store.sync_entities(watchlist(), monday);
    store.sync_feeds(
        {{"https://a.example/feed", "A", {"harbour"}}, {"https://b.example/feed", "B", {"rail"}}},
        monday);
    // What a feed has when it is first read is the past.
    for (const FeedState& feed : store.feeds_due(monday, true)) {
      FeedUpdate empty;
      empty.feed_id = feed.id;
      store.save_feed(empty, monday);
    }
    Claim first = claim("Glasshouse Systems", "Quay Bureau");
    first.value = usd(2'000'000);
    first.status = Status::stop_work;
    first.signed_on = date("2024-09");
    Claim second = claim("Lantern Works", "Rail Police");
    second.value = Money::exact(1'234'567'890, currency("EUR"));
    second.status = Status::signed_;
    add(store, 0, "The Çesme quay has cameras.", "2024-10-01", first);
    add(store, 1, "Trains are watched.", "2024-10-05T08:00:00Z", second);
    ArticleRecord edited = article(2, "Trains are not watched.", "2024-10-05T08:00:00Z", {second});
    edited.changes = {{"are", "are not"}};
    store.save_article(edited, monday + 60);
  }

  static void add(Store& store, std::size_t feed, const std::string& text,
                  const std::string& published, const Claim& c) {
    FeedUpdate update;
    update.feed_id = store.feeds_due(monday, true).at(0).id;
    for (const FeedState& state : store.feeds_due(monday, true)) {
      if (state.url.find(feed == 0 ? "//a." : "//b.") != std::string::npos) {
        update.feed_id = state.id;
      }
    }
    FeedEntry entry;
    entry.entry.link = entry.canonical_url = "https://news.example/" + std::to_string(feed);
    update.entries = {entry};
    store.save_feed(update, monday);
    const auto page = store.pages_pending(monday, 10).at(0);
    store.save_article(article(page.article_id, text, published, {c}), monday);
  }
};

std::size_t count(const Table& table) {
  return table.rows.size();
}

std::string message_of(const std::function<void()>& work, StorageFault fault) {
  try {
    work();
  } catch (const StorageError& e) {
    CHECK(e.fault() == fault);
    return e.what();
  }
  FAIL("nothing was thrown");
  return {};
}

Filter filter(const std::function<void(Filter&)>& set) {
  Filter f;
  set(f);
  return f;
}

}  // namespace

TEST_CASE("each filter narrows what it names") {
  const Filled filled;
  Reader reader{filled.file};
  struct Case {
    const char* what;
    Filter filter;
    std::size_t mentions, contracts, stories;
  };
  const Case cases[] = {
      {"nothing", {}, 4, 2, 2},
      {"vendor, in any case", filter([](Filter& f) { f.vendor = "lantern works"; }), 1, 1, 1},
      {"agency above", filter([](Filter& f) { f.agency = "Harbour Ministry"; }), 1, 1, 1},
      {"a pair that never meets",
       filter([](Filter& f) { f.vendor = "Lantern Works", f.agency = "Quay Bureau"; }), 0, 0, 0},
      {"category", filter([](Filter& f) { f.category = "spyware"; }), 2, 2, 2},
      {"tag", filter([](Filter& f) { f.tag = "rail"; }), 2, 1, 1},
      {"since", filter([](Filter& f) { f.since = "2024-10-05"; }), 2, 1, 1},
      {"until, the whole day", filter([](Filter& f) { f.until = "2024-10-05"; }), 4, 2, 2},
      {"until the day before", filter([](Filter& f) { f.until = "2024-10-04"; }), 2, 1, 1},
      {"amount in dollars", filter([](Filter& f) { f.min_amount = 1'000'000'000; }), 2, 1, 1},
      {"amount in euros",
       filter([](Filter& f) { f.min_amount = 1'000'000'000, f.currency = "EUR"; }), 2, 1, 1},
      {"by currency", filter([](Filter& f) { f.currency = "EUR"; }), 2, 1, 1},
      {"too high an amount", filter([](Filter& f) { f.min_amount = 2'000'000'001; }), 0, 0, 0},
      {"status", filter([](Filter& f) { f.status = "stop_work"; }), 2, 1, 1},
      {"limit", filter([](Filter& f) { f.limit = 1; }), 1, 1, 1},
  };
  for (const auto& [what, wanted, mentions, contracts, stories] : cases) {
    CAPTURE(what);
    CHECK(count(reader.mentions(wanted)) == mentions);
    CHECK(count(reader.contracts(wanted)) == contracts);
    CHECK(count(reader.stories(wanted)) == stories);
  }
}

TEST_CASE("changes hold those of contracts and of articles, feeds and alerts are listed") {
  const Filled filled;
  Reader reader{filled.file};
  CHECK(count(reader.changes({})) == 2);
  CHECK(count(reader.changes(filter([](Filter& f) { f.vendor = "Lantern Works"; }))) == 1);
  CHECK(count(reader.feeds(filter([](Filter& f) { f.tag = "harbour"; }))) == 1);
  CHECK(count(reader.entities(filter([](Filter& f) { f.category = "police"; }))) == 3);
  CHECK(count(reader.alerts(filter([](Filter& f) { f.vendor = "Glasshouse Systems"; }))) == 2);
}

TEST_CASE("an article that vanished is among the changes") {
  const Filled filled;
  {
    Store store{filled.file};
    store.save_page_failure({2, PageOutcome::gone, "HTTP status 404", {}}, monday + 120);
  }
  Reader reader{filled.file};
  const Table changes = reader.changes(filter([](Filter& f) { f.vendor = "Lantern Works"; }));
  REQUIRE(count(changes) == 2);
  const auto& latest = changes.rows.front();
  CHECK(latest[3] == Cell{std::int64_t{2}});
  CHECK(latest[8] == Cell{std::string{"gone"}});
  CHECK(latest[9] == Cell{std::string{"HTTP status 404"}});
  CHECK(count(reader.changes(filter([](Filter& f) { f.vendor = "Glasshouse Systems"; }))) == 1);
  Store{filled.file}.save_page_unchanged(2, {}, monday + 240);
  CHECK(count(reader.changes(filter([](Filter& f) { f.vendor = "Lantern Works"; }))) == 1);
}

TEST_CASE("amounts are numbers, whole ones integers") {
  const Filled filled;
  CHECK(rows(filled.file, "SELECT amount, typeof(amount) FROM v_contracts ORDER BY id") ==
        Lines{"2000000|integer", "1234567.890000|real"});
}

TEST_CASE("search folds case and accents, shows the words, and says what is wrong with a query") {
  const Filled filled;
  Reader reader{filled.file};
  const Table found = reader.search("cesme AND camera*", {});
  REQUIRE(found.rows.size() == 1);
  CHECK(as_text(found.rows[0].back()) == "The [Çesme] quay has [cameras].");
  CHECK(reader.search("cameras.", {}).rows.size() == 1);
  CHECK(reader.search("watched", filter([](Filter& f) { f.tag = "harbour"; })).rows.empty());
  for (const std::string bad : {"\"open", "AND", "a OR", "", "*", "NEAR(a"}) {
    CAPTURE(bad);
    const std::string message =
        message_of([&] { (void)reader.search(bad, {}); }, StorageFault::bad_query);
    CHECK(message.find(bad) != std::string::npos);
  }
}

TEST_CASE("a query reads one statement, within its time, and nothing else") {
  const Filled filled;
  Reader reader{filled.file};
  const std::chrono::milliseconds limit{2000};
  const Table table = reader.query("SELECT 1 AS one, NULL, 0.5, x'0aff', 'ü';", limit);
  CHECK(table.columns.at(0) == "one");
  CHECK(as_text(table.rows.at(0).at(3)) == "0AFF");
  for (const std::string bad :
       {"DELETE FROM articles", "SELECT 1; SELECT 2", "SELEC", "", "-- nothing",
        "ATTACH '/tmp/x.db' AS x", "PRAGMA query_only = OFF", "SELECT nothing FROM v_feeds",
        "CREATE TEMP TABLE t (x)", "VACUUM INTO '/tmp/x.db'"}) {
    CAPTURE(bad);
    message_of([&] { (void)reader.query(bad, limit); }, StorageFault::bad_query);
  }
  message_of(
      [&] {
        (void)reader.query(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
            std::chrono::milliseconds{20});
      },
      StorageFault::interrupted);
  CHECK(reader.query("SELECT count(*) FROM v_articles", limit).rows.size() == 1);
}

TEST_CASE("everything known about one thing is shown, and nothing about what is not there") {
  const Filled filled;
  Reader reader{filled.file};
  const auto article_parts = reader.show_article(2);
  REQUIRE_FALSE(article_parts.empty());
  CHECK(article_parts[0].table.rows.size() == 1);
  CHECK_FALSE(reader.show_contract(1).empty());
  CHECK_FALSE(reader.show_story(1).empty());
  CHECK_FALSE(reader.show_entity(1).empty());
  CHECK(reader.show_article(99).empty());
  CHECK(reader.show_contract(99).empty());
  CHECK(reader.show_story(99).empty());
  CHECK(reader.show_entity(99).empty());
}
