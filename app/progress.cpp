#include "app/progress.h"

#include <cstdio>

#include <unistd.h>

#include "app/session.h"

namespace stakeout {
namespace {

constexpr std::chrono::milliseconds between_lines{100};

}  // namespace

Progress::Progress(const Session& session)
    : enabled_{!session.quiet && isatty(STDERR_FILENO) == 1} {}

void Progress::show(const CrawlReport& report) {
  const auto now = std::chrono::steady_clock::now();
  if (!enabled_ || now < next_) return;
  next_ = now + between_lines;
  std::fprintf(
      stderr,
      "\r\033[Kfeeds %zu of %zu, pages %zu of %zu, %zu articles, %zu mentions, %zu contracts",
      report.feeds_done, report.feeds_due, report.pages_done, report.pages_due, report.articles,
      report.mentions, report.new_contracts);
  std::fflush(stderr);
}

void Progress::clear() {
  if (enabled_) std::fprintf(stderr, "\r\033[K");
}

}  // namespace stakeout
