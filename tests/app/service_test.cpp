// `stakeout run` as systemd starts it: readiness, watchdog, reload and the end.
#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <future>
#include <iterator>
#include <memory>
#include <thread>

#include <doctest/doctest.h>
#include <httplib.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "storage/reader.h"
#include "storage/store.h"
#include "tests/support/loopback_server.h"
#include "tests/support/notify_socket.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

using namespace std::chrono_literals;

const std::string rss =
    "<rss version=\"2.0\"><channel><title>A feed</title><item><title>News</title>"
    "<guid>1</guid></item></channel></rss>";

// A service with one feed, on a server of the test's own.
class Rig {
 public:
  Rig() {
    folder.write("feeds.txt", server.url("/feed") + "\n");
    write_settings("");
  }

  void write_settings(const std::string& more) const {
    folder.write("stakeout.toml",
                 "database = \"news.db\"\n[fetch]\nallow_private = "
                 "[\"127.0.0.1\"]\nper_host_delay = \"0s\"\n" +
                     more);
  }

  [[nodiscard]] std::unique_ptr<Program> start(
      const std::string& watchdog_usec = "60000000") const {
    return std::make_unique<Program>(std::vector<std::string>{"run", "--config", "stakeout.toml"},
                                     folder.path(),
                                     std::vector<std::string>{"NOTIFY_SOCKET=" + manager.name(),
                                                              "WATCHDOG_USEC=" + watchdog_usec});
  }

  [[nodiscard]] std::filesystem::path database() const { return folder.path() / "news.db"; }

  TemporaryFolder folder;
  LoopbackServer server;
  mutable NotifySocket manager;
};

