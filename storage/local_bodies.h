#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stakeout {

// The names that the city or county may have whose part an agency is by its name, by
// data/local_bodies.tsv: of "Springfield Police Department" "City of Springfield" and its like.
// None where the name is not that of such a body.
[[nodiscard]] std::vector<std::string> governments_of(std::string_view agency);

}  // namespace stakeout
