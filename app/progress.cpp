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
  show("feeds " + std::to_string(report.feeds_done) + " of " + std::to_string(report.feeds_due) +
       ", pages " + std::to_string(report.pages_done) + " of " + std::to_string(report.pages_due) +
       ", " + std::to_string(report.articles) + " articles, " + std::to_string(report.mentions) +
       " mentions, " + std::to_string(report.new_contracts) + " contracts");
}

void Progress::show(const std::string& line) {
  const auto now = std::chrono::steady_clock::now();
  if (!enabled_ || now < next_) return;
  next_ = now + between_lines;
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
  std::fflush(stderr);
}

void Progress::clear() {
  if (enabled_) std::fprintf(stderr, "\r\033[K");
}

}  // namespace stakeout
