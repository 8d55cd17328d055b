// Digests by webhook, push and Atom file, against a server on this machine and a folder.
#include <fstream>
#include <sstream>
#include <thread>

#include <doctest/doctest.h>

#include "alerts/atom_file.h"
#include "alerts/push.h"
#include "alerts/webhook.h"
#include "tests/support/loopback_server.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

using Outcome = SendResult::Outcome;
using std::chrono::milliseconds;

constexpr milliseconds limit{10'000};
const Timestamp now{1'728'284'400};

OutgoingDigest outgoing(const std::string& to) {
  OutgoingDigest out;
  DigestLine line;
  line.text = "Lantern Works — Rail Police: <b>USD 2,000,000</b>";
  line.facts = {"status signed"};
  line.quote = "\"Signed\"\r\nX-Evil: 1";
  line.url = "https://example.org/a?b=1&c=2";
  line.story = 7;
  out.digest.subject = "Lantern Works / Rail Police: Größe\r\nX-Evil: 1";
  out.digest.sections = {{"New contracts", {{"", {line}}}}};
  out.digest.alerts = 1;
  out.name = "desk & co";
  out.recipient = to;
  out.message_id = "<d.20241007T070000Z.0123@example.org>";
  out.made_at = now;
  out.max_bytes = 90'000;
  return out;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ostringstream out;
  out << std::ifstream{file}.rdbuf();
  return out.str();
}

SendResult post_hook(const std::string& url, const std::string& secret = {}) {
  WebhookChannel channel{secret, [] { return now; }, limit};
  return channel.send(outgoing(url), {});
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

}  // namespace

TEST_CASE("the signature is the one of RFC 4231") {
  CHECK(signature_of("what do ya want for nothing?", "Jefe") ==
        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("a webhook gets one object, signed, with its time and the key of its message") {
  LoopbackServer server;
  const auto route = server.route("/hook", ServedResponse{.status = 204});
  CHECK(post_hook(server.url("/hook"), "secret").outcome == Outcome::done);
  ServedRequest request = route.last_request();
  CHECK(request.method == "POST");
  CHECK(request.headers["content-type"] == "application/json");
  CHECK(request.headers["idempotency-key"] == "<d.20241007T070000Z.0123@example.org>");
  CHECK(request.headers["x-stakeout-timestamp"] == std::to_string(now.seconds));
  CHECK(request.headers["x-stakeout-signature"] == signature_of(request.body, "secret"));
  CHECK(request.body == webhook_body(outgoing(""), now));
  CHECK(has(request.body, R"("sent_at":"2024-10-07T07:00:00Z")"));
  CHECK(has(request.body, R"("quote":"\"Signed\" X-Evil: 1")"));
  CHECK(has(request.body, R"("story":7)"));
}

TEST_CASE("a webhook without a secret is not signed") {
  LoopbackServer server;
  const auto route = server.route("/hook", ServedResponse{});
  CHECK(post_hook(server.url("/hook")).outcome == Outcome::done);
  CHECK_FALSE(route.last_request().headers.contains("x-stakeout-signature"));
}

TEST_CASE("what a receiver answers decides whether the message is tried again") {
  struct Case {
    int status;
    Outcome outcome;
  };
  const Case cases[] = {{200, Outcome::done},  {202, Outcome::done},  {302, Outcome::never},
                        {400, Outcome::never}, {401, Outcome::later}, {404, Outcome::later},
                        {413, Outcome::never}, {429, Outcome::later}, {500, Outcome::later},
                        {503, Outcome::later}};
  for (const Case& each : cases) {
    CAPTURE(each.status);
    LoopbackServer server;
    ServedResponse response{.status = each.status, .body = "words of its own"};
    response.headers = {{"Location", server.url("/elsewhere")}};
    const auto route = server.route("/hook", response);
    const auto elsewhere = server.route("/elsewhere", ServedResponse{});
    const SendResult result = post_hook(server.url("/hook"));
    CHECK(result.outcome == each.outcome);
    CHECK(elsewhere.hits() == 0);
    if (each.outcome != Outcome::done) CHECK(has(result.why, "words of its own"));
  }
}

TEST_CASE("a receiver that dies may have got the message, and one that is not there has not") {
  std::string gone;
  {
    LoopbackServer server;
    const auto route = server.route("/hook", ServedResponse{.hang_up = true});
    const SendResult result = post_hook(server.url("/hook"));
    CHECK(result.outcome == Outcome::later);
    CHECK(result.may_have_arrived);
    gone = server.url("/hook");
  }
  const SendResult result = post_hook(gone);
  CHECK(result.outcome == Outcome::not_reached);
  CHECK_FALSE(result.may_have_arrived);
}

TEST_CASE("a push is a short text, and a subject adds no header to it") {
  LoopbackServer server;
  const auto route = server.route("/topic", ServedResponse{});
  PushChannel channel{"tk_1", limit};
  CHECK(channel.send(outgoing(server.url("/topic")), {}).outcome == Outcome::done);
  ServedRequest request = route.last_request();
  CHECK(has(request.headers["title"], "=?"));
  CHECK_FALSE(request.headers.contains("x-evil"));
  CHECK(request.headers["click"] == "https://example.org/a?b=1&c=2");
  CHECK(request.headers["priority"] == "3");
  CHECK(request.headers["authorization"] == "Bearer tk_1");
  CHECK(request.body == "New contracts\n- Lantern Works — Rail Police: <b>USD 2,000,000</b>\n");
}

TEST_CASE("a push of a long digest stays short and counts the rest") {
  OutgoingDigest digest = outgoing("https://push.example/topic");
  auto& lines = digest.digest.sections[0].groups[0].lines;
  lines.resize(100, lines.front());
  const WebPost post = push_of(digest);
  CHECK(post.body.size() <= 2'000);
  CHECK(has(post.body, "more lines did not fit"));
}

TEST_CASE("only plain web addresses can be posted to") {
  for (const char* url : {"http://127.0.0.1:8080/x", "https://example.org"}) {
    CAPTURE(url);
    CHECK(check_post_url(url).has_value());
  }
  for (const char* url :
       {"", "example.org/x", "ftp://example.org/", "http://", "file:///etc/passwd",
        "https://ann:pw@example.org/", "https://example.org/a b"}) {
    CAPTURE(url);
    CHECK_FALSE(check_post_url(url).has_value());
  }
}

TEST_CASE("a feed has the latest messages, each once, under ids that stay") {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "desk.atom").string();
  AtomChannel channel;
  OutgoingDigest digest = outgoing(file);
  REQUIRE(channel.send(digest, {}).outcome == Outcome::done);
  const std::string first = bytes_of(file);
  CHECK(is_our_atom(first));
  CHECK(has(first, "<title>Stakeout: desk &amp; co</title>"));
  CHECK(has(first, "<id>mid:d.20241007T070000Z.0123@example.org</id>"));
  CHECK(has(first, "&amp;lt;b&amp;gt;USD"));
  REQUIRE(channel.send(digest, {}).outcome == Outcome::done);
  CHECK(bytes_of(file) == first);
  for (int i = 0; i < 60; ++i) {
    digest.message_id = "<d." + std::to_string(i) + "@example.org>";
    REQUIRE(channel.send(digest, {}).outcome == Outcome::done);
  }
  const std::string last = bytes_of(file);
  CHECK(count_of(last, "\n<entry>\n") == most_messages);
  CHECK(last.find("mid:d.59@") < last.find("mid:d.58@"));
  CHECK_FALSE(has(last, "mid:d.9@"));
}

TEST_CASE("a file that is no feed of ours is left alone, and a folder that is not there told of") {
  const TemporaryFolder folder;
  const auto file = folder.write("notes.txt", "mine");
  AtomChannel channel;
  CHECK(channel.send(outgoing(file.string()), {}).outcome == Outcome::never);
  CHECK(bytes_of(file) == "mine");
  const SendResult result = channel.send(outgoing("/nowhere/at/all.atom"), {});
  CHECK(result.outcome == Outcome::not_reached);
  CHECK(has(result.why, "/nowhere/at/all.atom"));
}

}  // namespace stakeout
