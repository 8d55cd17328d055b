#include "crawler/proxy.h"

#include <future>

#include <doctest/doctest.h>

#include "crawler/crawler.h"
#include "crawler/fetcher_curl.h"
#include "crawler/host_memory.h"
#include "tests/support/clocks.h"
#include "tests/support/loopback_server.h"
#include "tests/support/socks_proxy.h"

namespace stakeout {
namespace {

const RealClock real_clock;

FetchResult fetch(Fetcher& fetcher, const std::string& url, const std::string& proxy) {
  FetchRequest request;
  request.url = parse_url(url).value();
  request.proxy = parse_proxy(proxy).value();
  std::promise<FetchResult> promise;
  fetcher.start(std::move(request),
                [&](FetchResult answer) { promise.set_value(std::move(answer)); });
  return promise.get_future().get();
}

}  // namespace

TEST_CASE("a proxy is a scheme, perhaps a user, a host and a port") {
  struct Case {
    std::string_view text;
    std::string_view read;  // empty: it is none
  };
  const Case cases[] = {
      {"http://proxy.example:3128", "http://proxy.example:3128"},
      {"https://proxy.example:443/", "https://proxy.example:443"},
      {"socks5h://127.0.0.1:9050", "socks5h://127.0.0.1:9050"},
      {"socks5://user:pa%20ss@tor:9050", "socks5h://user:pa%20ss@tor:9050"},
      {"http://[2001:db8::1]:8080", "http://[2001:db8::1]:8080"},
      {"", ""},
      {"proxy.example:3128", ""},
      {"socks4://proxy.example:1080", ""},
      {"http://proxy.example", ""},
      {"http://proxy.example:0", ""},
      {"http://proxy.example:70000", ""},
      {"http://proxy.example:3128/path", ""},
      {"http://user:two words@proxy.example:3128", ""},
      {"http://:3128", ""},
      {"http://pro xy:3128", ""},
      {"http://[proxy]:3128", ""},
  };
  for (const auto& [text, read] : cases) {
    CAPTURE(text);
    CHECK(parse_proxy(text).value_or("") == read);
  }
}

TEST_CASE("neither the printed form of a proxy nor a fault in one shows its password") {
  CHECK(without_password("http://user:secret@proxy:1") == "http://user:***@proxy:1");
  CHECK(without_password("http://user@proxy:1") == "http://user@proxy:1");
  CHECK(without_password("http://proxy:1") == "http://proxy:1");
  const auto faulty = parse_proxy("http://user:secret@proxy");
  REQUIRE_FALSE(faulty.has_value());
  CHECK(faulty.error().message.find("secret") == std::string::npos);
}

TEST_CASE("names are left to a SOCKS5 proxy, whichever of its schemes is written") {
  LoopbackServer server;
  const auto page = server.route("/page", {.body = "by proxy"});
  const SocksProxy proxy{server.port()};
  CurlFetcher fetcher{{}, real_clock};  // 127.0.0.1 itself may not be reached
  for (const std::string scheme : {"socks5", "socks5h"}) {
    CAPTURE(scheme);
    const auto answer = fetch(fetcher, "http://hidden.example/page",
                              scheme + "://reader:pass@127.0.0.1:" + std::to_string(proxy.port()));
    REQUIRE(answer.has_value());
    CHECK(answer->body == "by proxy");
  }
  CHECK(proxy.asked().front() == "hidden.example:80");
  CHECK(proxy.user() == "reader:pass");
  CHECK(page.last_request().headers.at("host") == "hidden.example");
}

TEST_CASE("an HTTP proxy is given the whole address, and its password to nobody else") {
  LoopbackServer proxy;
  const auto page = proxy.route("http://hidden.example/page", {.body = "by proxy"});
  CurlFetcher fetcher{{}, real_clock};
  const auto answer = fetch(fetcher, "http://hidden.example/page",
                            "http://reader:pass@127.0.0.1:" + std::to_string(proxy.port()));
  REQUIRE(answer.has_value());
  CHECK(answer->body == "by proxy");
  CHECK(page.last_request().headers.at("proxy-authorization") == "Basic cmVhZGVyOnBhc3M=");
  CHECK(page.last_request().headers.count("authorization") == 0);
}

TEST_CASE("the proxy of a job serves its robots.txt and its redirects; other jobs go without") {
  LoopbackServer server;  // direct, and what the proxy leads to
  const auto robots = server.route("/robots.txt", {.status = 404});
  const auto moved = server.route("/old", {.status = 302, .headers = {{"Location", "/new"}}});
  const auto page = server.route("/new", {.body = "here"});
  const SocksProxy proxy{server.port()};
  FetchOptions options;
  options.allow_private = {parse_address_range("127.0.0.0/8").value()};
  CurlFetcher fetcher{options, real_clock};
  HostMemory memory;
  CrawlerOptions crawl;
  crawl.per_host_delay = std::chrono::milliseconds{0};
  Crawler crawler{crawl, fetcher, real_clock, memory};

  CrawlJob hidden{.id = 1, .url = parse_url("http://hidden.example/old").value()};
  hidden.proxy = "socks5h://127.0.0.1:" + std::to_string(proxy.port());
  crawler.submit(hidden);
  crawler.submit({.id = 2, .url = parse_url(server.url("/new")).value()});
  crawler.finish();
  int fetched = 0;
  while (auto result = crawler.next()) {
    const auto* answer = std::get_if<Fetched>(&result->outcome);
    REQUIRE(answer != nullptr);
    CHECK(answer->response.body == "here");
    ++fetched;
  }
  CHECK(fetched == 2);
  CHECK(robots.hits() == 2);  // once by the proxy, once without
  for (const std::string& asked : proxy.asked()) CHECK(asked == "hidden.example:80");
}

}  // namespace stakeout
