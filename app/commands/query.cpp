#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/commands/feeds_layout.h"
#include "app/commands/listing.h"
#include "app/session.h"

namespace stakeout {

void add_query_command(CLI::App& program, Session& session) {
  CLI::App* command =
      program.add_subcommand("query", "One SQL statement over the views, read-only");
  const auto options = std::make_shared<ListingOptions>();
  const auto sql = std::make_shared<std::string>();
  const auto time_limit = std::make_shared<std::string>("30s");
  command->add_option("SQL", *sql, "The statement, such as \"select * from v_contracts\"")
      ->required();
  command->add_option("--timeout", *time_limit, "Give up after this long")->capture_default_str();
  add_form_options(*command, options);
  command->callback([&session, options, sql, time_limit] {
    const auto limit = parse_duration(*time_limit);
    if (!limit) throw CommandError{2, "--timeout: " + limit.error().message};
    Reader reader{session.existing_database()};
    const auto missing =
        print_table(std::cout, reader.query(*sql, *limit), options->form(), terminal_width());
    if (!session.quiet) tell_missing(missing);
  });
}

}  // namespace stakeout
