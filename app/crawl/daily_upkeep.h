#pragma once

#include "app/crawl/upkeep.h"
#include "crawler/clock.h"

namespace stakeout {

// The database's care beside a crawl that goes on: a round a quarter of an hour after the start,
// and then one a day. Each step is followed by a rest of four times as long, so that a crawl which
// is never idle loses a fifth of its writer's time at most, and waits for some milliseconds.
//
// A clock that was set far ahead would have texts dropped that are to be kept: when it has gone a
// week further than the time since the store was last worked on, a round drops nothing and warns.
// The next one, a day later, takes the clock for right.
//
// A step does not wait for a lock of another program's: it is tried again later. What else goes
// wrong costs the round, and the crawl goes on.
class DailyUpkeep {
 public:
  // All are borrowed.
  DailyUpkeep(Store& store, const RetentionSettings& retention, const Clock& clock);

  // When the next step is due.
  [[nodiscard]] SteadyTime due_at() const { return due_at_; }

  // Does a step if one is due. Throws StorageError when the database is damaged.
  void look();

 private:
  void begin_round();
  void do_step();
  void end_round();

  Upkeep upkeep_;
  const Clock& clock_;
  std::optional<Timestamp> known_time_;  // that the clock was right at...
  SteadyTime known_at_;                  // ...then
  SteadyTime due_at_;
  bool is_under_way_ = false;
};

}  // namespace stakeout
