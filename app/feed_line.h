#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/values/result.h"

namespace stakeout {

// One feed of a feed list. The tags are a set: their order means nothing.
struct ListedFeed {
  std::string url;    // as written
  std::string title;  // the name given with "~Title", or empty
  std::vector<std::string> tags;
};

// The longest line of a feed list that is read, in bytes.
inline constexpr std::size_t longest_feed_line = 128U << 10U;

// A place in a line, in bytes, half-open.
struct LinePart {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// One line of a feed list. It has the form of newsboat's `urls` file:
//
//     line  := [ URL { blank word } ] [ blank "#" anything ]
//     word  := anything without blanks | '"' { char | '\' char } '"'
//
// The URL, too, may stand in quotes. The first word that begins with "~" names the feed; one that
// begins with "!" (newsboat's mark for a hidden feed) means nothing here; every other one is a tag.
struct FeedLine {
  enum class Kind : std::uint8_t {
    empty,  // blanks, a comment
    feed,
    unusable,
  };
  Kind kind = Kind::empty;
  std::string remark;  // of an unusable line the reason, of a feed what is odd about its line
  ListedFeed feed;     // clean UTF-8, whatever the bytes of the line
  std::string
      address;  // of a feed: its normal form (Url::text()), by which lines are the same feed
  // Where the line can be changed: its words in their order, quotes included, and the title.
  std::vector<LinePart> words;
  std::optional<LinePart> title;
  bool has_open_quote = false;  // the last word lacks its closing quote
};

// Adds a tag that the feed does not have. False when it has it, and when it has 100, more than any
// person gives one.
bool add_feed_tag(ListedFeed& feed, std::string tag);

// Reads a line without its line feed; a carriage return at its end is a blank. A quote that is left
// open ends with the line, as newsboat has it. Words that are no UTF-8 are read as windows-1252.
[[nodiscard]] FeedLine parse_feed_line(std::string_view line);

// Why no feed can be polled at this address, or nothing: it is no http or https address, it has a
// blank inside, it is a command of newsboat's. The sentence names the address.
[[nodiscard]] std::optional<std::string> fault_of_feed_address(std::string_view address);

// Text as it may be a tag or a title: UTF-8 without control characters; line ends are blanks, and
// there are none around it.
[[nodiscard]] std::string clean_feed_word(std::string_view text);

// The word that means `text` in a line: in quotes only when it has to be.
[[nodiscard]] std::string written_feed_word(const std::string& text);

// A whole line for a feed, without line feed.
[[nodiscard]] std::string written_feed_line(const ListedFeed& feed);

}  // namespace stakeout
