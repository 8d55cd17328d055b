#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "app/crawl/crawl.h"
#include "app/crawl/parse.h"

namespace stakeout {

// The writer's part that deals with article pages: which are asked, and what is stored of an
// answer. Lives on the writer's thread.
class PageWriter {
 public:
  // All are borrowed.
  PageWriter(const CrawlParts& parts, Crawler& crawler, EntryHints& hints, CrawlReport& report)
      : parts_{parts}, crawler_{crawler}, hints_{hints}, report_{report} {}

  // Submits the pages that are due and were not submitted before; all, or those with a higher id.
  void submit_due(std::int64_t after_id = 0);
  // The same for the pages that have become known since the last call.
  void submit_new() { submit_due(last_); }

  // Stores the result of a page's job. Throws StorageError; the result is then as if it had never
  // come.
  void write(const Finished& finished);

 private:
  void save(const CrawlJob& job, const FetchResponse& response, ExtractedPage page, bool from_feed);
  void save_stand_in(const CrawlJob& job, const Fetched& fetched, const std::string& reason);
  void fail(const CrawlJob& job, PageOutcome outcome, const std::string& reason,
            std::optional<Timestamp> retry_at);
  // A failure that may pass: the page is asked again, but not for ever. `retry_after` is the
  // server's wish, in seconds.
  void fail_for_now(const CrawlJob& job, const std::string& reason, std::int64_t retry_after = 0);

  const CrawlParts& parts_;
  Crawler& crawler_;
  EntryHints& hints_;
  CrawlReport& report_;
  std::unordered_map<std::int64_t, int> submitted_;  // by article, and how often each has failed
  std::int64_t last_ = 0;                            // the highest of them
};

}  // namespace stakeout
