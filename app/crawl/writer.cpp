#include "app/crawl/writer.h"

#include <spdlog/spdlog.h>

#include "app/crawl/raised_alerts.h"

namespace stakeout {
namespace {

// After so long a transaction takes no further result: a person's correction waits for its end.
constexpr std::chrono::milliseconds longest_transaction{50};

// Seconds until a job is tried again whose result could not be stored.
constexpr std::int64_t retry_after = 3'600;

constexpr std::chrono::hours between_full_looks{1};

}  // namespace

void CrawlWriter::start(const CrawlOptions& options) {
  feeds_only_ = options.feeds_only;
  submit_due(options.force);
}

void CrawlWriter::submit_due(bool force) {
  const SteadyTime now = parts_.clock.steady();
  const bool was_set_back = parts_.clock.now() < pages_.looked_at();
  if (!all_at_ || was_set_back || now - *all_at_ >= between_full_looks) {
    if (const std::size_t mended = parts_.store.mend_plans(parts_.clock.now()); mended > 0)
      spdlog::warn("the clock was ahead: {} feeds and pages that waited for it are due", mended);
    pages_.look_at_all();
    all_at_ = now;
  }
  feeds_.submit_due(force);
  if (!feeds_only_) pages_.submit_due();
}

void CrawlWriter::write(std::span<const Finished> results) {
  while (!results.empty()) {
    const CrawlReport before = report_;
    std::size_t count = 0;
    try {
      count = write_together(results);
    } catch (...) {
      forget(results);
      throw;
    }
    forget(results.first(count));
    results = results.subspan(count);
    feeds_.settle();
    submit_what_follows(before);
  }
}

void CrawlWriter::count_alerts() {
  report_.alerts = parts_.store.alerts_after(told_to_);
  told_to_ = parts_.store.last_alert();
}

void CrawlWriter::forget(std::span<const Finished> results) {
  for (const Finished& finished : results) {
    const CrawlJob& job = finished.result.job;
    job.kind == JobKind::feed ? feeds_.forget(job.id) : pages_.forget(job.id);
  }
}

std::size_t CrawlWriter::write_together(std::span<const Finished> results) {
  const CrawlReport before = report_;
  std::size_t count = 0;
  try {
    const SteadyTime end = parts_.clock.steady() + longest_transaction;
    together([&] {
      do {
        write_one(results[count++]);
      } while (count < results.size() && parts_.clock.steady() < end);
    });
  } catch (const StorageError& error) {
    report_ = before;
    if (error.fault() != StorageFault::other) throw;
    for (const Finished& finished : results.first(count)) write_alone(finished);
  }
  return count;
}

void CrawlWriter::write_alone(const Finished& finished) {
  const CrawlReport before = report_;
  try {
    together([&] { write_one(finished); });
  } catch (const StorageError& error) {
    if (error.fault() != StorageFault::other) throw;
    report_ = before;
    fail_job(finished.result.job, error.what());
  }
}

void CrawlWriter::together(const std::function<void()>& work) {
  std::size_t raised = 0;
  const auto counted_work = [&] { raised = alerts_raised_by(work, parts_.store); };
  if (parts_.archive == nullptr) {
    parts_.store.together(counted_work);
  } else {
    parts_.archive->together(parts_.clock.now(), counted_work);
  }
  report_.alerts_raised += raised;
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
  const bool is_feed = job.kind == JobKind::feed;
  together([&] {
    if (is_feed) {
      parts_.store.save_feed_failure({job.id, error, weight, false, {now + retry_after}}, now);
    } else {
      parts_.store.save_page_failure({job.id, PageOutcome::failed, error, now + retry_after}, now);
    }
  });
  if (is_feed) {
    report_.failed_feeds.push_back({job.url.text(), error});
    ++report_.feeds_done;
  } else {
    report_.add_failed_page(job.url.text(), error);
    ++report_.pages_done;
  }
}

// Pages of new entries are submitted as their feeds come in; once all feeds have come, and at each
// submit_due(), the pages that were known before and whose entries changed are, too.
void CrawlWriter::submit_what_follows(const CrawlReport& before) {
  if (feeds_only_) return;
  if (report_.feeds_done > before.feeds_done && report_.feeds_done == report_.feeds_due) {
    pages_.submit_due();
  } else if (report_.new_entries > before.new_entries) {
    pages_.submit_new();
  }
}

}  // namespace stakeout
