#include "crawler/network_watch.h"

#include <doctest/doctest.h>

namespace stakeout {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime start{1h};

void note(NetworkWatch& watch, int first, int count, bool answered, SteadyTime at) {
  for (int i = 0; i < count; ++i) watch.note("h" + std::to_string(first + i), answered, at);
}

}  // namespace

TEST_CASE("the network is down when nearly no host of several answers") {
  struct Case {
    int answering, silent;
    bool down;
  };
  const Case cases[] = {{0, 4, false}, {0, 5, true},    {1, 5, false},   {1, 9, true},
                        {2, 9, false}, {30, 300, true}, {300, 30, false}};
  for (const auto& [answering, silent, down] : cases) {
    CAPTURE(answering);
    CAPTURE(silent);
    NetworkWatch watch;
    note(watch, 0, answering, true, start);
    note(watch, 1'000, silent, false, start);
    CHECK(watch.is_down(start) == down);
  }
}

TEST_CASE("one host that is asked often is one host") {
  NetworkWatch watch;
  for (int i = 0; i < 50; ++i) watch.note("a", false, start);
  CHECK_FALSE(watch.is_down(start));
}

TEST_CASE("what was ten minutes ago does not count, and no outage is an excuse for ever") {
  NetworkWatch watch;
  note(watch, 0, 10, true, start);
  note(watch, 0, 10, false, start + 11min);
  CHECK(watch.is_down(start + 11min));
  CHECK_FALSE(watch.is_down(start + 30min));
  note(watch, 0, 10, false, start + 71h);
  CHECK(watch.is_down(start + 71h));
  note(watch, 0, 10, false, start + 73h);
  CHECK_FALSE(watch.is_down(start + 73h));
}

}  // namespace stakeout
