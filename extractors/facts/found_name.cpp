#include "extractors/facts/found_name.h"

#include <algorithm>

namespace stakeout {

std::vector<FoundName> keep_longest(std::vector<FoundName> names, std::size_t word_count) {
  std::stable_sort(names.begin(), names.end(),
                   [](const FoundName& a, const FoundName& b) { return a.length() > b.length(); });
  std::vector<bool> taken(word_count, false);
  std::vector<FoundName> kept;
  for (FoundName& name : names) {
    const auto begin = taken.begin() + static_cast<std::ptrdiff_t>(name.first);
    const auto end = taken.begin() + static_cast<std::ptrdiff_t>(name.end);
    if (std::find(begin, end, true) != end) continue;
    std::fill(begin, end, true);
    kept.push_back(std::move(name));
  }
  std::sort(kept.begin(), kept.end(),
            [](const FoundName& a, const FoundName& b) { return a.first < b.first; });
  return kept;
}

}  // namespace stakeout
