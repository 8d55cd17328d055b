#include "app/crawl/plan.h"

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

#include "app/feed_list_file.h"
#include "app/session.h"

namespace stakeout {
CrawlPlan read_crawl_plan(Settings settings) {
  FeedList feeds = read_feed_list(settings.feeds);
  Watchlist watchlist = read_watchlists(settings.watchlist);
  for (const FeedSettings& feed : settings.feed_settings) {
    if (std::ranges::find(feeds.feeds, feed.url, &ListedFeed::url) == feeds.feeds.end())
      spdlog::warn("{}: {} has no feed {}; this [[feed]] has no effect", feed.origin,
                   settings.feeds.string(), feed.url);
  }
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
