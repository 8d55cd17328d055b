#include "app/crawl/crawl.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "app/crawl/queue.h"
#include "app/crawl/writer.h"

namespace stakeout {
namespace {

CrawlerOptions crawler_options(const FetchSettings& settings) {
  CrawlerOptions options;
  options.connections = settings.connections;
  options.per_host_connections = settings.per_host_connections;
  options.per_host_delay = settings.per_host_delay;
  options.max_page_body = static_cast<std::size_t>(settings.max_body);
  return options;
}

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
    writer.write(*next);
    if (options.progress) options.progress(report);
  }
  return report;
}

}  // namespace stakeout
