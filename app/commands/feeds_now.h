#pragma once

#include <cstddef>
#include <string>

#include "app/feed_list.h"
#include "storage/reader.h"

namespace stakeout {

// The columns of v_feeds without a row, for when there is no database to ask.
[[nodiscard]] Table no_feeds();

// All rows of v_feeds, as the next crawl will begin with them: names, tags and `listed` are what
// the feed list says now, a feed that the list has again is new, and one that was never polled has
// a row without an id. The order stays, but never polled feeds come behind the others, and those
// that the list no longer has come last. Then only the rows of this status and with this tag; an
// empty text narrows nothing. Feeds are the same when the list spells them alike.
[[nodiscard]] Table feeds_now(Table known, const FeedList& list, const std::string& status,
                              const std::string& tag);

// Takes out the rows of feeds that the list no longer has, and returns how many there were.
std::size_t remove_unlisted(Table& feeds);

}  // namespace stakeout
