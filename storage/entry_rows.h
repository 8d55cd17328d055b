#pragma once

#include "storage/connection.h"
#include "storage/records.h"

namespace stakeout {

// Stores the entries of one document, and the articles that they point to.
//
// An entry is known again by its guid, its link and its content together, since feeds get each of
// them wrong: a guid (or a link) that the document gives to several entries says nothing; a new
// guid on unchanged words, or a new link under an old guid, is the old entry.
SavedFeed save_entry_rows(Connection& connection, const FeedUpdate& update, Timestamp now);

}  // namespace stakeout
