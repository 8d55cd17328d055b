#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "alerts/value_words.h"
#include "app/commands/commands.h"
#include "app/commands/listing.h"
#include "app/commands/listing_tables.h"
#include "app/dropped_texts.h"
#include "app/logging.h"
#include "app/session.h"

namespace stakeout {

void add_search_command(CLI::App& program, Session& session) {
  CLI::App* command = program.add_subcommand(
      "search", "Full text of all articles: words, \"phrases\", prefix*, AND OR NOT, NEAR(a b)");
  const auto options = std::make_shared<ListingOptions>();
  const auto words = std::make_shared<std::vector<std::string>>();
  command->add_option("QUERY", *words, "What to look for; several words must all be there")
      ->required();
  add_form_options(*command, options);
  add_filter_options(*command, options, "when it was published");
  command->callback([&session, options, words] {
    Filter filter = options->checked_filter();
    Reader reader{session.existing_database()};
    resolve_names(filter, session, reader);
    std::string query;
    for (const std::string& word : *words) query += (query.empty() ? "" : " ") + word;
    if (query.find_first_not_of(" \t\r\n") == std::string::npos)
      throw CommandError{2,
                         "search: say which words to look for, such as: stakeout search spyware"};
    print_listing(reader.search(query, filter), *options, session, &search_table);
    if (const auto note = note_of_dropped_texts(reader, "searched"); note && !session.quiet)
      print_note(*note);
  });
}

}  // namespace stakeout
