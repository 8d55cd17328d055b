#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stakeout {

// One feed of feeds.txt.
struct ListedFeed {
  std::string url;    // as written
  std::string title;  // the name given with "~Title", or empty
  std::vector<std::string> tags;
};

struct FeedList {
  std::vector<ListedFeed> feeds;  // in the order of the file; a URL given twice once, tags merged
  std::vector<std::string> warnings;  // "feeds.txt:12: ..." for each line that was left out
};

// Reads a feed list, which has the form of newsboat's `urls` file:
//
//     line  := "#" anything | URL { blank word }
//     word  := anything without blanks | '"' { char | '\"' | '\\' } '"'
//
// A word that begins with "~" names the feed, "!" (newsboat's mark for a hidden feed) is dropped,
// every other word is a tag. Lines of `query:`, `exec:` and `filter:` are reported and never run,
// as is what is no http or https address; the other lines are used all the same.
[[nodiscard]] FeedList parse_feed_list(std::string_view text, std::string_view file_name);

}  // namespace stakeout
