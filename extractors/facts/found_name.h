#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "extractors/values/words.h"

namespace stakeout {

// A name in a text, as one of the finders of names sees it: words [first, end) of a NameText.
struct FoundName {
  std::size_t first = 0;
  std::size_t end = 0;
  EntityKind kind = EntityKind::vendor;
  std::optional<std::uint32_t> entity = {};  // index into Watchlist::entities(), when it is listed
  std::string name = {};                     // of the entity
  std::string reason = {};                   // as Mention::reason

  [[nodiscard]] std::size_t length() const { return end - first; }
};

// Of names that overlap the longest stays, of equally long ones the earlier in the list; the rest
// goes. In the order of the text.
[[nodiscard]] std::vector<FoundName> keep_longest(std::vector<FoundName> names,
                                                  std::size_t word_count);

}  // namespace stakeout
