#include "app/crawl/engine.h"

#include <spdlog/spdlog.h>

#include "app/session.h"
#include "app/version.h"

namespace stakeout {
namespace {

FetchOptions fetch_options(const FetchSettings& settings) {
  FetchOptions options;
  options.user_agent = user_agent(version, settings.contact);
  options.proxy = settings.proxy;
  options.ca_file = settings.ca_file;
  options.connections = settings.connections;
  options.timeout = settings.timeout;
  for (const std::string& text : settings.allow_private) {
    const auto range = parse_address_range(text);
    if (!range)
      throw CommandError{2, "fetch.allow_private: '" + text + "': " + range.error().message};
    options.allow_private.push_back(*range);
  }
  return options;
}

std::vector<FeedListing> listings_of(const FeedList& feeds) {
  std::vector<FeedListing> listings;
  for (const ListedFeed& feed : feeds.feeds) listings.push_back({feed.url, feed.title, feed.tags});
  return listings;
}

}  // namespace

CrawlEngine::CrawlEngine(const Settings& settings, const FeedList& feeds,
                         const Watchlist& watchlist, const Clock& clock)
    : settings_{settings},
      clock_{clock},
      store_{settings.database},
      finder_{watchlist},
      fetcher_{fetch_options(settings.fetch), clock},
      chance_{std::random_device{}()} {
  store_.sync_entities(watchlist.entities(), clock.now());
  store_.sync_feeds(listings_of(feeds), clock.now());
}

CrawlReport CrawlEngine::crawl(const CrawlOptions& options, const std::stop_token& stop) {
  CrawlReport report = stakeout::crawl(
      {settings_.fetch, store_, finder_, fetcher_, clock_, hosts_, chance_}, options, stop);
  store_.checkpoint();
  return report;
}

FeedList read_feed_list(const std::filesystem::path& file) {
  FeedList list = parse_feed_list(read_text_file(file, "the feed list"), file.string());
  for (const std::string& warning : list.warnings) spdlog::warn("{}", warning);
  return list;
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
