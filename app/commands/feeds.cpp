#include "app/commands/feeds.h"

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/session.h"

namespace stakeout {

std::filesystem::path FeedListWords::list(const Session& session) const {
  return file.empty() ? session.settings().feeds : std::filesystem::path{file};
}

void add_list_option(CLI::App& command, const std::shared_ptr<FeedListWords>& words) {
  command.add_option("--feeds", words->file, "The feed list, whatever the settings say")
      ->type_name("FILE");
}

void add_dry_run_option(CLI::App& command, const std::shared_ptr<FeedListWords>& words) {
  command.add_flag("--dry-run", words->dry_run, "Say what would be done, and change nothing");
}

void add_feeds_commands(CLI::App& program, Session& session) {
  CLI::App* feeds = program.add_subcommand("feeds", "The feeds and their health");
  feeds->require_subcommand(1);
  add_feeds_list(*feeds, session);
  add_feeds_add(*feeds, session);
  add_feeds_remove(*feeds, session);
  add_feeds_check(*feeds, session);
  add_feeds_import(*feeds, session);
  add_feeds_export(*feeds, session);
}

}  // namespace stakeout
