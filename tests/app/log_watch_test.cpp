// Who is accused of keeping the database's log long.
#include "app/crawl/log_watch.h"

#include <doctest/doctest.h>
#include <unistd.h>

namespace stakeout {

TEST_CASE("a reader is named once, when the log was long and it read at two looks in a row") {
  constexpr std::int64_t long_log = 100 << 20;
  const int self = ::getpid();
  const int other = ::getppid();
  LogWatch watch;
  CHECK_FALSE(watch.look({long_log, self}));
  CHECK_FALSE(watch.look({long_log, other}));
  CHECK_FALSE(watch.look({long_log, {}}));
  CHECK_FALSE(watch.look({long_log, other}));
  const auto told = watch.look({long_log, other});
  REQUIRE(told);
  CHECK(told->find("has 100.0 MiB, since ") != std::string::npos);
  CHECK(told->find(process_words(other)) != std::string::npos);
  CHECK_FALSE(watch.look({long_log, other}));
  CHECK_FALSE(watch.look({1 << 20, other}));
  CHECK_FALSE(watch.look({long_log, other}));
  CHECK(watch.look({long_log, other}));
}

}  // namespace stakeout
