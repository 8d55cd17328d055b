// What the service tells programs that watch it, and how they ask.
#include "app/service/metrics.h"

#include <cstdlib>
#include <list>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>
#include <httplib.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/descriptor.h"
#include "app/service/metrics_server.h"
#include "tests/storage/alert_store.h"
#include "tests/support/loopback_server.h"

namespace stakeout {
namespace {

// A reader of the OpenMetrics text format (1.0, "Text Format"), as far as what it allows goes that
// is needed here: it takes nothing that the standard does not.
class OpenMetrics {
 public:
  explicit OpenMetrics(const std::string& text) {
    REQUIRE(text.ends_with("# EOF\n"));
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      REQUIRE_FALSE(is_over_);
      read(line);
    }
    CHECK(is_over_);
  }

  // The sample with this name and labels, as it is written.
  [[nodiscard]] double value(const std::string& sample) const {
    CAPTURE(sample);
    REQUIRE(samples_.contains(sample));
    return samples_.at(sample);
  }
  [[nodiscard]] bool has(const std::string& sample) const { return samples_.contains(sample); }

 private:
  void read(const std::string& line) {
    if (line == "# EOF") {
      is_over_ = true;
    } else if (line.starts_with("# ")) {
      read_descriptor(line.substr(2));
    } else {
      read_sample(line);
    }
  }

  void read_descriptor(const std::string& line) {
    std::istringstream words{line};
    std::string sort;
    std::string name;
    std::string rest;
    words >> sort >> name >> std::ws;
    std::getline(words, rest);
    CHECK(std::set<std::string>{"TYPE", "UNIT", "HELP"}.contains(sort));
    REQUIRE_FALSE(rest.empty());
    if (sort == "TYPE") {
      CHECK(families_.insert(name).second);  // one family's lines stand together
      family_ = name;
      type_ = rest;
      CHECK(std::set<std::string>{"counter", "gauge", "info"}.contains(rest));
    }
    CHECK(name == family_);
    if (sort == "UNIT") CHECK(name.ends_with("_" + rest));
  }

  void read_sample(const std::string& line) {
    const std::size_t gap = line.rfind(' ');
    REQUIRE(gap != std::string::npos);
    const std::string sample = line.substr(0, gap);
    const std::string name = sample.substr(0, sample.find('{'));
    CHECK(name == family_ + (type_ == "counter" ? "_total" : type_ == "info" ? "_info" : ""));
    char* end = nullptr;
    const std::string number = line.substr(gap + 1);
    const double value = std::strtod(number.c_str(), &end);
    CHECK(*end == '\0');
    CHECK(samples_.emplace(sample, value).second);
  }

  std::set<std::string> families_;
  std::map<std::string, double> samples_;
  std::string family_;
  std::string type_;
  bool is_over_ = false;
};

CrawlReport report_of(std::size_t feeds, std::size_t articles) {
  CrawlReport report;
  report.feeds_done = feeds;
  report.articles = articles;
  report.alerts_raised = 3;
  report.failed_feeds.push_back({"https://a.example/feed", "it is not there"});
  return report;
}

int mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return static_cast<int>(status.st_mode & 0777U);
}

// A socket of the file system that somebody bound, and nobody listens on any more.
void leave_behind(const std::string& path) {
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  ::close(socket);
}

// A server on a socket in a folder of the test's.
struct Watched {
  [[nodiscard]] auto start() {
    return MetricsServer::start(
        {{}, 0, socket}, {[] { return std::string{"# EOF\n"}; }, [this] { return trouble; }});
  }
  [[nodiscard]] httplib::Result get(const std::string& path) const {
    httplib::Client client{socket};
    client.set_address_family(AF_UNIX);
    return client.Get(path);
  }
  // 0: no answer came.
  [[nodiscard]] int status(const std::string& path) const {
    const auto answer = get(path);
    return answer ? answer->status : 0;
  }

