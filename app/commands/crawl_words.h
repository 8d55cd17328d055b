#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/settings.h"

namespace CLI {
class App;
}

namespace stakeout {

struct Session;

// What the words of a command say over the settings.
struct CrawlWords {
  std::string feeds;                    // --feeds, or empty: those of the settings
  std::vector<std::string> watchlists;  // --watchlist: besides those of the settings
  bool force = false;                   // --force
  bool feeds_only = false;              // --feeds-only
};

// Adds --watchlist, which may be given again.
void add_watchlist_option(CLI::App& command, const std::shared_ptr<CrawlWords>& words);

// The settings in force for a command with these words, --db included. Throws CommandError.
[[nodiscard]] Settings settings_for(const Session& session, const CrawlWords& words);

}  // namespace stakeout
