#include "app/crawl/parse.h"

#include <doctest/doctest.h>

namespace stakeout {
namespace {

constexpr const char* one_entry = R"(<?xml version="1.0"?>
<rss version="2.0"><channel><title>The Weekly Ledger</title>
<item><title>Council buys cameras</title><link>https://ledger.example/cameras</link></item>
</channel></rss>)";

Finished parsed(JobKind kind, int status, std::string body = one_entry) {
  CrawlResult result;
  result.job.kind = kind;
  result.job.url = parse_url("https://ledger.example/feed").value();
  Fetched fetched;
  fetched.final_url = result.job.url;
  fetched.response.status = status;
  fetched.response.content_type = "application/rss+xml";
  fetched.response.body = std::move(body);
  result.outcome = std::move(fetched);
  EntryHints hints;
  const MentionFinder finder{Watchlist{}};
  return parse_result(std::move(result), hints, finder);
}

}  // namespace

TEST_CASE("a part of a feed (226) is read like a whole one, other answers are not") {
  for (const int status : {200, 226}) {
    CAPTURE(status);
    const Finished finished = parsed(JobKind::feed, status);
    const auto* feed = std::get_if<ParsedFeed>(&finished.parsed);
    REQUIRE(feed != nullptr);
    REQUIRE(feed->feed.has_value());
    REQUIRE(feed->feed->entries.size() == 1);
    CHECK(feed->feed->entries.front().title == "Council buys cameras");
  }
  for (const int status : {304, 404, 503}) {
    CAPTURE(status);
    CHECK(std::holds_alternative<std::monostate>(parsed(JobKind::feed, status).parsed));
  }
}

TEST_CASE("of an entry its feed knows better than its words when it was published") {
  const MentionFinder finder{Watchlist{}};
  const std::string words = "<h1>Old deal</h1><p>The contract was signed on 27 September 2019.</p>";
  EntryHint hint{"Council buys cameras", Timestamp{1'728'259'200}, words};
  const Article known = extract_entry("https://ledger.example/1", hint, finder).article;
  CHECK(known.published == "2024-10-07T00:00:00Z");
  CHECK(known.title == "Council buys cameras");
  hint.published.reset();
  CHECK(extract_entry("https://ledger.example/1", hint, finder).article.published.empty());
}

TEST_CASE("a page's article carries the wishes of its headers and of its own") {
  CrawlResult result;
  result.job.kind = JobKind::page;
  result.job.url = parse_url("https://ledger.example/cameras").value();
  Fetched fetched;
  fetched.final_url = result.job.url;
  fetched.response.status = 200;
  fetched.response.content_type = "text/html";
  fetched.response.head =
      "HTTP/1.1 200 OK\r\nX-Robots-Tag: otherbot: nosnippet\r\nx-robots-tag: noindex\r\n\r\n";
  fetched.response.body = "<html><head><meta name=robots content=noarchive></head><p>Text</p>";
  result.outcome = std::move(fetched);
  EntryHints hints;
  const MentionFinder finder{Watchlist{}};
  const Finished finished = parse_result(std::move(result), hints, finder);
  const auto* page = std::get_if<ExtractedPage>(&finished.parsed);
  REQUIRE(page != nullptr);
  CHECK(page->article.robots == "noarchive noindex");
}

TEST_CASE("a page that leads to the home page of its site is gone") {
  struct Case {
    const char* asked;
    const char* final;
    bool gone;
  };
  const Case cases[] = {
      {"https://ledger.example/2024/cameras", "https://ledger.example/", true},
      {"https://ledger.example/2024/cameras", "https://www.ledger.example/en/", true},
      {"https://ledger.example/2024/cameras", "https://ledger.example/index.html", true},
      {"https://ledger.example/2024/cameras", "https://ledger.example/?p=17", false},
      {"https://ledger.example/2024/cameras", "https://ledger.example/news/cameras", false},
      {"https://ledger.example/", "https://ledger.example/en/", false},
  };
  for (const Case& each : cases) {
    CAPTURE(each.final);
    CrawlResult result;
    result.job.kind = JobKind::page;
    result.job.url = parse_url(each.asked).value();
    Fetched fetched;
    fetched.final_url = parse_url(each.final).value();
    fetched.response.status = 200;
    fetched.response.content_type = "text/html";
    fetched.response.body = "<p>Welcome to the Ledger</p>";
    result.outcome = std::move(fetched);
    EntryHints hints;
    const Finished finished = parse_result(std::move(result), hints, MentionFinder{Watchlist{}});
    const auto* none = std::get_if<NoArticle>(&finished.parsed);
    CHECK((none != nullptr && none->next == NoArticle::Next::leads_home) == each.gone);
  }
}

TEST_CASE("a page is never a part of one: 226 is asked for again") {
  const Finished finished = parsed(JobKind::page, 226);
  const auto* none = std::get_if<NoArticle>(&finished.parsed);
  REQUIRE(none != nullptr);
  CHECK(none->next == NoArticle::Next::retry);
}

}  // namespace stakeout
