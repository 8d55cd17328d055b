#pragma once

#include <functional>
#include <optional>
#include <random>
#include <stop_token>
#include <string>
#include <vector>

#include "app/crawl/page_archive.h"
#include "app/crawl/proxies.h"
#include "app/crawl/report.h"
#include "app/crawl/vitals.h"
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
  const Proxies& proxies;
  Store& store;
  const MentionFinder& finder;
  Fetcher& fetcher;
  const Clock& clock;
  HostMemory& hosts;
  std::mt19937& chance;  // for jitter
  NetworkWatch& network;
  Vitals& vitals;
  PageArchive* archive = nullptr;  // absent: no archive is kept
  RetentionSettings retention{};
};

// In both ways of crawling the calling thread becomes the writer: what is due is submitted to one
// crawler, responses are parsed on worker threads and stored here. A crawl ends early, with nothing
// half-written, when `stop` is requested; what was not reached is still due in the database. A
// result that cannot be stored costs its job only.

struct CrawlOptions {
  bool force = false;  // feeds whose time has not come, too
  // Called on the calling thread after each transaction.
  std::function<void(const CrawlReport&)> progress{};
  bool feeds_only = false;  // pages stay due, for a later crawl
};

// One pass over the feeds that are due and their pages. Throws StorageError when the database
// itself is locked, full, read-only or damaged.
[[nodiscard]] CrawlReport crawl(const CrawlParts& parts, const CrawlOptions& options,
                                const std::stop_token& stop);

// How things stand in a crawl that goes on.
struct Outlook {
  FeedCounts feeds;
  std::size_t open_jobs = 0;          // submitted and not stored yet
  std::optional<Timestamp> next_due;  // of what is not submitted yet
};

// Who wants to know of a crawl that goes on. All are called on the calling thread, and quick.
struct CrawlWatch {
  std::stop_token leave;  // ends the crawl when what is under way has been fetched and stored
  // Now and then, at least once a minute.
  std::function<void(const Outlook&)> outlook;
  // After each transaction with results: what was done since the last call of batch_done.
  std::function<void(const CrawlReport&)> progress{};
  // What was done since the last call: when the first time nothing is left to do, and then every
  // five minutes, or fifteen while there always is.
  std::function<void(const CrawlReport&)> batch_done;
  // The database cannot be written for now, and why; empty: it can again.
  std::function<void(const std::string&)> trouble;
};

// Crawls until `stop` or `watch.leave` is requested. Feeds and pages are submitted as they become
// due, while others are under way, so that no feed waits for a slow host but its own. A database
// that is locked, full or read-only is tried again, with longer and longer pauses; what could not
// be stored meanwhile is fetched again. When the clock is set back, what was put off by the wrong
// time becomes due. Now and then, a quarter of an hour after the start and every day, a small step
// of the database's care comes between (upkeep.h). Throws StorageError when the database is damaged
// or not ours.
void keep_crawling(const CrawlParts& parts, const CrawlWatch& watch, const std::stop_token& stop);

}  // namespace stakeout
