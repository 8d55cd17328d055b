#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/settings.h"
#include "extractors/values/timestamp.h"
#include "storage/store.h"

namespace stakeout {

// From when back the settings let go of what is stored.
[[nodiscard]] RetentionLimits limits_of(const RetentionSettings& retention, Timestamp now);

// Whether the clock is so far beyond when the store was last worked on that it had better be looked
// at before texts go by it. A store that nothing was ever fetched into tells nothing.
[[nodiscard]] bool is_clock_ahead(std::optional<Timestamp> last_work, Timestamp now);

// "3 texts and the feeds' words of 20 entries, 1.2 MiB in all"; empty: nothing.
[[nodiscard]] std::string words_of(const Dropped& dropped);

// The care of the database, in rounds of small steps: what the settings let go is dropped, SQLite
// counts anew what its indexes hold, the full-text index is merged, and what is free in the file is
// given back. A round that is begun anew starts over; nothing is lost by that. On the writer's
// thread.
class Upkeep {
 public:
  // `store` is borrowed.
  Upkeep(Store& store, const RetentionSettings& retention) : store_{store}, retention_{retention} {}

  // `drops`: also what the settings let go is dropped.
  void begin(bool drops = true);

  // Does one step, a transaction of some milliseconds. False: the round is over. Throws
  // StorageError.
  bool step(Timestamp now);

  // The tables that this round has counted anew so far.
  [[nodiscard]] std::size_t counted_tables() const { return counted_tables_; }

  // What this round has dropped so far.
  [[nodiscard]] const Dropped& dropped() const { return dropped_; }

 private:
  enum class Part { drop, analyze, merge, give_back, end };

  bool drop(Timestamp now);
  bool analyze();

  Store& store_;
  const RetentionSettings retention_;
  Part part_ = Part::end;
  std::int64_t dropped_up_to_ = 0;  // an article
  std::optional<std::vector<std::string>> tables_;
  std::size_t counted_tables_ = 0;
  Dropped dropped_;
};

}  // namespace stakeout
