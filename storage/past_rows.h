#pragma once

#include <cstdint>

#include "extractors/values/timestamp.h"
#include "storage/connection.h"

// What is past: texts of which nobody is told. Called within a transaction.

namespace stakeout {

// Nobody is told of what an article said up to this revision.
void mark_past(Connection& connection, std::int64_t article_id, std::int64_t revision_id);

// An article that was past because of one feed has only just come in another: it is news after all.
void end_past(Connection& connection, std::int64_t article_id, Timestamp now);

}  // namespace stakeout
