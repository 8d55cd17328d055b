#pragma once

#include <string_view>

#include "extractors/values/words.h"

namespace stakeout {

// A state of a contract in words for a person.
struct StateWords {
  Status status;
  std::string_view has;   // what the vendor has to do with a contract in this state: "has"
  std::string_view came;  // how it came into it: "put on hold for a review"
  std::string_view news;  // the same as news: "stop-work order reported"
};

// Of a state by its word in the database ("stop_work"); null where that is none.
[[nodiscard]] const StateWords* find_state_words(std::string_view code);

}  // namespace stakeout
