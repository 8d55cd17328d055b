#include "crawler/host_memory.h"

#include <doctest/doctest.h>

namespace stakeout {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime start{1'000s};

}  // namespace

TEST_CASE("rules hold for a day, a robots.txt that cannot be had for ten minutes") {
  HostMemory memory;
  memory.set_robots("http://a.example", RobotsRules{}, start);
  memory.set_robots("http://b.example", std::nullopt, start);
  REQUIRE(memory.robots("http://a.example", start + 24h - 1ms) != nullptr);
  CHECK(memory.robots("http://a.example", start + 24h) == nullptr);
  REQUIRE(memory.robots("http://b.example", start + 10min - 1ms) != nullptr);
  CHECK(memory.robots("http://b.example", start)->unreachable);
  CHECK(memory.robots("http://b.example", start + 10min) == nullptr);
  CHECK(memory.robots("https://a.example", start) == nullptr);
}

TEST_CASE("rules from before stay in force while robots.txt cannot be had") {
  HostMemory memory;
  memory.set_robots("http://a.example", parse_robots("User-agent: *\nDisallow: /x", "stakeout"),
                    start);
  memory.set_robots("http://a.example", std::nullopt, start + 24h);
  const auto known = memory.robots("http://a.example", start + 24h);
  REQUIRE(known != nullptr);
  CHECK_FALSE(known->unreachable);
  CHECK_FALSE(known->rules.is_allowed("/x"));
  CHECK(known->rules.is_allowed("/y"));
}

TEST_CASE("of very many hosts those set last are remembered") {
  HostMemory memory;
  const HostMemory::Pace pace{.last_start = start, .paused_until = start + 1h};
  for (int i = 0; i < 10'000; ++i) memory.set_pace("host" + std::to_string(i), pace);
  memory.set_pace("host0", pace);
  memory.set_pace("one more", pace);
  CHECK(memory.pace("host0").paused_until == start + 1h);
  CHECK(memory.pace("one more").last_start == start);
  CHECK_FALSE(memory.pace("host1").paused_until.has_value());
  CHECK(memory.pace("host2").paused_until.has_value());
}

TEST_CASE("of very many origins those learnt last are remembered") {
  HostMemory memory;
  for (int i = 0; i <= 4'096; ++i) {
    memory.set_robots("http://" + std::to_string(i) + ".example", RobotsRules{}, start);
  }
  CHECK(memory.robots("http://0.example", start) == nullptr);
  CHECK(memory.robots("http://1.example", start) != nullptr);
}

}  // namespace stakeout
