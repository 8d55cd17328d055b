#pragma once

#include <random>
#include <unordered_map>

#include "app/crawl/crawl.h"
#include "app/crawl/parse.h"
#include "crawler/next_poll.h"

namespace stakeout {

// The writer's part of a crawl: stores what the workers finished and submits what follows from it.
// Lives on one thread.
class CrawlWriter {
 public:
  // All are borrowed.
  CrawlWriter(const CrawlParts& parts, Crawler& crawler, EntryHints& hints, CrawlReport& report)
      : parts_{parts}, crawler_{crawler}, hints_{hints}, report_{report} {}

  // Submits the feeds that are due, and the pages that an earlier crawl left.
  void start(bool force);

  // Stores one result. Throws StorageError; the result is then as if it had never come.
  void write(Finished& finished);

 private:
  void write_feed(Finished& finished);
  void save_parsed_feed(const CrawlJob& job, const Fetched& fetched, Feed feed);
  void fail_feed(const CrawlJob& job, const std::string& error, PollOutcome outcome,
                 const FetchResponse* response);
  [[nodiscard]] FeedPlan plan_after(const CrawlJob& job, PollOutcome outcome,
                                    const FetchResponse* response,
                                    std::optional<std::int64_t> wish);

  void write_page(Finished& finished);
  void save_page(const CrawlJob& job, const FetchResponse& response, ExtractedPage page,
                 bool from_feed);
  void save_stand_in(const CrawlJob& job, const Fetched& fetched, const std::string& reason);
  void fail_page(const CrawlJob& job, PageOutcome outcome, const std::string& reason,
                 std::optional<Timestamp> retry_at);
  // A failure that may pass: the page is asked again, but not for ever. `retry_after` is the
  // server's wish, in seconds.
  void fail_page_for_now(const CrawlJob& job, const std::string& reason,
                         std::int64_t retry_after = 0);
  void submit_pages(std::int64_t after_id);
  void feed_done();

  CrawlParts parts_;
  Crawler& crawler_;
  EntryHints& hints_;
  CrawlReport& report_;
  std::unordered_map<std::int64_t, FeedState> feeds_;  // those that were submitted
  std::unordered_map<std::int64_t, int> pages_;        // the same, and how often each has failed
  std::int64_t last_page_ = 0;                         // the highest of them
};

}  // namespace stakeout
