#include "app/crawl/crawl.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include <spdlog/spdlog.h>

#include "app/crawl/network_options.h"
#include "app/crawl/queue.h"
#include "app/crawl/writer.h"

namespace stakeout {
namespace {

// Seconds until a job is tried again whose result could not be stored.
constexpr std::int64_t retry_after = 3'600;

// The worker threads of a crawl. They end when the crawler has nothing more to give; the last of
// them closes the queue.
class Workers {
 public:
  Workers(Crawler& crawler, EntryHints& hints, const MentionFinder& finder,
          Queue<Finished>& finished)
      : crawler_{crawler}, left_{std::max(1U, std::thread::hardware_concurrency())} {
    const unsigned count = left_;
    for (unsigned i = 0; i < count; ++i) {
      threads_.emplace_back([this, &hints, &finder, &finished] {
        while (auto result = crawler_.next())
          finished.push(parse_result(std::move(*result), hints, finder));
        if (--left_ == 0) finished.close();
      });
    }
  }
  // Results that nobody took are dropped: they are still due in the database.
  ~Workers() { crawler_.stop(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

 private:
  Crawler& crawler_;
  std::atomic<unsigned> left_;
  std::vector<std::jthread> threads_;
};

// A result that the database would not take though nothing is wrong with the file: its job has
// failed and is tried again later. Throws StorageError when not even that can be stored.
void fail_job(const CrawlParts& parts, const CrawlJob& job, const std::string& error,
              CrawlReport& report) {
  constexpr double weight = 0.25;  // as a fault that may pass
  const Timestamp now = parts.clock.now();
  spdlog::error("{}: {}", job.url.text(), error);
  if (job.kind == JobKind::feed) {
    parts.store.save_feed_failure({job.id, error, weight, false, {now + retry_after}}, now);
    report.failed_feeds.push_back({job.url.text(), error});
  } else {
    parts.store.save_page_failure({job.id, PageOutcome::failed, error, now + retry_after}, now);
    ++report.failed_pages;
  }
}

// Stores one result and counts it. Throws StorageError when there is no going on: the file is
// locked, damaged or may not be written, or the disk is full.
void write_result(CrawlWriter& writer, Finished& finished, const CrawlParts& parts,
                  CrawlReport& report) {
  const CrawlReport before = report;
  try {
    writer.write(finished);
  } catch (const StorageError& error) {
    if (error.fault() != StorageFault::other) throw;
    const CrawlJob& job = finished.result.job;
    report = before;
    ++(job.kind == JobKind::feed ? report.feeds_done : report.pages_done);
    fail_job(parts, job, error.what(), report);
  }
}

}  // namespace

CrawlReport crawl(const CrawlParts& parts, const CrawlOptions& options,
                  const std::stop_token& stop) {
  CrawlReport report;
  EntryHints hints;
  Queue<Finished> finished;
  Crawler crawler{crawler_options(parts.settings), parts.fetcher, parts.clock, parts.hosts};
  CrawlWriter writer{parts, crawler, hints, report};
  writer.start(options.force);
  crawler.finish();

  const Workers workers{crawler, hints, parts.finder, finished};
  const std::stop_callback stopping{stop, [&crawler] { crawler.stop(); }};
  while (auto next = finished.pop()) {
    if (stop.stop_requested()) continue;
    write_result(writer, *next, parts, report);
    if (options.progress) options.progress(report);
  }
  return report;
}

}  // namespace stakeout
