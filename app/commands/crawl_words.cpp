#include "app/commands/crawl_words.h"

#include <CLI/CLI.hpp>

#include "app/session.h"

namespace stakeout {

void add_watchlist_option(CLI::App& command, const std::shared_ptr<CrawlWords>& words) {
  command.add_option("--watchlist", words->watchlists, "A further watchlist; may be given again")
      ->type_name("FILE")
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false);
}

Settings settings_for(const Session& session, const CrawlWords& words) {
  Settings settings = session.settings();
  if (!session.database_file.empty()) settings.database = session.database_file;
  if (!words.feeds.empty()) settings.feeds = words.feeds;
  settings.watchlist.insert(settings.watchlist.end(), words.watchlists.begin(),
                            words.watchlists.end());
  return settings;
}

}  // namespace stakeout
