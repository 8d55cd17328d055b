#pragma once

#include <chrono>

#include "app/crawl/report.h"

namespace stakeout {

struct Session;

// One line on stderr that is written over as a crawl goes on; only on a terminal, and not with -q.
class Progress {
 public:
  explicit Progress(const Session& session);

  void show(const CrawlReport& report);  // at most ten times a second
  void clear();

 private:
  bool enabled_;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace stakeout
