#pragma once

#include <string>
#include <vector>

#include "extractors/values/claim.h"
#include "extractors/values/mention.h"
#include "extractors/values/money.h"
#include "extractors/values/partial_date.h"
#include "extractors/values/span.h"

namespace stakeout {

// A sum of money in a text. The span covers sign or code, number, scale and currency words, not the
// qualifier ("about") and not "a year".
struct MoneyMention {
  std::string text;
  Span span;
  Money money;
  Qualifier qualifier = Qualifier::exact;
  Role role = Role::other;
  std::string reason = {};  // what spoke for the role: `"contract"`, "the sentence tells of a deal"
};

// A date expression; `from` and `to` are its first and last day, or shorter where that says the
// same ("2024-09" for the whole month).
struct DateMention {
  std::string text;
  Span span;
  PartialDate from;
  PartialDate to;
};

// "two-year", "18 months": an ISO 8601 duration.
struct DurationMention {
  std::string text;
  Span span;
  std::string iso;
};

// Everything that is read out of one text. All lists are in the order of the text.
struct Facts {
  std::vector<Mention> mentions;
  std::vector<MoneyMention> money;
  std::vector<DateMention> dates;
  std::vector<DurationMention> durations;
  std::vector<Claim> claims;
};

}  // namespace stakeout
