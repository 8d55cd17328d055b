#pragma once

#include <string>
#include <vector>

#include "app/feed_list.h"
#include "app/settings.h"
#include "extractors/facts/watchlist.h"
#include "storage/reader.h"

// A mistyped name in a filter looks like no news: these say in a warning that nobody has it, and
// which one is nearest. An empty name or tag is none.

namespace stakeout {

// `name` is canonical where the watchlist knows it.
void tell_unknown_name(const std::string& name, EntityKind kind, const Watchlist& watchlist,
                       Reader& reader);

void tell_unknown_tag(const std::string& tag, Reader& reader);

// What the filters of the [[digest]] tables name and nobody has: vendors, agencies, categories, and
// tags of feeds (`feeds` null: those are not looked at). Each with its file and line, and the
// nearest known word.
[[nodiscard]] std::vector<std::string> unknown_in_digests(const Settings& settings,
                                                          const Watchlist& watchlist,
                                                          const FeedList* feeds);

}  // namespace stakeout
