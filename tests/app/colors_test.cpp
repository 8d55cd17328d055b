#include "app/colors.h"

#include <cstdlib>
#include <sstream>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include "app/output.h"
#include "app/wrapped_table.h"

namespace stakeout {

TEST_CASE("what is painted reads as before where colours are not wanted") {
  CHECK(painted("error:", Paint::red, false) == "error:");
  CHECK(painted("error:", Paint::red, true) == "\033[1;31merror:\033[0m");
  CHECK(painted("", Paint::bold, true).empty());
}

TEST_CASE("colours are as --color says, and by default not in a file or a pipe") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  CHECK(are_colors_wanted("always", ends[1]));
  CHECK_FALSE(are_colors_wanted("never", ends[1]));
  CHECK_FALSE(are_colors_wanted("auto", ends[1]));
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_CASE("on a terminal NO_COLOR and a dumb terminal switch colours off") {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
  REQUIRE(terminal >= 0);
  ::unsetenv("NO_COLOR");
  ::setenv("TERM", "xterm", 1);
  CHECK(are_colors_wanted("auto", terminal));
  ::setenv("NO_COLOR", "1", 1);
  CHECK_FALSE(are_colors_wanted("auto", terminal));
  CHECK(are_colors_wanted("always", terminal));
  ::unsetenv("NO_COLOR");
  ::setenv("TERM", "dumb", 1);
  CHECK_FALSE(are_colors_wanted("auto", terminal));
  ::unsetenv("TERM");
  ::close(terminal);
}

TEST_CASE("only the heading of a table stands out, and its columns stay where they are") {
  const Table table{{"name", "n"}, {{std::string{"Lantern Works"}, std::int64_t{7}}}};
  const std::string heading = "\033[1mname           n\033[0m\n";
  std::ostringstream plain;
  print_table(plain, table, OutputForm::table, 0, true);
  CHECK(plain.str() == heading + "Lantern Works  7\n");
  std::ostringstream wrapped;
  print_wrapped_table(wrapped, table, {2, {0, 0}}, 40, true);
  CHECK(wrapped.str() == heading + "Lantern Works  7\n");
  for (const OutputForm form : {OutputForm::json, OutputForm::csv}) {
    std::ostringstream rows;
    print_table(rows, table, form, 0, true);
    CHECK(rows.str().find('\033') == std::string::npos);
  }
}

}  // namespace stakeout
