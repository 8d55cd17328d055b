#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "app/crawl/crawl.h"
#include "app/crawl/report.h"
#include "extractors/values/timestamp.h"

namespace stakeout {

// What the service has done since it started, for programs that watch it. Any thread.
class ServiceMetrics {
 public:
  explicit ServiceMetrics(Timestamp started_at) : started_at_{started_at} {}

  // A crawl begins: at the start, after a reload, after a fault.
  void crawl_begins();
  // What was done since the last call of end_batch().
  void set_progress(const CrawlReport& report);
  void end_batch(const CrawlReport& report);

  // In OpenMetrics 1.0, ended by its "# EOF". `outlook` is nullopt before the first one; the
  // database is read for what waits in it, and what cannot be read is left out.
  [[nodiscard]] std::string text(const std::optional<Outlook>& outlook, bool is_healthy,
                                 const std::filesystem::path& database) const;

  static constexpr std::size_t counter_count = 10;
  using Counts = std::array<std::uint64_t, counter_count>;  // as the table in metrics.cpp has them

 private:
  void take_progress();  // with mutex_ held

  const Timestamp started_at_;
  mutable std::mutex mutex_;  // guards all below
  std::uint64_t crawls_ = 0;
  Counts done_{};      // in batches that have ended
  Counts progress_{};  // in the one that has not
};

}  // namespace stakeout
