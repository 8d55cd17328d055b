#include "app/crawl/proxies.h"

namespace stakeout {

Proxies::Proxies(const std::vector<FeedSettings>& feeds) {
  for (const FeedSettings& feed : feeds) {
    if (feed.proxy) by_feed_.insert_or_assign(feed.url, *feed.proxy);
  }
}

std::optional<std::string> Proxies::of(const std::string& feed_url) const {
  const auto found = by_feed_.find(feed_url);
  return found == by_feed_.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace stakeout
