#pragma once

#include <vector>

#include "extractors/facts/deal.h"

// What comes after what in the life of a deal. Pure.

namespace stakeout {

// Which of two reported states is the later one, where no days say so.
[[nodiscard]] int rank(Status status);

// Whether a deal begins with it: signed or awarded.
[[nodiscard]] bool is_beginning(Status status);

// Of what is told of one state the first report with a date stays, else the first; one of another
// time is a state of its own.
void add_state(DealState state, std::vector<DealState>& states);

// By their days, as far as they are known; where they are not, by what presupposes what.
void put_in_order(std::vector<DealState>& states);

}  // namespace stakeout
