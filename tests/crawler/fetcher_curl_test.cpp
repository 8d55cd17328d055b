#include "crawler/fetcher_curl.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <string>

#include <doctest/doctest.h>
#include <zlib.h>

#include "crawler/crawler.h"
#include "crawler/host_memory.h"
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

FetchResult fetch(Fetcher& fetcher, FetchRequest request) {
  std::promise<FetchResult> promise;
  fetcher.start(std::move(request),
                [&](FetchResult answer) { promise.set_value(std::move(answer)); });
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

// Hands everything on, and counts the memory that bodies were granted at once; what was not asked
// for counts as the 1 MiB that an exchange has anyhow.
class CountingFetcher final : public Fetcher {
 public:
  explicit CountingFetcher(Fetcher& inner) : inner_{inner} {}

  void start(FetchRequest request, Done done) override {
    auto held = std::make_shared<std::size_t>(0);
    count(*held, own);
    request.grow = [this, held, ask = request.grow](std::size_t bytes) {
      const Growth growth = ask(bytes);
      if (growth == Growth::granted) count(*held, std::max(bytes, own));
      return growth;
    };
    inner_.start(std::move(request), [this, held, done](FetchResult answer) {
      count(*held, 0);
      done(std::move(answer));
    });
  }
  void resume() override { inner_.resume(); }

  [[nodiscard]] std::size_t most() const {
    const std::lock_guard lock{mutex_};
    return most_;
  }

 private:
  static constexpr std::size_t own = 1U << 20U;

  void count(std::size_t& held, std::size_t bytes) {
    const std::lock_guard lock{mutex_};
    open_ += bytes - held;
    held = bytes;
    most_ = std::max(most_, open_);
  }

  Fetcher& inner_;
  mutable std::mutex mutex_;  // guards what follows
  std::size_t open_ = 0;
  std::size_t most_ = 0;
};

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
    CHECK(answer.error().kind == FaultKind::refused);
  }
  CHECK(server.connections() == 0);
}

TEST_CASE("a proxy is not asked for what the URL shows to be not public") {
  LoopbackServer proxy;
  FetchOptions options = loopback_options();
  options.allow_private = {parse_address_range("127.0.0.0/8:1").value()};
  CurlFetcher fetcher{options, real_clock};
  const auto by_proxy = [&](const std::string& url) {
    FetchRequest request = request_for(url);
    request.proxy = proxy.url("");
    return request;
  };
  for (const std::string host :
       {"127.0.0.1", "127.0.0.1.", "127.1.", "2130706433", "2130706433.", "[::1]", "localhost",
        "localhost.", "LOCALHOST.", "news.localhost", "news.localhost.", "10.0.0.1."}) {
    CAPTURE(host);
    const auto answer = fetch(fetcher, by_proxy("http://" + host + "/"));
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().message.find("is not public") != std::string::npos);
    CHECK(answer.error().kind == FaultKind::refused);
  }
  CHECK(proxy.connections() == 0);
  for (const std::string host : {"news.example", "notlocalhost", "localhost.example."}) {
    CAPTURE(host);
    CHECK(fetch(fetcher, by_proxy("http://" + host + "/")).has_value());
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
    const auto answer = fetch(fetcher, request);
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().kind == FaultKind::too_long);

    request.cut_long_body = true;
    const auto cut = fetch(fetcher, request);
    REQUIRE(cut.has_value());
    CHECK(cut->body.size() == 1U << 20U);
  }
}

TEST_CASE("a body pauses until there is room for it, or ends when there will be none") {
  LoopbackServer server;
  CurlFetcher fetcher{loopback_options(), real_clock};
  const std::string large(3U << 20U, 'x');
  const auto route = server.route("/large", {.body = large});
  std::atomic<int> refusals = 3;
  std::atomic<std::size_t> most = 0;
  FetchRequest request = request_for(server.url("/large"));
  request.grow = [&](std::size_t bytes) {
    if (bytes > 1U << 20U && refusals > 0) {
      --refusals;
      fetcher.resume();
      return Growth::wait;
    }
    most = std::max(most.load(), bytes);
    return Growth::granted;
  };
  const auto answer = fetch(fetcher, request);
  REQUIRE(answer.has_value());
  CHECK(answer->body == large);
  CHECK(answer->body.capacity() <= most);
  CHECK(refusals == 0);

  request.grow = [](std::size_t bytes) {
    return bytes > 1U << 20U ? Growth::refused : Growth::granted;
  };
  const auto refused = fetch(fetcher, request);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().message.find("no room") != std::string::npos);
}

