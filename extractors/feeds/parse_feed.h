#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "extractors/values/feed.h"
#include "extractors/values/result.h"

namespace stakeout {

// What the response told beside its body. Both may be empty.
struct FeedContext {
  std::string url;           // where the feed was fetched from: the base of relative addresses
  std::string content_type;  // the Content-Type header, for its charset
};

// Reads a feed: RSS 0.90 to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1, and
// sitemaps, those for news above all.
//
// Whatever is broken is repaired as far as it can be, so that no whole entry is lost. Each kind of
// repair has a warning in Feed::warnings, "line 3, column 14: ...", lines and columns (bytes) being
// those of the document in UTF-8 without its control characters:
// wrong charset labels, XML that is not well-formed, control characters, junk around the feed,
// dates that nobody can read, links that lead nowhere (javascript:, data:, file:). Entities of a
// DTD are not expanded, nothing is ever fetched. Time and memory are linear in the size of `bytes`,
// however deeply they nest. Of more than most_entries entries the first are taken: feeds begin with
// the newest. Values are held to the lengths in bounds.h, each cut with a warning.
//
// Fails when there is no feed in the bytes; the message says what came instead. For an HTML page
// find_feed_links() (feed_links.h) may know the feed that was meant.
inline constexpr std::size_t most_entries = 10'000;
[[nodiscard]] Result<Feed> parse_feed(std::string_view bytes, const FeedContext& context);

}  // namespace stakeout
