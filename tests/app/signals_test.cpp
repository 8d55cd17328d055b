#include "app/signals.h"

#include <csignal>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/logging.h"
#include "app/session.h"
#include "extractors/values/timestamp.h"

namespace stakeout {
namespace {

// A program in a process of its own that hangs when it should stop, and gets so many SIGTERMs.
struct Hanging {
  explicit Hanging(int signals) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    child = ::fork();
    if (child == 0) {
      ::dup2(ends[1], STDERR_FILENO);
      hang(signals);
    }
    ::close(ends[1]);
    char bytes[1024];
    for (ssize_t count = 0; (count = ::read(ends[0], bytes, sizeof bytes)) > 0;)
      said.append(bytes, static_cast<std::size_t>(count));
    ::close(ends[0]);
    ::waitpid(child, &status, 0);
  }

  [[noreturn]] static void hang(int count) {
    Session session;
    session.log_format = "json";
    set_up_logging(session, true);
    std::signal(SIGTERM, SIG_DFL);  // doctest has a handler of its own
    Signals signals{7};
    const std::stop_callback never{signals.stop_token(), [count] {
                                     if (count == 2) ::kill(::getpid(), SIGTERM);
                                     while (true) ::pause();
                                   }};
    ::kill(::getpid(), SIGTERM);
    while (true) ::pause();
  }

  pid_t child = 0;
  int status = 0;  // of wait(2)
  std::string said;
};

}  // namespace

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

TEST_CASE("a program that hangs when it should stop is ended, and says so as it says all else") {
  const Hanging program{1};
  CHECK(program.status == 7 << 8);  // the code for late ends
  constexpr std::string_view begin = "{\"time\":\"";
  REQUIRE(program.said.starts_with(begin));
  CHECK(parse_rfc3339(program.said.substr(begin.size(), 20)).has_value());
  CHECK(program.said.find("Z\",\"level\":\"error\",\"message\":\"ended without waiting longer") !=
        std::string::npos);
  CHECK(program.said.ends_with("still due\"}\n"));
}

TEST_CASE("a second signal ends a program that hangs at once") {
  const Hanging program{2};
  CHECK(program.status == SIGTERM);
  CHECK(program.said.empty());
}

}  // namespace stakeout
