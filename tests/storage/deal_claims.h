#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/contract_merge.h"
#include "tests/storage/sample.h"

// Claims about one deal of one vendor, to be merged, and its events as short lines.

namespace stakeout::sample {

inline constexpr std::int64_t ministry = 1;
inline constexpr std::int64_t bureau = 2;
inline constexpr std::int64_t rail = 3;

// A claim of a text of its own.
inline DealClaim report(const std::string& reported_at,
                        std::vector<std::int64_t> agency_line = {bureau, ministry}) {
  static std::int64_t count = 0;
  DealClaim c;
  c.id = c.article = c.revision = c.story = ++count;
  c.reported_at = reported_at;
  c.order = std::to_string(count);
  c.agency_line = std::move(agency_line);
  return c;
}

inline DealClaim with_amount(DealClaim c, std::int64_t dollars) {
  c.value = usd(dollars);
  c.qualifier = Qualifier::exact;
  return c;
}

inline DealClaim signed_on(DealClaim c, std::string_view day) {
  c.signed_on = date(day);
  return c;
}

inline DealClaim with_term(DealClaim c, const char* term, const char* longest = nullptr) {
  c.term = term;
  if (longest != nullptr) c.longest_term = longest;
  return c;
}

inline DealClaim ending(DealClaim c, std::string_view day) {
  c.ends_on = date(day);
  return c;
}

inline DealClaim in_state(DealClaim c, Status status) {
  c.status = status;
  return c;
}

// Extended on that day.
inline DealClaim renewed(DealClaim c, std::string_view day) {
  c.signed_on = date(day);
  c.status = Status::extended;
  c.history = {{Status::extended, date(day), ""}};
  return c;
}

inline DealClaim award(DealClaim c, const std::string& id) {
  c.award_id = id;
  return c;
}

inline MergedDeal merged(const std::vector<DealClaim>& claims) {
  std::vector<const DealClaim*> pointers;
  for (const DealClaim& c : claims) pointers.push_back(&c);
  return merge_deal(pointers);
}

inline Lines told(const std::vector<DealEvent>& events) {
  Lines lines;
  for (const DealEvent& e : events) {
    lines.push_back(e.field + " " + e.before.value_or("-") + " > " + e.after + " " +
                    (e.happened_on ? to_string(*e.happened_on) : "-"));
  }
  return lines;
}

}  // namespace stakeout::sample
