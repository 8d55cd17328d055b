#include "crawler/fetcher_curl.h"

#include <future>
#include <string>

#include <doctest/doctest.h>
#include <zlib.h>

#include "tests/support/clocks.h"
#include "tests/support/loopback_server.h"

namespace stakeout {
namespace {

using namespace std::chrono_literals;

FetchOptions loopback_options() {
  FetchOptions options;
  options.user_agent = user_agent("1.0", "https://example.org/about");
  options.allow_private = {parse_address_range("127.0.0.0/8").value()};
  return options;
}

Result<FetchResponse> fetch(Fetcher& fetcher, FetchRequest request) {
  std::promise<Result<FetchResponse>> promise;
  fetcher.start(std::move(request),
                [&](Result<FetchResponse> answer) { promise.set_value(std::move(answer)); });
  return promise.get_future().get();
}

FetchRequest request_for(const std::string& address) {
  FetchRequest request;
  request.url = parse_url(address).value();
  return request;
}

std::string gzipped(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

const RealClock real_clock;

}  // namespace

TEST_CASE("a response carries what the server said, and the request what we have to say") {
  LoopbackServer server;
  CurlFetcher fetcher{loopback_options(), real_clock};
  const auto route = server.route(
      "/feed",
      {.headers = {{"ETag", "\"v1\""}, {"Content-Type", "application/xml"}}, .body = "<rss/>"});
  FetchRequest request = request_for(server.url("/feed?a=1"));
  request.accept = "application/xml";
  request.accept_delta = true;
  request.validators = {"W/\"v0\"", "Tue, 01 Oct 2024 00:00:00 GMT"};
  const auto answer = fetch(fetcher, request);
  REQUIRE(answer.has_value());
  CHECK(answer->status == 200);
  CHECK(answer->body == "<rss/>");
  CHECK(answer->validators.etag == "\"v1\"");
  CHECK(answer->content_type == "application/xml");
  CHECK(answer->address == "127.0.0.1");
  CHECK(answer->head.starts_with("HTTP/1.1 200 Answer\r\n"));

  auto headers = route.last_request().headers;
  CHECK(route.last_request().target == "/feed?a=1");
  CHECK(headers["if-none-match"] == "W/\"v0\"");
  CHECK(headers["if-modified-since"] == "Tue, 01 Oct 2024 00:00:00 GMT");
  CHECK(headers["accept"] == "application/xml");
  CHECK(headers["a-im"] == "feed");
  CHECK(headers["accept-encoding"] == "gzip, br, zstd");
  CHECK(headers["user-agent"] == "stakeout/1.0 (+https://example.org/about)");
}

TEST_CASE("a part of a feed is asked for only when the server can tell which part") {
  LoopbackServer server;
  CurlFetcher fetcher{loopback_options(), real_clock};
  const auto route = server.route("/feed", {.body = "<rss/>"});
  FetchRequest request = request_for(server.url("/feed"));
  request.accept_delta = true;
  request.validators.last_modified = "Tue, 01 Oct 2024 00:00:00 GMT";
  REQUIRE(fetch(fetcher, request).has_value());
  CHECK_FALSE(route.last_request().headers.contains("a-im"));
}

TEST_CASE("without a contact the User-Agent names only the program") {
  CHECK(user_agent("1.0", "") == "stakeout/1.0");
  CHECK(user_agent("1.0", "ops@example.org\r\nX: y") == "stakeout/1.0 (+ops@example.orgX: y)");
}

TEST_CASE("a redirect is an answer, and connections are kept") {
  LoopbackServer server;
  CurlFetcher fetcher{loopback_options(), real_clock};
  const auto route = server.route("/a", {.status = 301, .headers = {{"Location", "/b"}}});
  for (int i = 0; i < 3; ++i) {
    const auto answer = fetch(fetcher, request_for(server.url("/a")));
    REQUIRE(answer.has_value());
    CHECK(answer->status == 301);
    CHECK(answer->location == "/b");
  }
  CHECK(route.hits() == 3);
  CHECK(server.connections() == 1);
}

TEST_CASE("an address that is not public is refused before it is connected to") {
  LoopbackServer server;
  FetchOptions options = loopback_options();
  options.allow_private = {parse_address_range("127.0.0.0/8:1").value()};
  CurlFetcher fetcher{options, real_clock};
  const std::string port = std::to_string(server.port());
  for (const std::string host : {"127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "0",
                                 "[::ffff:127.0.0.1]", "127.1", "news.localhost"}) {
    CAPTURE(host);
    const auto answer = fetch(fetcher, request_for("http://" + host + ":" + port + "/"));
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().message.find("is not public") != std::string::npos);
  }
  CHECK(server.connections() == 0);
}

TEST_CASE("a proxy is not asked for what the URL shows to be not public") {
  LoopbackServer proxy;
  FetchOptions options = loopback_options();
  options.proxy = proxy.url("");
  options.allow_private = {parse_address_range("127.0.0.0/8:1").value()};
  CurlFetcher fetcher{options, real_clock};
  for (const std::string host :
       {"127.0.0.1", "127.0.0.1.", "127.1.", "2130706433", "2130706433.", "[::1]", "localhost",
        "localhost.", "LOCALHOST.", "news.localhost", "news.localhost.", "10.0.0.1."}) {
    CAPTURE(host);
    const auto answer = fetch(fetcher, request_for("http://" + host + "/"));
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().message.find("is not public") != std::string::npos);
  }
  CHECK(proxy.connections() == 0);
  for (const std::string host : {"news.example", "notlocalhost", "localhost.example."}) {
    CAPTURE(host);
    CHECK(fetch(fetcher, request_for("http://" + host + "/")).has_value());
  }
  CHECK(proxy.connections() > 0);
}

