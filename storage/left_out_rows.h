#pragma once

#include <cstdint>
#include <vector>

#include "extractors/values/article.h"
#include "storage/connection.h"

// What was left out of the text of a revision. Called within a transaction.

namespace stakeout {

[[nodiscard]] std::vector<LeftOut> left_out_rows(Connection& connection, std::int64_t revision_id);

void replace_left_out_rows(Connection& connection, std::int64_t revision_id,
                           const std::vector<LeftOut>& left_out);

}  // namespace stakeout
