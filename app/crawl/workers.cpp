#include "app/crawl/workers.h"

#include <algorithm>
#include <utility>

namespace stakeout {

Workers::Workers(Crawler& crawler, EntryHints& hints, const MentionFinder& finder,
                 Queue<Finished>& finished, const Vitals& vitals, const Clock& clock)
    : crawler_{crawler}, clock_{clock}, left_{std::max(1U, std::thread::hardware_concurrency())} {
  const unsigned count = left_;
  for (unsigned i = 0; i < count; ++i) {
    Heartbeat& heartbeat = heartbeats_.emplace_back(vitals);
    threads_.emplace_back([this, &heartbeat, &hints, &finder, &finished] {
      work(heartbeat, hints, finder, finished);
    });
  }
}

Workers::~Workers() {
  crawler_.stop();
}

void Workers::work(Heartbeat& heartbeat, EntryHints& hints, const MentionFinder& finder,
                   Queue<Finished>& finished) {
  while (auto result = crawler_.next()) {
    heartbeat.work(clock_.steady());
    finished.push(parse_result(std::move(*result), hints, finder));
    heartbeat.rest();
  }
  if (--left_ == 0) finished.close();
}

std::string Workers::trouble(SteadyTime now) const {
  const bool stuck = std::ranges::any_of(
      heartbeats_, [&](const Heartbeat& heartbeat) { return heartbeat.is_late(now); });
  if (stuck) return "a worker does not come to the end of a page or feed";
  // They end together, unless one of them is lost.
  const unsigned left = left_;
  if (left > 0 && left < threads_.size()) return "a worker has ended before its time";
  return {};
}

}  // namespace stakeout
