#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>

#include "app/crawl/feed_writer.h"
#include "app/crawl/page_writer.h"

namespace stakeout {

// The writer's part of a crawl: stores what the workers finished and submits what follows from it.
// Lives on one thread.
class CrawlWriter {
 public:
  // All are borrowed.
  CrawlWriter(const CrawlParts& parts, Crawler& crawler, EntryHints& hints, CrawlReport& report)
      : parts_{parts},
        feeds_{parts, crawler, report},
        pages_{parts, crawler, hints, report},
        report_{report},
        told_to_{parts.store.last_alert()} {}

  // The first submit_due() of a pass or of a crawl that goes on.
  void start(const CrawlOptions& options);

  // Submits the feeds that are due (`force`: those whose time has not come, too) and are not under
  // way, and the pages that have become due since the last look. Now and then, and after
  // look_at_all(), all that are due, whatever was submitted before, and what a wrong clock had put
  // off. Throws StorageError.
  void submit_due(bool force = false);
  void look_at_all() { all_at_.reset(); }

  // Up to when all that is due has been submitted.
  [[nodiscard]] Timestamp looked_at() const { return pages_.looked_at(); }

  // Stores results, many in one transaction, and submits what follows from them once that has
  // ended. A result that the database would not take costs its own job only: it has failed and is
  // tried again later. Throws StorageError when there is no going on: the file is locked, damaged
  // or may not be written, or the disk is full. What was not stored is then as if it had never
  // come.
  void write(std::span<const Finished> results);

  // Puts into the report what stands of the alerts that were raised since the last call, or since
  // the beginning.
  void count_alerts();

 private:
  // Stores the first of them in one transaction; how many.
  std::size_t write_together(std::span<const Finished> results);
  void write_alone(const Finished& finished);
  void write_one(const Finished& finished);
  // One transaction of the database and, with it, of the archive.
  void together(const std::function<void()>& work);
  void fail_job(const CrawlJob& job, const std::string& error);
  void submit_what_follows(const CrawlReport& before);
  void forget(std::span<const Finished> results);

  const CrawlParts& parts_;
  FeedWriter feeds_;
  PageWriter pages_;
  CrawlReport& report_;
  std::int64_t told_to_ = 0;  // the last alert that was counted
  bool feeds_only_ = false;
  std::optional<SteadyTime> all_at_;  // when all was looked at
};

}  // namespace stakeout
