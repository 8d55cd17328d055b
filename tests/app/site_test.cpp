#include "app/demo/site.h"

#include <doctest/doctest.h>

#include "extractors/facts/watchlist.h"
#include "extractors/feeds/parse_feed.h"
#include "extractors/values/url.h"

namespace stakeout::demo {
namespace {

constexpr int port = 8000;

std::size_t entries_of(const Site& site) {
  std::size_t entries = 0;
  for (const std::string& url : site.feeds()) {
    const Url parsed = parse_url(url).value();
    const Page* page = site.find(parsed.host(), parsed.path_and_query());
    REQUIRE(page != nullptr);
    const auto feed = parse_feed(page->body, {url, page->content_type});
    REQUIRE(feed.has_value());
    CHECK(feed->warnings.empty());
    for (const Entry& entry : feed->entries) {
      const Url link = parse_url(entry.link).value();
      CHECK(site.find(link.host(), link.path_and_query()) != nullptr);
      CHECK(entry.published.has_value());
      ++entries;
    }
  }
  return entries;
}

}  // namespace

TEST_CASE("every entry of the demo's feeds leads to a page of the site") {
  const std::size_t first_day = entries_of(Site{port, 1});
  const std::size_t second_day = entries_of(Site{port, 2});
  CHECK(first_day == 13);
  CHECK(second_day == 23);
}

TEST_CASE("a page that was corrected on the second day has another text under the same address") {
  const Site before{port, 1};
  const Site after{port, 2};
  const Page* page = before.find("record.localhost", "/awards/2025-03-03");
  const Page* corrected = after.find("record.localhost", "/awards/2025-03-03");
  REQUIRE(page != nullptr);
  REQUIRE(corrected != nullptr);
  CHECK(page->body != corrected->body);
  CHECK(before.find("record.localhost", "/awards/2025-03-04") == nullptr);
}

TEST_CASE("the demo's watchlist is one") {
  const WatchlistFile file = parse_watchlist(watchlist(), "demo");
  CHECK(file.warnings.empty());
  CHECK(file.entities.size() == 7);
}

}  // namespace stakeout::demo
