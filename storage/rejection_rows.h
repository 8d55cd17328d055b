#pragma once

#include <cstdint>

#include "storage/connection.h"

// What a person has rejected, held against what is stored. Called within a transaction.

namespace stakeout {

// Marks the claims and mentions of an article, and of the copies of its story, that are like those
// which a person has rejected in any of them, and unmarks the others. Call it when the facts of an
// article were written, and when articles were put into its story or taken out of it; contracts are
// to be sorted anew after it.
void apply_rejections(Connection& connection, std::int64_t article_id);

}  // namespace stakeout
