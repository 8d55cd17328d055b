#pragma once

#include <chrono>
#include <string>

#include "app/crawl/report.h"

namespace stakeout {

struct Session;

// One line on stderr that is written over as a crawl or an import goes on; only on a terminal, and
// not with -q.
class Progress {
 public:
  explicit Progress(const Session& session);

  // At most ten times a second.
  void show(const CrawlReport& report);
  void show(const std::string& line);
  void clear();

 private:
  bool enabled_;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace stakeout
