#include "app/crawl/feed_check.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "app/crawl/network_options.h"
#include "crawler/status_words.h"
#include "tests/support/clocks.h"
#include "tests/support/loopback_server.h"
#include "tests/support/socks_proxy.h"

namespace stakeout {
namespace {

const RealClock real_clock;

std::string rss(const std::string& item_link) {
  std::string items;
  for (const char* const day : {"05", "03", "01"}) {
    items += "<item><guid>" + std::string{day} + "</guid><title>t</title><link>" + item_link + day +
             "</link><pubDate>" + day + " Sep 2024 00:00:00 GMT</pubDate></item>";
  }
  return "<rss version=\"2.0\"><channel><title>T</title>" + items + "</channel></rss>";
}

// Checks these paths of the server, whose address alone may be reached.
std::vector<FeedCheck> checked(const LoopbackServer& server, const std::vector<std::string>& paths,
                               const std::vector<FeedSettings>& feeds = {}) {
  FetchSettings settings;
  settings.connections = 4;
  settings.per_host_connections = 2;
  settings.timeout = std::chrono::seconds{20};
  settings.max_body = 1 << 20;
  settings.allow_private = {"127.0.0.1:" + std::to_string(server.port())};
  std::vector<Url> urls;
  for (const std::string& path : paths)
    urls.push_back(parse_url(path.starts_with('/') ? server.url(path) : path).value());
  CurlFetcher fetcher{fetch_options(settings), real_clock};
  std::size_t last = 0;
  auto checks =
      check_feeds(urls, settings, Proxies{feeds}, fetcher, real_clock, [&](std::size_t done) {
        CHECK(done == last + 1);
        last = done;
      });
  CHECK(last == urls.size());
  return checks;
}

}  // namespace

TEST_CASE("a check says of each address what came, and asks for each once") {
  LoopbackServer server;
  const auto plain = server.route("/rss", {.headers = {{"Content-Type", "application/rss+xml"},
                                                       {"ETag", "\"v1\""},
                                                       {"Cache-Control", "max-age=40000"}},
                                           .body = rss(server.url("/open/"))});
  const auto atom = server.route(
      "/atom",
      {.headers = {{"Last-Modified", "Sat, 07 Sep 2024 03:04:05 GMT"}},
       .body = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>A</title><id>a</id></feed>"});
  const auto json = server.route(
      "/json",
      {.headers = {{"Content-Type", "application/feed+json"}},
       .body = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"J\",\"items\":"
               "[{\"id\":\"1\",\"url\":\"" +
               server.url("/closed/1") + "\",\"content_text\":\"x\"}]}"});
  const auto page =
      server.route("/page", {.headers = {{"Content-Type", "text/html"}},
                             .body = "<!DOCTYPE html><html><head><link rel=\"alternate\" "
                                     "type=\"application/rss+xml\" href=\"/rss\"></head></html>"});
  const auto moved =
      server.route("/moved", {.status = 301, .headers = {{"Location", server.url("/rss2")}}});
  const auto there = server.route("/rss2", {.body = rss(server.url("/closed/"))});
  const auto robots =
      server.route("/robots.txt", {.body = "User-agent: *\nDisallow: /closed/\nDisallow: /rss\n"});

  const auto checks = checked(server, {"/rss", "/atom", "/json", "/page", "/none", "/moved"});
  REQUIRE(checks.size() == 6);

  CHECK(checks[0].is_good);
  CHECK(checks[0].outcome == "a feed");
  CHECK(checks[0].status == 200);
  CHECK(checks[0].format == "rss2.0");
  CHECK(checks[0].entries == 3);
  CHECK(checks[0].newest == make_timestamp(2024, 9, 5));
  CHECK(checks[0].validators.etag == "\"v1\"");
  CHECK(checks[0].robots == "allows the pages");
  CHECK(checks[0].interval == 40'000);  // too few entries to tell; the server's max-age
  CHECK(checks[0].encoding == "UTF-8");
  CHECK(checks[0].bytes == rss(server.url("/open/")).size());

  CHECK(checks[1].outcome == "a feed without entries");
  CHECK(checks[1].format == "atom1.0");
  CHECK(checks[1].interval == 3'600);
  CHECK(checks[1].robots == "no page to ask about");
  CHECK_FALSE(checks[1].newest.has_value());

  CHECK(checks[2].format == "json1.1");
  CHECK(checks[2].robots == "forbids the pages");

  CHECK_FALSE(checks[3].is_good);
  CHECK(checks[3].offers == std::vector<std::string>{server.url("/rss")});
  CHECK(checks[3].outcome.find("points to the feed " + server.url("/rss")) != std::string::npos);

  CHECK(checks[4].outcome ==
        "there is nothing at this address (HTTP 404); what to do: look on the site for the new "
        "address");
  CHECK(checks[4].status == 404);

  CHECK(checks[5].is_good);
  CHECK(checks[5].final_url == server.url("/rss2"));
  CHECK(checks[5].moved_for_good);
  CHECK(checks[5].outcome == "a feed; it has moved for good to " + server.url("/rss2"));

  for (const auto* const route : {&plain, &atom, &json, &page, &moved, &there, &robots})
    CHECK(route->hits() == 1);
}

TEST_CASE("a check goes by the proxy of its feed, and asks about its pages by it") {
  LoopbackServer server;  // direct, and what the proxy leads to
  const auto direct = server.route("/direct", {.body = rss(server.url("/a/"))});
  const auto hidden = server.route("/hidden", {.body = rss("http://hidden.example/b/")});
  const auto robots = server.route("/robots.txt", {.body = "User-agent: *\nDisallow: /b/\n"});
  const SocksProxy proxy{server.port()};
  const FeedSettings feed{"http://hidden.example/hidden",
                          "socks5h://127.0.0.1:" + std::to_string(proxy.port()), "", ""};
  const auto checks = checked(server, {"/direct", feed.url}, {feed});
  for (const FeedCheck& check : checks) CHECK_MESSAGE(check.is_good, check.outcome);
  CHECK(checks[0].robots == "allows the pages");
  CHECK(checks[1].robots == "forbids the pages");
  CHECK(robots.hits() == 2);
  REQUIRE_FALSE(proxy.asked().empty());
  for (const std::string& asked : proxy.asked()) CHECK(asked == "hidden.example:80");
}

TEST_CASE("a check names the interval that a crawl would poll the feed by") {
  std::string items;
  const Timestamp now = real_clock.now();
  for (int i = 0; i < 8; ++i) {
    items += "<item><guid>" + std::to_string(i) + "</guid><pubDate>" +
             to_rfc3339(now + -std::int64_t{i} * 10'000) + "</pubDate></item>";
  }
  LoopbackServer server;
  const auto lively = server.route(
      "/lively",
      {.body = "<rss version=\"2.0\"><channel><title>T</title>" + items + "</channel></rss>"});
  const auto busy = server.route("/busy", {.status = 503, .headers = {{"Retry-After", "120"}}});
  const auto checks = checked(server, {"/lively", "/busy"});
  CHECK(lively.hits() + busy.hits() == 2);
  CHECK(checks[0].interval == 4'000);
  CHECK(checks[1].outcome.starts_with(status_words(503).fault + "; it asks for a pause of 120"));
}

TEST_CASE("a check does not reach a private address that nobody allowed") {
  LoopbackServer allowed;
  LoopbackServer hidden;
  const auto secret = hidden.route("/feed", {.body = rss(hidden.url("/"))});
  const auto redirect =
      allowed.route("/feed", {.status = 302, .headers = {{"Location", hidden.url("/feed")}}});
  const auto checks = checked(allowed, {hidden.url("/feed"), "/feed"});
  for (const FeedCheck& check : checks) {
    CHECK_FALSE(check.is_good);
    CHECK_MESSAGE(check.outcome.find("is not public") != std::string::npos, check.outcome);
  }
  CHECK(checks[1].final_url == hidden.url("/feed"));
  CHECK(secret.hits() == 0);
}

}  // namespace stakeout
