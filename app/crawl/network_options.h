#pragma once

#include "app/settings.h"
#include "crawler/crawler.h"
#include "crawler/fetcher_curl.h"

namespace stakeout {

// What [fetch] of the settings means to the fetcher and to the crawler; for everything that goes
// out to the network, so that manners and limits are the same everywhere.
[[nodiscard]] FetchOptions fetch_options(const FetchSettings& settings, bool keep_requests = false);
[[nodiscard]] CrawlerOptions crawler_options(const FetchSettings& settings);

}  // namespace stakeout
