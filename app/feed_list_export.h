#pragma once

#include <string>
#include <unordered_map>

#include "app/feed_list.h"
#include "extractors/values/timestamp.h"

namespace stakeout {

// The titles that feeds give themselves, as the database knows them, by address as listed.
using FeedTitles = std::unordered_map<std::string, std::string>;

// The list as OPML 2.0 (http://opml.org/spec2.opml). parse_opml() reads the same feeds out of it:
// addresses, titles and (as sets) tags. The title that only the database knows is in @text, for
// other programs; @title is the one that the list gives, or the address, as which it is no title to
// parse_opml(). Tags are in @category; for one
// that could not stand there (a comma, a slash at an end) the feed stands again in a folder of that
// name.
[[nodiscard]] std::string as_opml(const FeedList& list, const FeedTitles& titles,
                                  Timestamp created);

// The list in newsboat's form, one line a feed; parse_feed_list() reads the same out of it.
[[nodiscard]] std::string as_urls(const FeedList& list);

// "Sun, 22 Nov 2026 11:15:01 GMT" (RFC 822 with the four-digit years of RFC 1123).
[[nodiscard]] std::string to_rfc822(Timestamp time);

}  // namespace stakeout