TEST_CASE("a body is bounded however it is sent") {
  LoopbackServer server;
  CurlFetcher fetcher{loopback_options(), real_clock};
  const std::string large(3U << 20U, 'x');
  const auto plain = server.route("/plain", {.body = large});
  const auto endless = server.route("/endless", {.body = large, .endless = true});
  const auto bomb =
      server.route("/bomb", {.headers = {{"Content-Encoding", "gzip"}}, .body = gzipped(large)});
  for (const char* path : {"/plain", "/endless", "/bomb"}) {
    CAPTURE(path);
    FetchRequest request = request_for(server.url(path));
    request.max_body = 1U << 20U;
    CHECK_FALSE(fetch(fetcher, request).has_value());

    request.cut_long_body = true;
    const auto cut = fetch(fetcher, request);
    REQUIRE(cut.has_value());
    CHECK(cut->body.size() == 1U << 20U);
  }
}

TEST_CASE("half a document is an error") {
  LoopbackServer server;
  CurlFetcher fetcher{loopback_options(), real_clock};
  const std::string packed = gzipped("one two three");
  const auto shorter = server.route("/short", {.body = "half", .claimed_length = 100});
  const auto half = server.route("/half", {.headers = {{"Content-Encoding", "gzip"}},
                                           .body = packed.substr(0, packed.size() - 4)});
  const auto nothing = server.route("/nothing", {.hang_up = true});
  for (const char* path : {"/short", "/half", "/nothing"}) {
    CAPTURE(path);
    CHECK_FALSE(fetch(fetcher, request_for(server.url(path))).has_value());
  }
}

TEST_CASE("a server that keeps silent is given up") {
  LoopbackServer server;
  FetchOptions options = loopback_options();
  options.timeout = 300ms;
  CurlFetcher fetcher{options, real_clock};
  const auto route = server.route("/", {.body = "never", .silent_after_head = true});
  CHECK_FALSE(fetch(fetcher, request_for(server.url("/"))).has_value());
}

TEST_CASE("exchanges under way end with an error when the fetcher ends") {
  LoopbackServer server;
  const auto route = server.route("/", {.delay = 60'000ms});
  std::promise<Result<FetchResponse>> promise;
  {
    CurlFetcher fetcher{loopback_options(), real_clock};
    fetcher.start(request_for(server.url("/")),
                  [&](Result<FetchResponse> answer) { promise.set_value(std::move(answer)); });
  }
  CHECK_FALSE(promise.get_future().get().has_value());
}

}  // namespace stakeout
