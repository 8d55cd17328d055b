#pragma once

#include <cstdint>

#include "storage/connection.h"
#include "storage/reader.h"

namespace stakeout {

// What the articles on a contract state otherwise than each other, of every field but the state,
// which changes: columns field, value ("USD 500000" of an amount), articles (how many give it),
// outlets (their sites or addresses, parted by commas), counts (1: the contract has this value).
// Values that may be the same one (deal_rules.h; of sums where they are near each other) are one
// row, in the words of most articles; what the contract was changed from or to is no contradiction.
// A field without any has no rows.
[[nodiscard]] Table contradiction_rows(Connection& connection, std::int64_t contract_id);

}  // namespace stakeout
