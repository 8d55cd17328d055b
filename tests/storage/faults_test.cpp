#include <doctest/doctest.h>

#include "faulty_disk.h"
#include "sample.h"

using namespace stakeout;
using namespace stakeout::sample;

namespace {

// A small crawl, from nothing or going on from wherever an earlier one ended.
void crawl(const std::filesystem::path& file) {
  Store store{file};
  store.sync_entities(watchlist(), monday);
  store.sync_feeds({{"https://news.example/feed", "News", {"tag"}}}, monday);
  FeedUpdate update;
  update.feed_id = store.feeds_due(monday, true).at(0).id;
  for (const std::string name : {"one", "two"}) {
    const std::string url = "https://news.example/" + name;
    FeedEntry entry;
    entry.entry.id = entry.entry.link = entry.canonical_url = url;
    update.entries.push_back(entry);
  }
  store.save_feed(update, monday);
  for (const PendingPage& page : store.pages_pending(monday, 100)) {
    Claim c = claim("Glasshouse Systems", "Quay Bureau");
    c.value = usd(2'000'000);
    c.status = page.url.ends_with("two") ? Status::stop_work : Status::signed_;
    ArticleRecord record = article(page.article_id, "Text of " + page.url,
                                   page.url.ends_with("two") ? "2024-10-09" : "2024-10-07", {c});
    record.page.url = page.url;
    store.save_article(record, monday);
  }
}

// What the views show in the end, but for ids and times; and that the file is sound.
Lines outcome(const std::filesystem::path& file) {
  Lines all = check_database(file).problems;
  for (auto& line :
       rows(file,
            "SELECT url || status || entries FROM v_feeds UNION ALL "
            "SELECT guid || article_id FROM v_entries UNION ALL "
            "SELECT url || status || text || revisions FROM v_articles UNION ALL "
            "SELECT name || mentions || articles FROM v_entities UNION ALL "
            "SELECT vendor || agency || amount || status || claims || stories FROM v_contracts "
            "UNION ALL SELECT field || coalesce(before, '') || after FROM v_contract_events "
            "UNION ALL SELECT kind || title || coalesce(details, '') FROM v_alerts ORDER BY 1")) {
    all.push_back(std::move(line));
  }
  return all;
}

// Runs `work` with its first operation failing, then with its second, ... until none is left to
// fail; after each run calls `afterwards` on a disk that is well again.
template <class Work, class Afterwards>
void fail_each(FaultyDisk::Failing failing, Work work, Afterwards afterwards) {
  for (int nth = 1;; ++nth) {
    CAPTURE(nth);
    const TemporaryFolder directory;
    const std::filesystem::path file = directory.file();
    work(file, [&] { FaultyDisk::fail(nth, failing); });
    const bool has_failed = FaultyDisk::has_failed();
    FaultyDisk::fail(0);
    afterwards(file);
    if (!has_failed) return;
  }
}

void expect_failure(const StorageError& e) {
  CHECK((e.fault() == StorageFault::disk_full || e.fault() == StorageFault::other));
}

}  // namespace

TEST_CASE("whichever write of a crawl fails, the next run ends as if none had") {
  const FaultyDisk disk;
  const TemporaryFolder directory;
  const auto empty = directory.file("empty.db");
  { const Store store{empty}; }
  const auto whole = directory.file("whole.db");
  crawl(whole);
  const Lines expected = outcome(whole);
  for (const auto failing : {FaultyDisk::Failing::once, FaultyDisk::Failing::from_then_on}) {
    fail_each(
        failing,
        [&](const std::filesystem::path& file, auto start) {
          std::filesystem::copy_file(empty, file);
          start();
          try {
            crawl(file);
          } catch (const StorageError& e) {
            expect_failure(e);
          }
        },
        [&](const std::filesystem::path& file) {
          crawl(file);
          REQUIRE(outcome(file) == expected);
        });
  }
}

TEST_CASE("whichever write of a new file fails, the file can be made after all") {
  const FaultyDisk disk;
  fail_each(
      FaultyDisk::Failing::from_then_on,
      [&](const std::filesystem::path& file, auto start) {
        start();
        try {
          const Store store{file};
        } catch (const StorageError& e) {
          expect_failure(e);
        }
      },
      [&](const std::filesystem::path& file) {
        { const Store store{file}; }
        REQUIRE(check_database(file).problems == Lines{});
      });
}

TEST_CASE("of several articles that are saved together all are kept or none") {
  const FaultyDisk disk;
  const TemporaryFolder directory;
  Store store{directory.file()};
  const std::int64_t one = add_page(store, "one");
  const std::int64_t two = add_page(store, "two");
  const auto save_both = [&] {
    store.together([&] {
      store.save_article(article(one, "First.", "2024-10-07"), monday);
      store.save_article(article(two, "Second.", "2024-10-07"), monday);
    });
  };
  FaultyDisk::fail(1);
  CHECK_THROWS_AS(save_both(), StorageError);
  CHECK_FALSE(store.latest_text(one));
  FaultyDisk::fail(0);
  save_both();
  CHECK(store.latest_text(two)->text == "Second.");
}

TEST_CASE("a store can be used on after a write failed") {
  const FaultyDisk disk;
  const TemporaryFolder directory;
  Store store{directory.file()};
  const std::int64_t id = add_page(store, "one");
  FaultyDisk::fail(1, FaultyDisk::Failing::from_then_on);
  CHECK_THROWS_WITH_AS(store.save_article(article(id, "Words.", "2024-10-07"), monday),
                       doctest::Contains("the disk is full"), StorageError);
  FaultyDisk::fail(0);
  CHECK(store.save_article(article(id, "Words.", "2024-10-07"), monday).new_article);
}
