#pragma once

#include <string>

#include "extractors/pages/page_facts.h"

namespace stakeout {

// When an article came out and was last changed: RFC 3339 in UTC, or as much of a date as the page
// gives ("2024-09-27"); a time of midnight means that only the day is known. Empty when not given.
struct PageDates {
  std::string published;
  std::string modified;
};

// In this order: JSON-LD, <meta>, microdata, <time> and elements marked as date near the title,
// lines near the title that are a date, the address. Dates of comments and of other articles lie
// elsewhere and do not count.
[[nodiscard]] PageDates find_dates(const PageFacts& page);

}  // namespace stakeout
