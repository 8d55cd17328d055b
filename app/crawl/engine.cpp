#include "app/crawl/engine.h"

#include "app/crawl/network_options.h"

namespace stakeout {
namespace {

std::vector<FeedListing> listings_of(const FeedList& feeds) {
  std::vector<FeedListing> listings;
  for (const ListedFeed& feed : feeds.feeds) listings.push_back({feed.url, feed.title, feed.tags});
  return listings;
}

}  // namespace

CrawlEngine::CrawlEngine(const CrawlPlan& plan, const Clock& clock)
    : settings_{plan.settings.fetch},
      clock_{clock},
      lock_{plan.settings.database},
      store_{plan.settings.database},
      finder_{plan.watchlist},
      fetcher_{fetch_options(settings_), clock},
      chance_{std::random_device{}()} {
  store_.sync_entities(plan.watchlist.entities(), clock.now());
  store_.sync_feeds(listings_of(plan.feeds), clock.now());
}

CrawlReport CrawlEngine::crawl(const CrawlOptions& options, const std::stop_token& stop) {
  CrawlReport report = stakeout::crawl(
      {settings_, store_, finder_, fetcher_, clock_, hosts_, chance_, network_}, options, stop);
  store_.checkpoint();
  return report;
}

}  // namespace stakeout
