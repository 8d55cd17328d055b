#pragma once

#include <memory>
#include <random>
#include <stop_token>

#include "app/crawl/crawl.h"
#include "app/crawl/report.h"
#include "app/feed_list.h"
#include "app/settings.h"
#include "crawler/fetcher_curl.h"
#include "crawler/host_memory.h"
#include "extractors/facts/mentions.h"
#include "storage/store.h"

namespace stakeout {

// Everything that a crawl needs, built once from the settings: the watchlist's matcher, the
// network, the store; and what was learnt of hosts, from pass to pass. One thread at a time.
class CrawlEngine {
 public:
  // Opens the database and tells it the feeds and the watchlist. `clock` and `settings` are
  // borrowed. Bad lines of the feed list are logged as warnings. Throws StorageError, and
  // CommandError when the settings cannot be used.
  CrawlEngine(const Settings& settings, const FeedList& feeds, const Watchlist& watchlist,
              const Clock& clock);

  // One pass; see crawl().
  [[nodiscard]] CrawlReport crawl(const CrawlOptions& options, const std::stop_token& stop);

  [[nodiscard]] Store& store() { return store_; }

 private:
  const Settings& settings_;
  const Clock& clock_;
  Store store_;
  MentionFinder finder_;
  HostMemory hosts_;  // across passes
  CurlFetcher fetcher_;
  std::mt19937 chance_;
};

// The feed list and the watchlists that the settings name, the shipped one included. Bad lines are
// logged as warnings, with file and line. Throw CommandError (1) when a file cannot be read.
[[nodiscard]] FeedList read_feed_list(const std::filesystem::path& file);
[[nodiscard]] Watchlist read_watchlists(const std::vector<std::filesystem::path>& files);

}  // namespace stakeout
