#include <cstdio>
#include <iostream>

#include <CLI/CLI.hpp>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/commands/feed_table.h"
#include "app/commands/feeds.h"
#include "app/commands/listing.h"
#include "app/crawl/system_clock.h"
#include "app/session.h"

namespace stakeout {
namespace {

// The states of v_feeds.
constexpr std::string_view feed_states[] = {"new", "ok", "failing", "gone"};

// All of them, unless the operator says otherwise.
constexpr std::size_t usual_limit = 100'000;

// The columns of the terminal; 0: it is none.
std::size_t terminal_width() {
  winsize size{};
  if (isatty(STDOUT_FILENO) == 0 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

}  // namespace

void add_feeds_list(CLI::App& feeds, Session& session) {
  CLI::App* command = feeds.add_subcommand(
      "list", "Every feed and how it is, what needs attention first; all columns with --json");
  const auto options = std::make_shared<ListingOptions>();
  options->states = feed_states;
  options->filter.limit = usual_limit;
  add_form_options(*command, options);
  add_filter_options(*command, options);
  command->callback([&session, options] {
    const Filter filter = options->checked_filter();
    Reader reader{session.existing_database()};
    const Table table = reader.feeds(filter);
    if (options->form() == OutputForm::table) {
      print_feed_table(std::cout, table, SystemClock{}.now(), terminal_width());
    } else {
      print_table(std::cout, table, options->form());
    }
    if (table.rows.empty() && !session.quiet) std::fputs("nothing matches\n", stderr);
  });
}

}  // namespace stakeout
