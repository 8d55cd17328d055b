#pragma once

#include "storage/connection.h"
#include "storage/records.h"

namespace stakeout {

// Stores the entries of one document, and the articles that they point to. How an entry is known
// again is in entry_match.h. A document that is stored already costs one look-up, another one a
// second, whatever the feed has published before. The articles of the first document of a feed
// (`is_first`) are its past: nobody is told of them, unless another feed has just got them.
SavedFeed save_entry_rows(Connection& connection, const FeedUpdate& update, bool is_first,
                          Timestamp now);

}  // namespace stakeout
