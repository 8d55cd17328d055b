#include "app/signals.h"

#include <csignal>

#include <doctest/doctest.h>
#include <unistd.h>

namespace stakeout {

TEST_CASE("a SIGUSR1 from outside does not keep a later SIGTERM from being heard") {
  Signals signals;
  ::kill(::getpid(), SIGUSR1);
  ::kill(::getpid(), SIGTERM);
  signals.wait(10);
  CHECK(signals.stop_token().stop_requested());
}

}  // namespace stakeout
