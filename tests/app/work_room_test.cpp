#include "app/crawl/work_room.h"

#include <future>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace stakeout {

using namespace std::chrono_literals;

TEST_CASE("what finds no room waits until there is enough, or nobody waits any more") {
  WorkRoom room{10};
  auto six = room.take(6);
  const auto four = room.take(4);
  auto waiting = std::async(std::launch::async, [&] { return room.take(3); });
  CHECK(waiting.wait_for(20ms) == std::future_status::timeout);
  six.resize(3);
  const auto three = waiting.get();
  auto last = std::async(std::launch::async, [&] { return room.take(1); });
  CHECK(last.wait_for(20ms) == std::future_status::timeout);
  room.open();
  static_cast<void>(last.get());
}

TEST_CASE("what is larger than the room has all of it, and is not overtaken by what is small") {
  WorkRoom room{10};
  auto small = room.take(1);
  auto large = std::async(std::launch::async, [&] { return room.take(100); });
  CHECK(large.wait_for(20ms) == std::future_status::timeout);
  auto second = std::async(std::launch::async, [&] { return room.take(1); });
  CHECK(second.wait_for(20ms) == std::future_status::timeout);  // though there would be room
  small = {};
  auto all = large.get();
  CHECK(second.wait_for(20ms) == std::future_status::timeout);
  all = {};
  static_cast<void>(second.get());
}

TEST_CASE("what was read may be larger than what it was read from") {
  WorkRoom room{10};
  auto part = room.take(1);
  part.resize(64);
  auto next = std::async(std::launch::async, [&] { return room.take(1); });
  CHECK(next.wait_for(20ms) == std::future_status::timeout);
  part.resize(9);
  static_cast<void>(next.get());
}

}  // namespace stakeout
