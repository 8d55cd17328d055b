#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/commands/listing.h"
#include "app/session.h"

namespace stakeout {

void add_search_command(CLI::App& program, Session& session) {
  CLI::App* command = program.add_subcommand(
      "search", "Full text of all articles: words, \"phrases\", prefix*, AND OR NOT, NEAR(a b)");
  const auto options = std::make_shared<ListingOptions>();
  const auto words = std::make_shared<std::string>();
  command->add_option("QUERY", *words, "What to look for, in FTS5's syntax")->required();
  add_form_options(*command, options);
  add_filter_options(*command, options);
  command->callback([&session, options, words] {
    const Filter filter = options->checked_filter();
    Reader reader{session.existing_database()};
    print_table(std::cout, reader.search(*words, filter), options->form());
  });
}

}  // namespace stakeout
