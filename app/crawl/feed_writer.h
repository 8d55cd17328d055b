#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "app/crawl/crawl.h"
#include "app/crawl/parse.h"
#include "crawler/next_poll.h"

namespace stakeout {

// The writer's part that deals with feeds: which are asked, what is stored of an answer, and when
// they are asked again. Lives on the writer's thread.
class FeedWriter {
 public:
  // All are borrowed.
  FeedWriter(const CrawlParts& parts, Crawler& crawler, CrawlReport& report)
      : parts_{parts}, crawler_{crawler}, report_{report} {}

  // Submits the feeds that are due. `force`: those whose time has not come, too.
  void submit_due(bool force);

  // Stores the result of a feed's job. Throws StorageError; the result is then as if it had never
  // come.
  void write(const Finished& finished);

 private:
  void save_parsed(const CrawlJob& job, const Fetched& fetched, Feed feed);
  void fail(const CrawlJob& job, const std::string& error, PollOutcome outcome,
            const FetchResponse* response);
  [[nodiscard]] FeedPlan plan_after(const CrawlJob& job, PollOutcome outcome,
                                    const FetchResponse* response,
                                    std::optional<std::int64_t> wish);

  const CrawlParts& parts_;
  Crawler& crawler_;
  CrawlReport& report_;
  std::unordered_map<std::int64_t, FeedState> feeds_;  // those that were submitted
};

}  // namespace stakeout
