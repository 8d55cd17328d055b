#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/feed_line.h"

namespace stakeout {

struct FeedList {
  std::vector<ListedFeed> feeds;  // in the order of the file; a URL given twice once, tags merged
  // "feeds.txt:12: ..." for each line that was left out or is odd; a bounded number.
  std::vector<std::string> warnings;
  std::size_t left_out = 0;  // lines that name no feed, though they should
};

// Whether a file begins as UTF-16 does that says so.
[[nodiscard]] bool has_utf16_mark(std::string_view bytes);

// Reads a feed list, line by line as feed_line.h says. Never fails: lines that name no feed are
// reported, and the others are used all the same. `query:`, `exec:` and `filter:` are never run.
// A feed on two lines is told of. Feeds are the same when their addresses have one normal form; the
// first spelling stays, and the first title. A UTF-16 file with its mark is read, too. Linear.
[[nodiscard]] FeedList parse_feed_list(std::string_view text, std::string_view file_name);

}  // namespace stakeout
