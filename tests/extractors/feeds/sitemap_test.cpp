#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "extractors/feeds/parse_feed.h"

namespace stakeout {

TEST_CASE("a news sitemap is a feed") {
  const auto feed = parse_feed(R"(<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://ledger.example/cameras?a=1&amp;b=2 </loc><lastmod>2026-02-04</lastmod>
 <n:news><n:publication><n:name>The Weekly Ledger</n:name><n:language>en</n:language></n:publication>
 <n:publication_date>2026-02-03T08:05:09+01:00</n:publication_date>
 <n:title>Council buys cameras &amp; drones</n:title><n:keywords>council, cameras,,</n:keywords></n:news>
 <image:image><image:loc>https://ledger.example/a.jpg</image:loc></image:image></url>
<url><loc>/drones</loc></url>
<url><lastmod>2026-02-04</lastmod></url>
</urlset>)",
                               {"https://ledger.example/news.xml", ""});
  REQUIRE(feed.has_value());
  CHECK(feed->format == "sitemap");
  CHECK(feed->title == "The Weekly Ledger");
  CHECK(feed->language == "en");
  REQUIRE(feed->entries.size() == 2);
  const Entry& entry = feed->entries[0];
  CHECK(entry.link == "https://ledger.example/cameras?a=1&b=2");
  CHECK(entry.id == entry.link);
  CHECK(entry.title == "Council buys cameras & drones");
  CHECK(to_rfc3339(entry.published.value()) == "2026-02-03T07:05:09Z");
  CHECK(to_rfc3339(entry.updated.value()) == "2026-02-04T00:00:00Z");
  CHECK(entry.categories == std::vector<std::string>{"council", "cameras"});
  CHECK(feed->entries[1].link == "https://ledger.example/drones");
  CHECK(feed->warnings.empty());
}

TEST_CASE("a sitemap has 50,000 entries at most") {
  std::string text = "<urlset>\n";
  for (int i = 0; i < 50'001; ++i) text += "<url><loc>https://a.example/</loc></url>\n";
  const auto feed = parse_feed(text + "</urlset>", {});
  REQUIRE(feed.has_value());
  CHECK(feed->entries.size() == 50'000);
  REQUIRE(feed->warnings.size() == 1);
  CHECK(feed->warnings[0].starts_with("line 50002, "));
}

TEST_CASE("a sitemap index is refused, with its newest sitemaps") {
  const auto feed = parse_feed(
      "<sitemapindex><sitemap><loc>https://a.example/1.xml</loc></sitemap>"
      "<sitemap><loc>https://a.example/2.xml</loc><lastmod>2026-02-03</lastmod></sitemap>"
      "<sitemap><loc>https://a.example/3.xml</loc><lastmod>2026-02-04</lastmod></sitemap>"
      "<sitemap><loc>https://a.example/4.xml</loc><lastmod>2025-02-04</lastmod></sitemap>"
      "</sitemapindex>",
      {});
  REQUIRE_FALSE(feed.has_value());
  CHECK(feed.error().message ==
        "a list of sitemaps where a feed was expected; list one of its sitemaps instead, such as "
        "https://a.example/3.xml, https://a.example/2.xml, https://a.example/4.xml");
}

}  // namespace stakeout
