// In what form messages leave the program.
#include "app/logging.h"

#include <thread>

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("a message in the journal has its level, and what it is about in fields of its own") {
  const LogField feed{"feed", "https://a.example/feed?a=b"};
  {
    const LogField page{"page", "two\nlines"};
    CHECK(journal_entry(Severity::warning, "it fails", LogField::current()) ==
          std::vector<std::string>{"PRIORITY=4", "SYSLOG_IDENTIFIER=stakeout", "MESSAGE=it fails",
                                   "STAKEOUT_FEED=https://a.example/feed?a=b",
                                   "STAKEOUT_PAGE=two\nlines"});
  }
  CHECK(LogField::current().size() == 1);
}

TEST_CASE("a field is its thread's own") {
  const LogField feed{"feed", "https://a.example/feed"};
  std::size_t seen = 1;
  std::thread{[&] { seen = LogField::current().size(); }}.join();
  CHECK(seen == 0);
}

TEST_CASE("every line of a message has its level before it") {
  CHECK(prefixed_lines(Severity::error, "one\ntwo") == "<3>one\n<3>two\n");
  CHECK(prefixed_lines(Severity::debug, "") == "<7>\n");
}

}  // namespace stakeout
