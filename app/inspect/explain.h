#pragma once

#include <iosfwd>

#include "app/inspect/inspect.h"

namespace stakeout {

// The answer of `inspect text --explain` for people: each contract with its fields, the words
// behind them and the rules; then names and sums; then what was passed over, and why. Text from
// outside is made harmless for a terminal.
void print_explained(std::ostream& out, const Json& answer);

}  // namespace stakeout
