#pragma once

#include "app/crawl/feed_writer.h"
#include "app/crawl/page_writer.h"

namespace stakeout {

// The writer's part of a crawl: stores what the workers finished and submits what follows from it.
// Lives on one thread.
class CrawlWriter {
 public:
  // All are borrowed.
  CrawlWriter(const CrawlParts& parts, Crawler& crawler, EntryHints& hints, CrawlReport& report)
      : feeds_{parts, crawler, report}, pages_{parts, crawler, hints, report}, report_{report} {}

  // Submits the feeds that are due, and the pages that an earlier crawl left.
  void start(bool force);

  // Stores one result. Throws StorageError; the result is then as if it had never come.
  void write(Finished& finished);

 private:
  FeedWriter feeds_;
  PageWriter pages_;
  CrawlReport& report_;
};

}  // namespace stakeout
