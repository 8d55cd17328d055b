#include "app/crawl/engine.h"

#include <utility>

#include "app/crawl/network_options.h"

namespace stakeout {
namespace {

// Nobody watches over the vitals of a single pass.
constexpr std::chrono::minutes patience{1};

std::vector<FeedListing> listings_of(const FeedList& feeds) {
  std::vector<FeedListing> listings;
  for (const ListedFeed& feed : feeds.feeds) listings.push_back({feed.url, feed.title, feed.tags});
  return listings;
}

}  // namespace

CrawlEngine::CrawlEngine(const CrawlPlan& plan, const Clock& clock, HostMemory& hosts,
                         std::stop_token stop)
    : settings_{plan.settings.fetch},
      retention_{plan.settings.retention},
      clock_{clock},
      hosts_{hosts},
      stop_{std::move(stop)},
      proxies_{plan.settings.feed_settings},
      lock_{plan.settings.database},
      store_{plan.settings.database, stop_},
      finder_{plan.watchlist},
      fetcher_{fetch_options(settings_, !plan.settings.archive.empty()), clock},
      chance_{std::random_device{}()} {
  if (!plan.settings.archive.empty()) archive_.emplace(plan.settings.archive, settings_, store_);
  store_.sync_entities(plan.watchlist.entities(), clock.now());
  store_.sync_feeds(listings_of(plan.feeds), clock.now());
  // Without a settings file nothing is known of who reads: whoever did goes on to.
  if (plan.settings.has_file)
    store_.sync_subscriptions(subscriptions_of(plan.settings.digests, plan.watchlist));
}

CrawlParts CrawlEngine::parts(Vitals& vitals) {
  return {settings_,
          proxies_,
          store_,
          finder_,
          fetcher_,
          clock_,
          hosts_,
          chance_,
          network_,
          vitals,
          archive_ ? &*archive_ : nullptr,
          retention_};
}

CrawlReport CrawlEngine::crawl(const CrawlOptions& options) {
  Vitals vitals{patience};
  CrawlReport report = stakeout::crawl(parts(vitals), options, stop_);
  store_.checkpoint();
  report.next_due = store_.next_due(clock_.now());
  return report;
}

void CrawlEngine::keep_crawling(const CrawlWatch& watch, Vitals& vitals) {
  stakeout::keep_crawling(parts(vitals), watch, stop_);
}

}  // namespace stakeout
