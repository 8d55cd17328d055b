#pragma once

#include <cstddef>
#include <optional>
#include <unordered_map>

#include "extractors/facts/deal_scene.h"

namespace stakeout {

// When the states that a text reports came about. Days after `published` count for none. Borrows
// the scene.
class StateDays {
 public:
  StateDays(const DealScene& scene, const std::optional<PartialDate>& published);

  // The date that stands by the words for the state: "on October 8 the agency sent out a stop-work
  // order". Of several the nearest, where one behind the words counts as nearer.
  [[nodiscard]] std::optional<PartialDate> of(const CueHit& state) const;

  // The day on which what the sentence reports was told, or that the next sentence gives it: "it
  // said on Monday that it had", "The decision is of October 10." Only a day of the month before
  // the text came out: of what was told long before, it does not say when it was.
  [[nodiscard]] std::optional<PartialDate> of_report(std::size_t sentence) const;

  // Whether the day is one of the month before the text came out, or is that day.
  [[nodiscard]] bool is_news(const PartialDate& day) const;

 private:
  void add(const Placed<DateMention>& date);
  [[nodiscard]] bool is_to_come(const PartialDate& day) const;
  [[nodiscard]] std::optional<PartialDate> day_beside(std::size_t sentence, DealWord words,
                                                      std::size_t reach_behind) const;

  struct Dated {
    PartialDate day;
    std::size_t distance;
  };

  const DealScene& scene_;
  std::optional<PartialDate> published_;
  std::unordered_map<const CueHit*, Dated> days_;
};

}  // namespace stakeout
