#include "app/crawl/crawl.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "app/crawl/network_options.h"
#include "app/crawl/queue.h"
#include "app/crawl/writer.h"

namespace stakeout {
namespace {

// Results are stored together when so many are at hand, or so long after the first of them: the
// commit is what storing one costs most.
constexpr std::size_t enough_results = 32;
constexpr std::chrono::milliseconds longest_gathering{20};

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
  writer.start(options);
  crawler.finish();

  const Workers workers{crawler, hints, parts.finder, finished};
  const std::stop_callback stopping{stop, [&crawler] { crawler.stop(); }};
  while (true) {
    const auto results = finished.pop_all(enough_results, longest_gathering);
    if (results.empty()) break;
    if (stop.stop_requested()) continue;
    writer.write(results);
    if (options.progress) options.progress(report);
  }
  return report;
}

}  // namespace stakeout
