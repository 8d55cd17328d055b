#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace pugi {
class xml_node;
}

// What a publisher asks of those who poll the feed. Values that make no sense count as not given.

namespace stakeout {

// The hours of RSS <skipHours>, 0 to 23, in UTC, rising, each once. RSS 0.91 counts them from 1 to
// 24, where 24 is midnight. None when it names every hour, which would mean never to ask.
[[nodiscard]] std::vector<int> skipped_hours(const pugi::xml_node& node);

// The days of RSS <skipDays>, 0 (Sunday) to 6, in UTC, rising, each once; none when it names all.
[[nodiscard]] std::vector<int> skipped_days(const pugi::xml_node& node);

// Seconds between two changes by RSS <ttl> (in minutes), else by sy:updatePeriod and
// sy:updateFrequency (times a period; RSS 1.0 module Syndication). Zero and more than a year count
// as not given; a frequency without a period is one of days.
class PollWish {
 public:
  void set_time_to_live(const pugi::xml_node& node);
  void set_period(const pugi::xml_node& node);
  void set_frequency(const pugi::xml_node& node);
  [[nodiscard]] std::optional<std::int64_t> interval() const;

 private:
  std::optional<std::int64_t> minutes_, period_, frequency_;
};

}  // namespace stakeout
