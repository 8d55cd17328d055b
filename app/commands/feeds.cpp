#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/commands/listing.h"
#include "app/session.h"

namespace stakeout {
namespace {

// The states of v_feeds.
constexpr std::string_view feed_states[] = {"new", "ok", "failing", "gone"};

}  // namespace

void add_feeds_commands(CLI::App& program, Session& session) {
  CLI::App* feeds = program.add_subcommand("feeds", "The feeds and their health");
  feeds->require_subcommand(1);
  add_listing_command(
      *feeds, session, "list", "Every feed: its state, last success, last error, entries",
      [](Reader& reader, const Filter& filter) { return reader.feeds(filter); }, feed_states);
}

}  // namespace stakeout
