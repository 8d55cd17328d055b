// Crawls that are killed at random points and continued. STAKEOUT_KILLS says how often; `./dev
// kills` does it 200 times.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "app/demo/server.h"
#include "storage/reader.h"
#include "tests/app/site_crawl.h"
#include "tests/support/program.h"

namespace stakeout {
namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr int days = 2;

// A crawl of the demo's site with the demo's watchlist, so that there are deals and alerts.
class WatchedCrawl {
 public:
  explicit WatchedCrawl(const demo::Server& server) : crawl_{server} {
    std::ofstream{crawl_.folder() / "names.csv"} << demo::watchlist();
  }

  // Runs to its end; how long that took.
  Milliseconds run() {
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(run_program(command(), crawl_.folder()).exit_code == 0);
    return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - start);
  }

  // Whether it was still under way when it was killed.
  bool kill_after(Milliseconds time) {
    Program program{command(), crawl_.folder()};
    std::this_thread::sleep_for(time);
    program.kill(SIGKILL);
    return program.wait().exit_code == 128 + SIGKILL;
  }

  [[nodiscard]] std::filesystem::path database() const { return crawl_.database(); }

 private:
  [[nodiscard]] std::vector<std::string> command() const {
    std::vector<std::string> words = crawl_.command();
    words.insert(words.end(), {"--watchlist", "names.csv"});
    return words;
  }

  SiteCrawl crawl_;
};

int kills_of_test() {
  const char* const words = std::getenv("STAKEOUT_KILLS");
  return words == nullptr ? 6 : std::stoi(words);
}

}  // namespace

TEST_CASE("a crawl that is killed again and again ends with what an undisturbed one has") {
  demo::Server server;
  WatchedCrawl undisturbed{server};
  Milliseconds length[days];
  std::string expected[days];
  for (int day = 0; day < days; ++day) {
    server.set_day(day + 1);
    length[day] = undisturbed.run();
    expected[day] = content(undisturbed.database());
  }
  REQUIRE(expected[0] != expected[1]);
  Reader reader{undisturbed.database()};
  REQUIRE(number(reader, "select count(*) from v_alerts") > 0);
  REQUIRE(number(reader, "select count(*) from v_deliveries") > 0);

  const std::uint32_t seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 chance{seed};
  const int wanted = kills_of_test();
  int kills = 0;
  int rounds = 0;
  for (; kills < wanted; ++rounds) {
    REQUIRE(rounds < 10 + wanted);  // else the crawls are over before they are killed
    WatchedCrawl killed{server};
    for (int day = 0; day < days; ++day) {
      CAPTURE(day);
      server.set_day(day + 1);
      for (int tries = 0; tries < 3; ++tries) {
        const auto longest = static_cast<int>(length[day].count());
        const Milliseconds time{std::uniform_int_distribution{1, longest}(chance)};
        kills += killed.kill_after(time) ? 1 : 0;
      }
      killed.run();
      REQUIRE(check_database(killed.database()).problems.empty());
      REQUIRE(content(killed.database()) == expected[day]);
    }
  }
  fmt::print("{} kills in {} crawls of two days\n", kills, rounds);
}

}  // namespace stakeout
