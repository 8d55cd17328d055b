#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/facts/claims.h"
#include "tests/extractors/facts/marked_text.h"

// Claims of marked texts, as short lines to compare.

namespace stakeout {

inline std::vector<Claim> claims_of(const MarkedText& marked, std::string_view published = "") {
  std::optional<PartialDate> date;
  if (!published.empty()) date = *parse_partial_date(published);
  const Prose prose{marked.text};
  const Facts& facts = marked.facts;
  return find_claims(prose, facts.mentions, facts.money, facts.dates, facts.durations,
                     deal_cues().find(prose), date);
}

// "vendor / agency / amount / status", "-" for what is not there.
inline std::string line_of(const Claim& claim) {
  return claim.vendor.value_or("-") + " / " + claim.agency.value_or("-") + " / " +
         (claim.value ? decimal_string(claim.value->low()) : "-") + " / " +
         (claim.status ? std::string{word_of(*claim.status)} : "-");
}

inline std::vector<std::string> lines_of(std::string_view marked) {
  std::vector<std::string> lines;
  for (const Claim& claim : claims_of(MarkedText{marked})) lines.push_back(line_of(claim));
  return lines;
}

inline std::string day(const std::optional<PartialDate>& date) {
  return date ? to_string(*date) : "-";
}

using Lines = std::vector<std::string>;

}  // namespace stakeout
