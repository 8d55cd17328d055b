#pragma once

#include <atomic>
#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "app/crawl/parse.h"
#include "app/crawl/queue.h"
#include "app/crawl/vitals.h"

namespace stakeout {

// The worker threads of a crawl, one for each processor: they parse what the crawler has fetched.
// They end when the crawler has nothing more to give; the last of them closes the queue. A document
// has its part of the room from before it is read until its Finished dies.
class Workers {
 public:
  // All are borrowed. `keep_bodies`: see parse_result().
  Workers(Crawler& crawler, EntryHints& hints, const MentionFinder& finder, WorkRoom& room,
          Queue<Finished>& finished, const Vitals& vitals, const Clock& clock,
          bool keep_bodies = false);
  // Results that nobody took are dropped: they are still due in the database.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // See Vitals::Check. Any thread.
  [[nodiscard]] std::string trouble(SteadyTime now) const;

 private:
  void work(Heartbeat& heartbeat, EntryHints& hints, const MentionFinder& finder,
            Queue<Finished>& finished);

  Crawler& crawler_;
  WorkRoom& room_;
  const Clock& clock_;
  const bool keep_bodies_;
  std::atomic<unsigned> left_;  // that have not ended
  std::deque<Heartbeat> heartbeats_;
  std::vector<std::jthread> threads_;
};

}  // namespace stakeout
