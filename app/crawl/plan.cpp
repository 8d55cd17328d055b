#include "app/crawl/plan.h"

#include <utility>

#include <spdlog/spdlog.h>

#include "app/feed_list_file.h"
#include "app/session.h"

namespace stakeout {
CrawlPlan read_crawl_plan(Settings settings) {
  FeedList feeds = read_feed_list(settings.feeds);
  Watchlist watchlist = read_watchlists(settings.watchlist);
  return {std::move(settings), std::move(feeds), std::move(watchlist)};
}

Watchlist read_watchlists(const std::vector<std::filesystem::path>& files) {
  Watchlist watchlist = shipped_watchlist();
  for (const auto& file : files) {
    WatchlistFile read = parse_watchlist(read_text_file(file, "the watchlist"), file.string());
    for (const std::string& warning : read.warnings) spdlog::warn("{}", warning);
    watchlist.merge(std::move(read.entities));
  }
  return watchlist;
}

}  // namespace stakeout
