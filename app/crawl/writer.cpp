#include "app/crawl/writer.h"

#include <spdlog/spdlog.h>

namespace stakeout {
namespace {

// After so long a transaction takes no further result: a person's correction waits for its end.
constexpr std::chrono::milliseconds longest_transaction{50};

// Seconds until a job is tried again whose result could not be stored.
constexpr std::int64_t retry_after = 3'600;

}  // namespace

void CrawlWriter::start(const CrawlOptions& options) {
  feeds_only_ = options.feeds_only;
  feeds_.submit_due(options.force);
  if (!feeds_only_) pages_.submit_due();
}

void CrawlWriter::write(std::span<const Finished> results) {
  while (!results.empty()) {
    const CrawlReport before = report_;
    results = results.subspan(write_together(results));
    submit_what_follows(before);
  }
}

std::size_t CrawlWriter::write_together(std::span<const Finished> results) {
  const CrawlReport before = report_;
  std::size_t count = 0;
  try {
    const SteadyTime end = parts_.clock.steady() + longest_transaction;
    parts_.store.together([&] {
      do {
        write_one(results[count++]);
      } while (count < results.size() && parts_.clock.steady() < end);
    });
  } catch (const StorageError& error) {
    if (error.fault() != StorageFault::other) throw;
    report_ = before;
    for (const Finished& finished : results.first(count)) write_alone(finished);
  }
  return count;
}

void CrawlWriter::write_alone(const Finished& finished) {
  const CrawlReport before = report_;
  try {
    parts_.store.together([&] { write_one(finished); });
  } catch (const StorageError& error) {
    if (error.fault() != StorageFault::other) throw;
    report_ = before;
    fail_job(finished.result.job, error.what());
  }
}

void CrawlWriter::write_one(const Finished& finished) {
  if (finished.result.job.kind == JobKind::feed) {
    feeds_.write(finished);
  } else {
    pages_.write(finished);
  }
}

void CrawlWriter::fail_job(const CrawlJob& job, const std::string& error) {
  constexpr double weight = 0.25;  // as a fault that may pass
  const Timestamp now = parts_.clock.now();
  spdlog::error("{}: {}", job.url.text(), error);
  if (job.kind == JobKind::feed) {
    parts_.store.save_feed_failure({job.id, error, weight, false, {now + retry_after}}, now);
    report_.failed_feeds.push_back({job.url.text(), error});
    ++report_.feeds_done;
  } else {
    parts_.store.save_page_failure({job.id, PageOutcome::failed, error, now + retry_after}, now);
    ++report_.failed_pages;
    ++report_.pages_done;
  }
}

// Pages of new entries are submitted as their feeds come in; once all feeds have come, the pages
// that were known before and whose entries changed are, too.
void CrawlWriter::submit_what_follows(const CrawlReport& before) {
  if (feeds_only_) return;
  if (report_.feeds_done > before.feeds_done && report_.feeds_done == report_.feeds_due) {
    pages_.submit_due();
  } else if (report_.new_entries > before.new_entries) {
    pages_.submit_new();
  }
}

}  // namespace stakeout
