#pragma once

#include <string>

#include "extractors/facts/watchlist.h"
#include "storage/reader.h"

// A mistyped name in a filter looks like no news: these say in a warning that nobody has it, and
// which one is nearest. An empty name or tag is none.

namespace stakeout {

// `name` is canonical where the watchlist knows it.
void tell_unknown_name(const std::string& name, EntityKind kind, const Watchlist& watchlist,
                       Reader& reader);

void tell_unknown_tag(const std::string& tag, Reader& reader);

}  // namespace stakeout
