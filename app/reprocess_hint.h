#pragma once

#include <filesystem>
#include <string>

#include "extractors/facts/watchlist.h"

namespace stakeout {

// What a person who edited the watchlist should know: how many names are new on it or have other
// aliases or context words than when the database was last told of it, and how many stored articles
// have their words and were read without them. Empty where there are none, or no database that can
// be read. A crawl and `reprocess` tell the database of the watchlist; ask before.
[[nodiscard]] std::string reprocess_hint(const std::filesystem::path& database,
                                         const Watchlist& watchlist);

}  // namespace stakeout
