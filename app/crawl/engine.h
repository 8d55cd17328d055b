#pragma once

#include <optional>
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
// store. While it lives no other process crawls into the same database. One thread at a time.
class CrawlEngine {
 public:
  // Opens the database and tells it the feeds and the watchlist. All are borrowed; `hosts` is what
  // was learnt of hosts, from crawl to crawl. Once `stop` is requested nothing waits for the
  // database any more, and crawls end early. Throws StorageError, and CommandError (1) when another
  // process crawls into the database.
  CrawlEngine(const CrawlPlan& plan, const Clock& clock, HostMemory& hosts, std::stop_token stop);

  // One pass; see crawl().
  [[nodiscard]] CrawlReport crawl(const CrawlOptions& options);

  // Until the end is asked for; see there. `vitals` is borrowed.
  void keep_crawling(const CrawlWatch& watch, Vitals& vitals);

 private:
  [[nodiscard]] CrawlParts parts(Vitals& vitals);

  const FetchSettings& settings_;
  const RetentionSettings& retention_;
  const Clock& clock_;
  HostMemory& hosts_;
  std::stop_token stop_;
  Proxies proxies_;
  CrawlLock lock_;  // before the store: a database that another crawls into is not even opened
  Store store_;
  std::optional<PageArchive> archive_;
  MentionFinder finder_;
  NetworkWatch network_;
  CurlFetcher fetcher_;
  std::mt19937 chance_;
};

}  // namespace stakeout