// Keeps every other program from writing to a database.
class WriteLock {
 public:
  explicit WriteLock(const std::filesystem::path& file) {
    sqlite3_open(file.c_str(), &database_);
    REQUIRE(sqlite3_exec(database_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
  }
  ~WriteLock() { sqlite3_close(database_); }
  WriteLock(const WriteLock&) = delete;
  WriteLock& operator=(const WriteLock&) = delete;

 private:
  sqlite3* database_ = nullptr;
};

bool has(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("the service tells systemd when it stands, that it is well, how it is, and its end") {
  Rig rig;
  const auto feed = rig.server.route("/feed", {.body = rss});
  const auto service = rig.start();
  CHECK(has(rig.manager.await("READY=1"), "READY=1"));
  CHECK(has(rig.manager.await("WATCHDOG=1"), "WATCHDOG=1"));
  CHECK(has(rig.manager.await("next at 20"), "STATUS=1 feed; 1 feed and 0 pages done by 20"));
  service->kill(SIGTERM);
  CHECK(has(rig.manager.await("STOPPING=1"), "STOPPING=1"));
  const ProgramRun run = service->wait();
  CHECK(run.exit_code == 0);
  CHECK(has(run.err, "1 feed: 0 unchanged, 0 failed, 1 new entry; 0 pages"));
}

TEST_CASE("what the service says has its level for the journal, and as JSON what it is about") {
  Rig rig;
  const auto feed = rig.server.route("/feed", {.status = 500});
  const auto said_with = [&](std::vector<std::string> words, const std::string& variable) {
    words.insert(words.begin(), {"run", "--config", "stakeout.toml"});
    Program service{words, rig.folder.path(), {"NOTIFY_SOCKET=" + rig.manager.name(), variable}};
    CHECK_FALSE(rig.manager.await("1 failing").empty());
    service.kill(SIGTERM);
    return service.wait().err;
  };
  const std::string json = said_with({"--log-format", "json"}, "LC_ALL=C");
  CHECK(has(json, "\"level\":\"info\",\"message\":\"watching the 1 feeds"));
  CHECK(has(json, ",\"feed\":\"" + rig.server.url("/feed") + "\"}\n"));
  // As systemd says that stderr is the journal's. Where there is a journal, it has the lines.
  struct stat status {};
  REQUIRE(::stat((rig.folder.path() / "stderr.txt").c_str(), &status) == 0);
  const std::string stream =
      "JOURNAL_STREAM=" + std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
  const bool has_journal = std::filesystem::exists("/run/systemd/journal/socket");
  CHECK(has(said_with({}, stream), "<6>watching the 1 feeds of ") == !has_journal);
  CHECK(has(said_with({}, "JOURNAL_STREAM=1:1"), "Z info: watching"));
}

TEST_CASE("the service answers to those who watch it, by the settings in force") {
  Rig rig;
  const auto feed = rig.server.route("/feed", {.body = rss});
  const std::string socket = (rig.folder.path() / "metrics.sock").string();
  rig.write_settings("[metrics]\nlisten = \"unix:" + socket + "\"\n");
  const auto service = rig.start();
  REQUIRE(has(rig.manager.await("next at 20"), "1 feed"));
  const auto ask = [&](const char* path) {
    httplib::Client client{socket};
    client.set_address_family(AF_UNIX);
    const auto answer = client.Get(path);
    return answer ? std::to_string(answer->status) + " " + answer->body : std::string{};
  };
  CHECK(ask("/healthz") == "200 ok\n");
  CHECK(has(ask("/metrics"), "\nstakeout_feed_polls_total 1\n"));
  CHECK(has(ask("/metrics"), "\nstakeout_new_entries_total 1\n"));

  rig.write_settings("max_body = \"0\"\n");
  service->kill(SIGHUP);
  REQUIRE_FALSE(rig.manager.await("the new settings are not in force").empty());
  CHECK(has(ask("/healthz"), "503 the new settings are not in force: "));

  rig.write_settings("");
  service->kill(SIGHUP);
  REQUIRE(has(rig.manager.await("READY=1"), "READY=1"));
  CHECK(ask("/healthz").empty());
  CHECK_FALSE(std::filesystem::exists(socket));
  service->kill(SIGTERM);
  CHECK(service->wait().exit_code == 0);
}

TEST_CASE("an address of metrics that is taken is told of, and the service goes on") {
  Rig rig;
  const auto feed = rig.server.route("/feed", {.body = rss});
  const std::string taken = rig.server.url("").substr(std::string{"http://"}.size());
  rig.write_settings("[metrics]\nlisten = \"" + taken + "\"\n");
  const auto service = rig.start();
  CHECK(has(rig.manager.await("READY=1"), "READY=1"));
  service->kill(SIGTERM);
  const ProgramRun run = service->wait();
  CHECK(run.exit_code == 0);
  CHECK(has(run.err, "no metrics are offered: 127.0.0.1 port "));
  CHECK(has(run.err, "Address already in use (see metrics.listen in the settings)"));
}

TEST_CASE("a reload takes good settings, and keeps the old ones when the new are bad") {
  Rig rig;
  const auto feed = rig.server.route("/feed", {.body = rss});
  const auto other = rig.server.route("/other", {.body = rss});
  const auto service = rig.start();
  REQUIRE(has(rig.manager.await("READY=1"), "READY=1"));

  rig.write_settings("max_body = \"0\"\n");
  service->kill(SIGHUP);
  const std::string reloading = rig.manager.await("RELOADING=1");
  CHECK(has(reloading, "MONOTONIC_USEC="));
  CHECK(has(rig.manager.await("READY=1"), "READY=1"));
  CHECK(has(rig.manager.await("the new settings are not in force"), "max_body"));

  rig.write_settings("");
  std::ofstream{rig.folder.path() / "feeds.txt", std::ios::app} << rig.server.url("/other") << "\n";
  service->kill(SIGHUP);
  CHECK(has(rig.manager.await("RELOADING=1"), "RELOADING=1"));
  CHECK(has(rig.manager.await("READY=1"), "READY=1"));
  CHECK(has(rig.manager.await("2 feeds"), "2 feeds"));
  service->kill(SIGTERM);
  CHECK(service->wait().exit_code == 0);
}

TEST_CASE("what is under way at a reload is stored before the new settings take over") {
  Rig rig;
  std::promise<void> asked;
  std::promise<void> let_go;
  const auto feed = rig.server.route("/feed", [&](const ServedRequest&) {
    asked.set_value();
    let_go.get_future().wait();
    return ServedResponse{.body = rss};
  });
  const auto service = rig.start();
  asked.get_future().wait();
  service->kill(SIGHUP);
  REQUIRE(has(rig.manager.await("RELOADING=1"), "RELOADING=1"));
  let_go.set_value();
  REQUIRE(has(rig.manager.await("READY=1"), "READY=1"));
  service->kill(SIGTERM);
  CHECK(service->wait().exit_code == 0);
  CHECK(feed.hits() == 1);
  Reader reader{rig.database()};
  CHECK(std::get<std::int64_t>(reader.rows("select count(*) from v_entries").rows[0][0]) == 1);
}

TEST_CASE("the service stops by itself while transfers hang") {
  Rig rig;
  const auto feed = rig.server.route("/feed", {.delay = 10min});
  const auto service = rig.start();
  CHECK(has(rig.manager.await("1 job open"), "1 feed, 1 due; 1 job open"));
  service->kill(SIGTERM);
  const ProgramRun run = service->wait();
  CHECK(run.exit_code == 0);
  CHECK(has(run.err, "stopped"));
  CHECK_FALSE(has(run.err, "ended without waiting"));
}

TEST_CASE("the service stops by itself while it waits for the database, also when it starts") {
  Rig rig;
  const auto feed = rig.server.route("/feed", {.delay = 10min});
  { const Store store{rig.database()}; }
  const WriteLock lock{rig.database()};
  const auto service = rig.start();
  REQUIRE(has(rig.manager.await("STATUS=starting"), "starting"));
  service->kill(SIGTERM);
  const ProgramRun run = service->wait();
  CHECK(run.exit_code == 0);
  CHECK_FALSE(has(run.err, "ended without waiting"));
}

TEST_CASE("a stuck writer stops the petting, and a locked database is waited for") {
  Rig rig;
  std::atomic<int> calls = 0;
  std::promise<void> asked;
  std::promise<void> locked;
  const auto feed = rig.server.route("/feed", [&](const ServedRequest&) {
    if (calls++ == 0) {
      asked.set_value();
      locked.get_future().wait();
    }
    return ServedResponse{.body = rss};
  });
  const auto service = rig.start("6000000");
  asked.get_future().wait();
  auto lock = std::make_unique<WriteLock>(rig.database());
  locked.set_value();
  REQUIRE(has(rig.manager.await("the writer does not come to the end"), "STATUS"));
  // Until it says that the writer gets on again: no word that all is well.
  std::string message = rig.manager.next();
  while (!message.starts_with("STATUS=")) {
    CHECK_FALSE(has(message, "WATCHDOG=1"));
    message = rig.manager.next();
  }
  CHECK(has(message, "locked"));
  CHECK(has(rig.manager.await("WATCHDOG=1"), "WATCHDOG=1"));
  lock.reset();
  CHECK(has(rig.manager.await("done by"), "1 feed and 0 pages"));
  service->kill(SIGTERM);
  const ProgramRun run = service->wait();
  CHECK(run.exit_code == 0);
  CHECK(has(run.err, "trying again in 5 seconds"));
  CHECK(has(run.err, "the database can be written again"));
  CHECK(feed.hits() == 2);  // what could not be stored was fetched again
}

TEST_CASE("a database that only a person can mend ends the service") {
  Rig rig;
  rig.folder.write("news.db", "no database at all, but long enough to be looked at as one");
  const auto service = rig.start();
  const ProgramRun run = service->wait();
  CHECK(run.exit_code == 1);
  CHECK(has(run.err, "damaged"));
}

}  // namespace stakeout
