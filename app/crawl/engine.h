#pragma once

#include <memory>
#include <random>
#include <stop_token>

#include "app/crawl/crawl.h"
#include "app/crawl/lock.h"
#include "app/crawl/plan.h"
#include "app/crawl/report.h"
#include "crawler/fetcher_curl.h"
#include "crawler/host_memory.h"
#include "crawler/network_watch.h"
#include "extractors/facts/mentions.h"
#include "storage/store.h"

namespace stakeout {

// Everything that a crawl needs, built from a plan: the watchlist's matcher, the network, the
// store; and what was learnt of hosts, from pass to pass. While it lives no other process crawls
// into the same database. One thread at a time.
class CrawlEngine {
 public:
  // Opens the database and tells it the feeds and the watchlist. Both are borrowed. Throws
  // StorageError, and CommandError (1) when another process crawls into the database.
  CrawlEngine(const CrawlPlan& plan, const Clock& clock);

  // One pass; see crawl().
  [[nodiscard]] CrawlReport crawl(const CrawlOptions& options, const std::stop_token& stop);

  [[nodiscard]] Store& store() { return store_; }

 private:
  const FetchSettings& settings_;
  const Clock& clock_;
  CrawlLock lock_;  // before the store: a database that another crawls into is not even opened
  Store store_;
  MentionFinder finder_;
  HostMemory hosts_;      // across passes
  NetworkWatch network_;  // the same
  CurlFetcher fetcher_;
  std::mt19937 chance_;
};

}  // namespace stakeout
