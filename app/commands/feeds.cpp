#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/commands/listing.h"
#include "app/session.h"

namespace stakeout {

void add_feeds_commands(CLI::App& program, Session& session) {
  CLI::App* feeds = program.add_subcommand("feeds", "The feeds and their health");
  feeds->require_subcommand(1);
  add_listing_command(*feeds, session, "list",
                      "Every feed: its state, last success, last error, entries",
                      [](Reader& reader, const Filter& filter) { return reader.feeds(filter); });
}

}  // namespace stakeout
