#include "app/signals.h"

#include <csignal>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace stakeout {

using namespace std::chrono_literals;

TEST_CASE("a SIGUSR1 from outside does not keep a later SIGTERM from being heard") {
  Signals signals{0};
  ::kill(::getpid(), SIGUSR1);
  ::kill(::getpid(), SIGTERM);
  signals.wait(10s);
  CHECK(signals.stop_token().stop_requested());
}

TEST_CASE("a reload that is asked for is told once") {
  Signals signals{0};
  ::kill(::getpid(), SIGHUP);
  signals.wait(10s);
  CHECK(signals.take_reload());
  CHECK_FALSE(signals.take_reload());
  CHECK_FALSE(signals.stop_token().stop_requested());
}

TEST_CASE("a program that hangs when it should stop is ended") {
  struct Case {
    int signals;  // how many SIGTERMs it gets
    int status;   // of wait(2)
  };
  const Case cases[] = {
      {1, 7 << 8},   // exits with the code for late ends
      {2, SIGTERM},  // the second does what it does by default
  };
  for (const auto& [count, expected] : cases) {
    CAPTURE(count);
    const pid_t child = ::fork();
    if (child == 0) {
      std::signal(SIGTERM, SIG_DFL);  // doctest has a handler of its own
      Signals signals{7};
      const std::stop_callback hang{signals.stop_token(), [second = count == 2] {
                                      if (second) ::kill(::getpid(), SIGTERM);
                                      while (true) ::pause();
                                    }};
      ::kill(::getpid(), SIGTERM);
      while (true) ::pause();
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(status == expected);
  }
}

}  // namespace stakeout
