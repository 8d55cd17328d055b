#pragma once

#include <cstddef>
#include <iosfwd>

#include "extractors/values/timestamp.h"
#include "storage/reader.h"

namespace stakeout {

// Prints rows of v_feeds for a person, one line a feed: its state, since when, its address, and how
// it is: of one in trouble what is wrong and what to do, of the others how often something new
// comes, what came last and when it is asked next. Times are ages: "3 d". Lines are cut to `width`
// columns; 0: not at all.
void print_feed_table(std::ostream& out, const Table& feeds, Timestamp now, std::size_t width);

}  // namespace stakeout