TEST_CASE("endless answers on all connections at once stay within max_open_bytes, and all end") {
  constexpr int count = 32;
  constexpr std::size_t mib = 1U << 20U;
  LoopbackServer server;
  const auto robots = server.route("/robots.txt", {.status = 404});
  const auto endless = server.route("/", {.body = std::string(100'000, 'x'), .endless = true});
  CurlFetcher network{loopback_options(), real_clock};
  CountingFetcher fetcher{network};
  HostMemory memory;
  const CrawlerOptions options{.connections = count,
                               .per_host_connections = count,
                               .per_host_delay = 0ms,
                               .max_feed_body = 2 * mib,
                               .max_page_body = 2 * mib,
                               .max_open_bytes = (count + 12) * mib};
  Crawler crawler{options, fetcher, real_clock, memory};
  for (int i = 0; i < count; ++i) {
    crawler.submit({.kind = JobKind::feed, .id = i, .url = parse_url(server.url("/")).value()});
  }
  crawler.finish();
  int ended = 0;
  while (const auto result = crawler.next()) {
    ++ended;
    const auto* failure = std::get_if<FetchFailure>(&result->outcome);
    REQUIRE(failure != nullptr);
    CHECK(failure->error.message == "the answer is longer than 2097152 bytes");
    CHECK(failure->error.kind == FaultKind::too_long);
  }
  CHECK(ended == count);
  CHECK(fetcher.most() > count * mib);  // there was a crowd
  CHECK(fetcher.most() <= options.max_open_bytes);
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

TEST_CASE("an answer that contradicts itself, or was not asked for, is an error") {
  LoopbackServer server;
  CurlFetcher fetcher{loopback_options(), real_clock};
  const auto lengths =
      server.route("/lengths", {.headers = {{"Content-Length", "2"}}, .body = "half"});
  const auto coding =
      server.route("/coding", {.headers = {{"Transfer-Encoding", "gzip"}}, .body = "half"});
  const auto unchanged = server.route("/unchanged", {.status = 304});
  for (const char* path : {"/lengths", "/coding", "/unchanged"}) {
    CAPTURE(path);
    const auto answer = fetch(fetcher, request_for(server.url(path)));
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().kind == FaultKind::answered);
  }
  FetchRequest request = request_for(server.url("/unchanged"));
  request.validators.etag = "\"v1\"";
  CHECK(fetch(fetcher, request).has_value());
}

TEST_CASE("a feed that is a gzip file is unpacked when that is wanted") {
  LoopbackServer server;
  CurlFetcher fetcher{loopback_options(), real_clock};
  const auto route = server.route("/feed.xml.gz", {.body = gzipped("<rss/>")});
  FetchRequest request = request_for(server.url("/feed.xml.gz"));
  CHECK(fetch(fetcher, request)->body == gzipped("<rss/>"));
  request.unpack_files = true;
  CHECK(fetch(fetcher, request)->body == "<rss/>");
}

TEST_CASE("a kept connection that dies unasked is replaced") {
  LoopbackServer server;
  CurlFetcher fetcher{loopback_options(), real_clock};
  int count = 0;
  const auto route = server.route("/", [&](const ServedRequest&) -> ServedResponse {
    ++count;
    return count == 2 ? ServedResponse{.hang_up = true} : ServedResponse{.body = "here"};
  });
  CHECK(fetch(fetcher, request_for(server.url("/")))->body == "here");
  CHECK(fetch(fetcher, request_for(server.url("/")))->body == "here");
  CHECK(route.hits() == 3);
}

TEST_CASE("failures are told in words for a person") {
  LoopbackServer server;
  FetchOptions options = loopback_options();
  options.timeout = 300ms;
  CurlFetcher fetcher{options, real_clock};
  const auto silent = server.route("/silent", {.body = "never", .silent_after_head = true});
  const auto closed = server.route("/closed", {.hang_up = true});
  const auto long_headers =
      server.route("/long", {.headers = {{"X-Long", std::string(200'000, 'x')}}});
  const auto bad_chunks = server.route(
      "/chunks", {.headers = {{"Transfer-Encoding", "chunked"}}, .body = "no number\r\n"});
  const std::string port = std::to_string(server.port());
  struct Case {
    std::string address;
    std::string message;
    FaultKind kind;
  };
  const Case cases[] = {
      {server.url("/silent"),
       "127.0.0.1 did not finish its answer within 300 ms (see timeout in the settings)",
       FaultKind::answered},
      {server.url("/closed"), "127.0.0.1 broke off the connection without an answer",
       FaultKind::no_answer},
      {server.url("/long"), "a header of the answer is too long", FaultKind::answered},
      {server.url("/chunks"), "what 127.0.0.1, port " + port + " answers is damaged, or not HTTP",
       FaultKind::answered},
      {"http://127.0.0.1:1/", "no connection to 127.0.0.1, port 1 (Connection refused)",
       FaultKind::no_answer},
      {"https://127.0.0.1:" + port + "/",
       "no encrypted connection to 127.0.0.1, port " + port + " within 300 ms",
       FaultKind::no_answer},
  };
  for (const auto& [address, message, kind] : cases) {
    CAPTURE(address);
    const auto answer = fetch(fetcher, request_for(address));
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().message == message);
    CHECK(answer.error().kind == kind);
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
  std::promise<FetchResult> promise;
  {
    CurlFetcher fetcher{loopback_options(), real_clock};
    fetcher.start(request_for(server.url("/")),
                  [&](FetchResult answer) { promise.set_value(std::move(answer)); });
  }
  CHECK_FALSE(promise.get_future().get().has_value());
}

}  // namespace stakeout
