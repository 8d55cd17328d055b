#include "app/crawl/queue.h"

#include <thread>

#include <doctest/doctest.h>

namespace stakeout {

using namespace std::chrono_literals;

namespace {

Queue<int>::Enough enough(std::size_t count) {
  return [count] { return count; };
}

}  // namespace

TEST_CASE("what is at hand comes out together, the oldest first") {
  Queue<int> queue;
  for (const int value : {1, 2, 3}) queue.push(value);
  CHECK(queue.pop_all(enough(2), 1h) == std::vector{1, 2, 3});
}

TEST_CASE("values are gathered until there are enough, whoever brings them") {
  Queue<int> queue;
  queue.push(1);
  const std::jthread other{[&] {
    queue.push(2);
    queue.push(3);
  }};
  CHECK(queue.pop_all(enough(3), 1h) == std::vector{1, 2, 3});
}

TEST_CASE("how many are enough is asked when the first has come") {
  Queue<int> queue;
  bool is_asked = false;
  queue.push(1);
  const auto values = queue.pop_all(
      [&] {
        is_asked = true;
        return 1;
      },
      1h);
  CHECK(values == std::vector{1});
  CHECK(is_asked);
}

TEST_CASE("a single value is not waited with for ever") {
  Queue<int> queue;
  queue.push(1);
  CHECK(queue.pop_all(enough(2), 1ms) == std::vector{1});
}

TEST_CASE("a closed queue gives what is left, then nothing") {
  Queue<int> queue;
  queue.push(1);
  queue.close();
  CHECK(queue.pop_all(enough(2), 1h) == std::vector{1});
  CHECK(queue.pop_all(enough(2), 1h).empty());
}

}  // namespace stakeout
