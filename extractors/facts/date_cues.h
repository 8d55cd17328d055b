#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "extractors/text/prose.h"

namespace stakeout {

// The kinds of data/date_cues.tsv, which says what each is for.
enum class DateCueKind {
  ordinal,
  suffix,
  joint,
  same_year,
  unit_filler,
  between,
  and_,  // "and" is a keyword of C++
  before_year,
  before_month,
  month_in,
  month_lead,
  not_month,
  unit,
  unit_of_one,
  day,
  shift,
  when,
  season,
  period,
  weekday,
  future,
  past,
  modal,
  open,
  lasting,
  aged,
  lasts,
  near
};

struct DateCue {
  std::size_t tokens = 0;
  std::string_view value;  // as the table has it
  int number = 0;          // the leading digits of the value
};

// The longest cue of a kind that begins at token `at`, or that ends before token `end`.
[[nodiscard]] std::optional<DateCue> date_cue_at(std::span<const Token> tokens, std::size_t at,
                                                 DateCueKind kind);
[[nodiscard]] std::optional<DateCue> date_cue_before(std::span<const Token> tokens, std::size_t end,
                                                     DateCueKind kind);

}  // namespace stakeout
