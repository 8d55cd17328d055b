#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/values/timestamp.h"

namespace stakeout {

// What a feed has shown of when something new comes: the latest 33 arrivals, and on which of the 64
// days up to the latest one there was any. Entries that come within a quarter of an hour are one
// arrival, so that a burst counts once.
class FeedHabits {
 public:
  // Reads what text() gives. Any other text gives the habits of a feed that nothing is known of.
  [[nodiscard]] static FeedHabits parse(std::string_view text);
  // For the store: "1f3 1727784000 1727787600", the days as bits (bit 0 is the latest), then the
  // arrivals in seconds since 1970.
  [[nodiscard]] std::string text() const;

  // In any order.
  void add(std::vector<Timestamp> arrivals);

  // The latest arrival, give or take a quarter of an hour.
  [[nodiscard]] std::optional<Timestamp> newest() const;

  // Seconds from one arrival to the next: the median, which nights, weekends and bursts do not
  // move. nullopt until four gaps are known.
  [[nodiscard]] std::optional<std::int64_t> usual_gap() const;

  // After how many quiet seconds the silence is news: three times the usual gap, but longer than
  // any pause of whole days that the feed made before, and two days at least (four while less than
  // two weeks are known: the first weekend is no news). nullopt until the usual gap is known.
  [[nodiscard]] std::optional<std::int64_t> silent_after() const;

 private:
  [[nodiscard]] int longest_pause() const;

  std::vector<Timestamp> arrivals_;  // rising
  std::uint64_t active_days_ = 0;    // bit i: something came i days before the latest arrival's day
};

// One document of a feed, as far as arrivals go.
struct FeedDocument {
  std::vector<std::optional<Timestamp>> published;  // of all entries
  std::vector<std::optional<Timestamp>> new_ones;   // of those that were not known
  std::optional<Timestamp> last_answer;             // of the feed; nullopt: this is the first
  Timestamp now;
};

// When the new entries of a document came. Their dates are believed where they lie between the last
// answer and now; an entry with another date, or none, came now. In a first document any past date
// is believed, and an entry without one tells nothing.
[[nodiscard]] std::vector<Timestamp> arrivals_of(const FeedDocument& document);

// How many entries may have come and gone unseen, when no entry of a document was known though it
// was as long as usual: those that fit between what was known and the oldest entry now, at the
// document's own rate, or (without dates) at the feed's usual gap. `known` are the habits before.
[[nodiscard]] std::int64_t missed_before(const FeedDocument& document, const FeedHabits& known);

}  // namespace stakeout
