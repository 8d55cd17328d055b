#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/settings.h"

namespace stakeout {

// Which feeds have a proxy of their own, for themselves and their pages.
class Proxies {
 public:
  explicit Proxies(const std::vector<FeedSettings>& feeds);

  // By the feed's address in the feed list, as CrawlJob::proxy wants it: absent, the general one
  // serves; empty, none does.
  [[nodiscard]] std::optional<std::string> of(const std::string& feed_url) const;

 private:
  std::unordered_map<std::string, std::string> by_feed_;
};

}  // namespace stakeout
