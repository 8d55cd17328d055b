#pragma once

#include <functional>
#include <random>
#include <stop_token>
#include <vector>

#include "app/crawl/report.h"
#include "app/settings.h"
#include "crawler/clock.h"
#include "crawler/fetcher.h"
#include "crawler/host_memory.h"
#include "crawler/network_watch.h"
#include "extractors/facts/mentions.h"
#include "storage/store.h"

namespace stakeout {

// What a crawl works with. All are borrowed and have to outlive it.
struct CrawlParts {
  const FetchSettings& settings;
  Store& store;
  const MentionFinder& finder;
  Fetcher& fetcher;
  const Clock& clock;
  HostMemory& hosts;
  std::mt19937& chance;  // for jitter
  NetworkWatch& network;
};

struct CrawlOptions {
  bool force = false;  // feeds whose time has not come, too
  // Called on the calling thread after each transaction.
  std::function<void(const CrawlReport&)> progress{};
  bool feeds_only = false;  // pages stay due, for a later crawl
};

// One pass over the feeds that are due and their pages. The calling thread becomes the writer:
// responses are parsed on worker threads and stored here, many in one transaction. Ends early, with
// nothing half-written, when `stop` is requested; what was not reached is still due in the
// database. A result that cannot be stored costs its job only; throws StorageError when the
// database itself is locked, full, read-only or damaged.
[[nodiscard]] CrawlReport crawl(const CrawlParts& parts, const CrawlOptions& options,
                                const std::stop_token& stop);

}  // namespace stakeout
