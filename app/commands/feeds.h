#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace CLI {
class App;
}

// The commands of `stakeout feeds`, each in its own source file.

namespace stakeout {

struct Session;

void add_feeds_add(CLI::App& feeds, Session& session);
void add_feeds_check(CLI::App& feeds, Session& session);
void add_feeds_export(CLI::App& feeds, Session& session);
void add_feeds_import(CLI::App& feeds, Session& session);
void add_feeds_list(CLI::App& feeds, Session& session);
void add_feeds_remove(CLI::App& feeds, Session& session);

// What the options of a command that changes the feed list said.
struct FeedListWords {
  std::string file;  // --feeds
  bool dry_run = false;

  // The list that is meant: the one given, else the one of the settings.
  [[nodiscard]] std::filesystem::path list(const Session& session) const;
};

// Adds --feeds.
void add_list_option(CLI::App& command, const std::shared_ptr<FeedListWords>& words);
// Adds --dry-run.
void add_dry_run_option(CLI::App& command, const std::shared_ptr<FeedListWords>& words);

}  // namespace stakeout