  TemporaryFolder folder;
  std::string socket = (folder.path() / "metrics.sock").string();
  std::string trouble;
};

// Somebody who asks, and takes his time.
class Client {
 public:
  explicit Client(const std::string& path)
      : socket_{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    REQUIRE(::connect(socket_.number(), reinterpret_cast<const sockaddr*>(&address),
                      sizeof address) == 0);
  }

  void say(std::string_view bytes) const {
    CHECK(::send(socket_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
          static_cast<ssize_t>(bytes.size()));
  }
  // Waits for what comes, and says whether that is the end, without an answer.
  [[nodiscard]] bool is_at_end() const {
    char byte = 0;
    return has_news(10'000) && ::recv(socket_.number(), &byte, 1, 0) <= 0;
  }
  // What comes back, to the end.
  [[nodiscard]] std::string answer_to(std::string_view request) const {
    say(request);
    std::string answer;
    char bytes[1024];
    for (ssize_t count = 0; (count = ::recv(socket_.number(), bytes, sizeof bytes, 0)) > 0;)
      answer.append(bytes, static_cast<std::size_t>(count));
    return answer;
  }

 private:
  [[nodiscard]] bool has_news(int milliseconds) const {
    pollfd wait{socket_.number(), POLLIN, 0};
    return ::poll(&wait, 1, milliseconds) == 1;
  }

  const Descriptor socket_;
};

}  // namespace

TEST_CASE("only addresses of this machine are taken for metrics") {
  struct Case {
    std::string_view text;
    std::string_view host;
    int port;
    std::string_view socket;
  };
  const Case good[] = {{"127.0.0.1:9469", "127.0.0.1", 9469, ""},
                       {"127.1.2.3:1", "127.1.2.3", 1, ""},
                       {"[::1]:65535", "::1", 65535, ""},
                       {"unix:/run/stakeout/metrics.sock", "", 0, "/run/stakeout/metrics.sock"}};
  for (const Case& each : good) {
    CAPTURE(each.text);
    const auto address = parse_metrics_address(each.text);
    REQUIRE(address.has_value());
    CHECK(address->host == each.host);
    CHECK(address->port == each.port);
    CHECK(address->socket == each.socket);
  }
  const std::pair<std::string, std::string_view> bad[] = {
      {"0.0.0.0:9469", "other machines"},
      {"[::]:9469", "other machines"},
      {"192.168.1.2:9469", "other machines"},
      {"[::ffff:10.0.0.1]:9469", "write one such as"},
      {"localhost:9469", "write one such as"},
      {"127.0.0.1", "write one such as"},
      {"127.0.0.1:0", "write one such as"},
      {"127.0.0.1:65536", "write one such as"},
      {"127.0.0.1:94x", "write one such as"},
      {"[127.0.0.1]:9469", "write one such as"},
      {"::1:9469", "write one such as"},
      {":9469", "write one such as"},
      {"", "write one such as"},
      {"unix:metrics.sock", "written in full"},
      {"unix:/run/", "written in full"},
      {"unix:/" + std::string(108, 'x'), "has at most 107 bytes"},
  };
  for (const auto& [text, told] : bad) {
    CAPTURE(text);
    const auto address = parse_metrics_address(text);
    REQUIRE_FALSE(address.has_value());
    CHECK(address.error().message.find(told) != std::string::npos);
  }
}

TEST_CASE("the metrics are OpenMetrics, and say what was done and how things are") {
  AlertStore s;
  s.store.sync_subscriptions({reader("all@example.org")});
  s.store.sync_feeds({{"https://a.example/feed", "", {}}}, monday);
  s.read_feed(1, "https://news.example/old");
  s.save("one", "Words about a vendor", {"Glasshouse Systems"});
  ServiceMetrics metrics{monday};
  metrics.crawl_begins();
  metrics.set_progress(report_of(2, 1));
  metrics.set_progress(report_of(4, 2));
  metrics.end_batch(report_of(4, 2));
  metrics.set_progress(report_of(1, 0));
  metrics.crawl_begins();  // that one was broken off
  Outlook outlook;
  outlook.feeds = {7, 2, 1};
  outlook.open_jobs = 12;
  const OpenMetrics read{metrics.text(outlook, true, s.file)};
  CHECK(read.value("stakeout_feed_polls_total") == 5);
  CHECK(read.value("stakeout_failed_feed_polls_total") == 2);
  CHECK(read.value("stakeout_articles_total") == 2);
  CHECK(read.value("stakeout_alerts_total") == 6);
  CHECK(read.value("stakeout_crawls_total") == 2);
  CHECK(read.value("stakeout_start_timestamp_seconds") == static_cast<double>(monday.seconds));
  CHECK(read.value("stakeout_last_successful_poll_timestamp_seconds") ==
        static_cast<double>(monday.seconds));
  CHECK(read.value("stakeout_feeds") == 7);
  CHECK(read.value("stakeout_due_feeds") == 2);
  CHECK(read.value("stakeout_failing_feeds") == 1);
  CHECK(read.value("stakeout_open_jobs") == 12);
  CHECK(read.value("stakeout_deliveries{state=\"queued\"}") == 1);
  CHECK(read.value("stakeout_deliveries{state=\"sent\"}") == 0);
  CHECK(read.value("stakeout_database_bytes") > 0);
  CHECK(read.value("stakeout_healthy") == 1);
}

TEST_CASE("metrics of a database that is not there tell the rest") {
  const TemporaryFolder folder;
  const ServiceMetrics metrics{monday};
  const OpenMetrics read{metrics.text(std::nullopt, false, folder.path() / "none.db")};
  CHECK(read.value("stakeout_healthy") == 0);
  CHECK(read.value("stakeout_feed_polls_total") == 0);
  CHECK(read.value("stakeout_disk_free_bytes") > 0);
  CHECK_FALSE(read.has("stakeout_feeds"));
  CHECK_FALSE(read.has("stakeout_database_bytes"));
}

TEST_CASE("whoever asks gets the metrics and the health, and nothing else") {
  Watched watched;
  const auto server = watched.start();
  REQUIRE(server.has_value());
  CHECK(mode_of(watched.socket) == 0660);
  const auto metrics = watched.get("/metrics");
  REQUIRE(metrics);
  CHECK(metrics->status == 200);
  CHECK(metrics->get_header_value("Content-Type") ==
        "application/openmetrics-text; version=1.0.0; charset=utf-8");
  CHECK(metrics->body == "# EOF\n");
  CHECK(watched.status("/healthz") == 200);
  watched.trouble = "the disk is full";
  const auto health = watched.get("/healthz");
  REQUIRE(health);
  CHECK(health->status == 503);
  CHECK(health->body == "the disk is full\n");
  CHECK(watched.status("/") == 404);
}

TEST_CASE("clients that do not end their requests lose their places, and hold up nobody") {
  Watched watched;
  const auto server = watched.start();
  REQUIRE(server.has_value());
  std::list<Client> slow;
  for (int i = 0; i < 40; ++i) {
    slow.emplace_back(watched.socket);
    slow.back().say("GET /metrics HTTP/1.1\r\nX-Slow: ");
  }
  CHECK(watched.status("/healthz") == 200);
  CHECK(slow.front().is_at_end());
}

TEST_CASE("a request without end is refused") {
  Watched watched;
  const auto server = watched.start();
  REQUIRE(server.has_value());
  const Client endless{watched.socket};
  CHECK_FALSE(endless.answer_to("GET /metrics HTTP/1.1\r\nX-Long: " + std::string(20'000, 'x'))
                  .starts_with("HTTP/1.1 200 "));
  CHECK(watched.status("/healthz") == 200);
}

TEST_CASE("the server ends at once, whatever its clients do") {
  Watched watched;
  auto server = watched.start();
  REQUIRE(server.has_value());
  const Client silent{watched.socket};
  const Client halting{watched.socket};
  halting.say("GET /me");
  CHECK(watched.status("/healthz") == 200);
  server->reset();
  CHECK(silent.is_at_end());
  CHECK(halting.is_at_end());
}

TEST_CASE("clients that are too many wait until the silent ones have lost their turn") {
  Watched watched;
  const auto server = watched.start();
  REQUIRE(server.has_value());
  std::list<Client> silent;
  for (int i = 0; i < 140; ++i) silent.emplace_back(watched.socket);
  const Client quick{watched.socket};
  CHECK(
      quick.answer_to("GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n").starts_with("HTTP/1.1 200 "));
}

TEST_CASE("a socket that another program put in the place of ours is left alone") {
  Watched watched;
  auto first = watched.start();
  REQUIRE(first.has_value());
  std::filesystem::remove(watched.socket);
  const auto second = watched.start();
  REQUIRE(second.has_value());
  first->reset();
  CHECK(watched.status("/healthz") == 200);
}

TEST_CASE("every request has its answer") {
  struct Case {
    std::string_view request;
    std::string_view begins;
    std::string_view body;
  };
  const Case cases[] = {
      {"GET /healthz HTTP/1.1", "HTTP/1.1 503 ", "no disk\n"},
      {"GET /healthz?verbose=1 HTTP/1.1", "HTTP/1.1 503 ", "no disk\n"},
      {"HEAD /healthz HTTP/1.1", "HTTP/1.1 503 ", ""},
      {"GET /metrics/ HTTP/1.1", "HTTP/1.1 404 ", "there are /metrics and"},
      {"GET /metrics HTTP/1.1", "HTTP/1.1 500 ", "out of figures\n"},
      {"POST /metrics HTTP/1.1", "HTTP/1.1 405 ", "there is only"},
  };
  Watched watched;
  const auto server = MetricsServer::start(
      {{}, 0, watched.socket}, {[]() -> std::string { throw std::runtime_error{"out of figures"}; },
                                [] { return std::string{"no disk"}; }});
  REQUIRE(server.has_value());
  for (const Case& each : cases) {
    CAPTURE(each.request);
    const std::string answer =
        Client{watched.socket}.answer_to(std::string{each.request} + "\r\nHost: here\r\n\r\n");
    CHECK(answer.starts_with(each.begins));
    CHECK((answer.find("\r\nAllow: GET, HEAD\r\n") != answer.npos) ==
          each.request.starts_with("POST"));
    const std::string body = answer.substr(answer.find("\r\n\r\n") + 4);
    CHECK(body.starts_with(each.body));
    CHECK(body.empty() == each.body.empty());
  }
}

TEST_CASE("a socket goes with its server, is replaced when it was left behind, and no file is") {
  Watched watched;
  leave_behind(watched.socket);
  {
    const auto server = watched.start();
    REQUIRE(server.has_value());
    const auto second = watched.start();
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().message.find("another program listens there") != std::string::npos);
    CHECK(watched.status("/healthz") == 200);
  }
  CHECK_FALSE(std::filesystem::exists(watched.socket));
  watched.folder.write("metrics.sock", "words");
  const auto server = watched.start();
  REQUIRE_FALSE(server.has_value());
  CHECK(server.error().message.find("is no socket") != std::string::npos);
  CHECK(std::filesystem::file_size(watched.socket) == 5);
}

TEST_CASE("a port that is taken is told of, and nobody shares it unseen") {
  const LoopbackServer other;
  const std::string url = other.url("");
  const int port = std::atoi(url.substr(url.rfind(':') + 1).c_str());
  const auto server = MetricsServer::start({"127.0.0.1", port, {}}, {});
  REQUIRE_FALSE(server.has_value());
  CHECK(server.error().message ==
        "127.0.0.1 port " + std::to_string(port) + ": Address already in use");
}

}  // namespace stakeout
