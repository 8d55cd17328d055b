#pragma once

#include <cstddef>
#include <iosfwd>

#include "extractors/values/timestamp.h"
#include "storage/reader.h"

namespace stakeout {

// Prints rows of v_feeds for a person, a line a feed: its id (none when it was never polled), its
// state, since when, when it is asked next, its address with the scheme, and, where the line has
// room for it, how often something new comes. Times are ages: "3 d".
//
// What needs attention has lines of its own below, indented and whole: what is wrong, what to do.
// Lines are at most `width` columns long, and addresses are cut in their midst for that; 0: any
// length.
void print_feed_table(std::ostream& out, const Table& feeds, Timestamp now, std::size_t width,
                      bool is_colored = false);

}  // namespace stakeout
