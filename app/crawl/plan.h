#pragma once

#include <filesystem>
#include <vector>

#include "app/feed_list.h"
#include "app/settings.h"
#include "extractors/facts/mentions.h"
#include "storage/records.h"

namespace stakeout {

// All that an operator chose, read and checked: what a CrawlEngine is built from, as often as it
// has to be.
struct CrawlPlan {
  Settings settings;
  FeedList feeds;
  Watchlist watchlist;  // the shipped one and those of the settings
};

// Reads the feed list and the watchlists that the settings name. Bad lines are logged as warnings,
// with file and line. Throws CommandError (1) when a file cannot be read.
[[nodiscard]] CrawlPlan read_crawl_plan(Settings settings);

// Adds what one file says to a watchlist; as above.
void add_watchlist(Watchlist& watchlist, const std::filesystem::path& file);

// The shipped watchlist with what these files add to it; as above.
[[nodiscard]] Watchlist read_watchlists(const std::vector<std::filesystem::path>& files);

// The canonical name of a vendor or agency that is given by one of its aliases: "ICE". What is not
// on the list stays as it is.
[[nodiscard]] std::string canonical_name(const Watchlist& watchlist, EntityKind kind,
                                         const std::string& given);

// What a digest leaves out.
[[nodiscard]] Mutes mutes_of(const DigestSettings& digest, const Watchlist& watchlist);

// Who is told of alerts by the digests of the settings.
[[nodiscard]] std::vector<Subscription> subscriptions_of(const std::vector<DigestSettings>& digests,
                                                         const Watchlist& watchlist);

}  // namespace stakeout
