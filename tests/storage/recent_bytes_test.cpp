#include "storage/recent_bytes.h"

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("what was not asked for is forgotten first") {
  RecentBytes recent{10'000};
  const std::string bytes(2'000, 'x');
  for (std::int64_t n = 1; n <= 4; ++n) recent.put(n, bytes);
  CHECK(recent.find(1) != nullptr);
  recent.put(5, bytes);
  CHECK(recent.find(2) == nullptr);
  for (const std::int64_t n : {1, 3, 4, 5}) {
    CAPTURE(n);
    REQUIRE(recent.find(n) != nullptr);
    CHECK(*recent.find(n) == bytes);
  }
}

TEST_CASE("what is put in the place of something takes its room") {
  RecentBytes recent{10'000};
  recent.put(1, "old");
  for (int i = 0; i < 100; ++i) recent.put(2, std::string(2'000, 'x'));
  CHECK(*recent.find(1) == "old");
  recent.put(1, "new");
  CHECK(*recent.find(1) == "new");
  recent.forget(1);
  CHECK(recent.find(1) == nullptr);
  recent.clear();
  CHECK(recent.find(2) == nullptr);
}

TEST_CASE("the latest is remembered however long it is") {
  RecentBytes recent{100};
  recent.put(1, "short");
  CHECK(recent.put(2, std::string(1'000, 'x')).size() == 1'000);
  CHECK(recent.find(1) == nullptr);
  CHECK(recent.find(2) != nullptr);
}

}  // namespace stakeout
