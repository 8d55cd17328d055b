#include "app/crawl/work_room.h"

#include <future>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace stakeout {

namespace {

using Taking = std::future<WorkRoom::Part>;

bool has_room(const Taking& taking) {
  return taking.wait_for(std::chrono::seconds{0}) == std::future_status::ready;
}

Taking start_taking(WorkRoom& room, std::size_t bytes) {
  const std::size_t before = room.waiting();
  Taking taking = std::async(std::launch::async, [&room, bytes] { return room.take(bytes); });
  while (room.waiting() == before && !has_room(taking)) std::this_thread::yield();
  return taking;
}

}  // namespace

TEST_CASE("what finds no room waits until there is enough, or nobody waits any more") {
  WorkRoom room{10};
  auto six = room.take(6);
  const auto four = room.take(4);
  auto waiting = start_taking(room, 3);
  CHECK_FALSE(has_room(waiting));
  six.resize(3);
  const auto three = waiting.get();
  auto last = start_taking(room, 1);
  CHECK_FALSE(has_room(last));
  room.open();
  static_cast<void>(last.get());
}

TEST_CASE("what is larger than the room has all of it, and is not overtaken by what is small") {
  WorkRoom room{10};
  auto small = room.take(1);
  auto large = start_taking(room, 100);
  CHECK_FALSE(has_room(large));
  auto second = start_taking(room, 1);
  CHECK_FALSE(has_room(second));  // though there would be room
  small = {};
  auto all = large.get();
  CHECK_FALSE(has_room(second));
  all = {};
  static_cast<void>(second.get());
}

TEST_CASE("what was read may be larger than what it was read from") {
  WorkRoom room{10};
  auto part = room.take(1);
  part.resize(64);
  auto next = start_taking(room, 1);
  CHECK_FALSE(has_room(next));
  part.resize(9);
  static_cast<void>(next.get());
}

}  // namespace stakeout
