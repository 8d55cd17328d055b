#pragma once

#include <array>
#include <mutex>
#include <optional>
#include <string>

#include "app/crawl/crawl.h"
#include "app/crawl/report.h"
#include "extractors/values/timestamp.h"

namespace stakeout {

// How the service is, in one line for `systemctl status`:
//
//     1000 feeds, 3 failing, 2 due; 14 jobs open; 40 feeds and 12 pages done by
//     2026-11-22 11:35 UTC; next at 2026-11-22 11:52 UTC
//
// What is wrong comes first. Any thread.
class ServiceStatus {
 public:
  enum class Part { service, vitals, database, settings, mail };

  void set_outlook(const Outlook& outlook);
  void set_batch(const CrawlReport& report, Timestamp now);
  // What is wrong, or empty.
  void set_trouble(Part part, const std::string& trouble);

  [[nodiscard]] std::string line() const;
  // What is wrong, all of it; empty: nothing. Before the first outlook that is "starting".
  [[nodiscard]] std::string trouble() const;
  [[nodiscard]] std::optional<Outlook> outlook() const;

 private:
  [[nodiscard]] std::string all_troubles() const;

  mutable std::mutex mutex_;  // guards all below
  std::optional<Outlook> outlook_;
  std::string batch_;
  std::array<std::string, 5> troubles_;  // by Part
};

}  // namespace stakeout
