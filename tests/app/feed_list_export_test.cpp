#include "app/feed_list_export.h"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "app/feed_list_text.h"
#include "extractors/feeds/opml.h"

namespace stakeout {
namespace {

// A list of random words, with everything in it that means something to one of the formats.
FeedList some_list(unsigned seed) {
  const std::string letters = "ab \"\\#~!,/<>&';\t\x01é]]>%|";
  std::mt19937 chance{seed};
  const auto word = [&] {
    std::string text;
    for (auto left = chance() % 9; left > 0; --left) text += letters[chance() % letters.size()];
    return clean_feed_word(text);
  };
  std::string lines;
  for (int i = 0; i < 5; ++i) {
    const auto number = chance() % 6;  // an address in http and in https would be imported as one
    ListedFeed feed{
        "http" + std::string(number % 2, 's') + "://example.org/f?a=1&b=" + std::to_string(number),
        word(),
        {}};
    for (auto left = chance() % 4; left > 0; --left) {
      const std::string tag = word();
      if (!tag.empty() && !tag.starts_with('~') && !tag.starts_with('!')) add_feed_tag(feed, tag);
    }
    lines += written_feed_line(feed) + "\n";
  }
  return parse_feed_list(lines, "f");
}

// What importing into an empty list makes of it.
FeedList imported(const std::vector<Outline>& outlines) {
  FeedListText text{""};
  for (const Outline& outline : outlines)
    REQUIRE(text.add({outline.url, outline.title, outline.tags}, OldTitle::keep).has_value());
  return parse_feed_list(text.bytes(), "f");
}

void check_same(FeedList a, FeedList b) {
  REQUIRE(a.feeds.size() == b.feeds.size());
  for (std::size_t i = 0; i < a.feeds.size(); ++i) {
    std::ranges::sort(a.feeds[i].tags);
    std::ranges::sort(b.feeds[i].tags);
    CHECK(a.feeds[i].url == b.feeds[i].url);
    CHECK(a.feeds[i].title == b.feeds[i].title);
    CHECK(a.feeds[i].tags == b.feeds[i].tags);
  }
}

}  // namespace

TEST_CASE("what is exported is imported as the same list") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const FeedList list = some_list(seed);
    REQUIRE(list.left_out == 0);
    const auto read = parse_opml(as_opml(list, {{"https://example.org/f?a=1&b=1", "Its own"}}, {}));
    REQUIRE(read.has_value());
    CHECK(read->warnings.empty());
    check_same(list, imported(read->outlines));
    check_same(list, parse_feed_list(as_urls(list), "f"));
  }
}

TEST_CASE("an export says what the format asks for") {
  const FeedList list = parse_feed_list(
      "https://example.org/a \"x y\" \"p/q\" \"with, comma\" \"~R&D <\\\"1\\\">\"\n"
      "https://example.org/b\n",
      "f");
  CHECK(
      as_opml(list, {{"https://example.org/b", "B's own"}}, make_timestamp(2024, 9, 7, 3, 4, 5)) ==
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<opml version=\"2.0\">\n"
      "  <head>\n"
      "    <title>Feeds of stakeout</title>\n"
      "    <dateCreated>Sat, 07 Sep 2024 03:04:05 GMT</dateCreated>\n"
      "  </head>\n"
      "  <body>\n"
      "    <outline type=\"rss\" text=\"R&amp;D &lt;&quot;1&quot;&gt;\""
      " title=\"R&amp;D &lt;&quot;1&quot;&gt;\" xmlUrl=\"https://example.org/a\""
      " category=\"x y,p/q\"/>\n"
      "    <outline type=\"rss\" text=\"B's own\" title=\"https://example.org/b\" "
      "xmlUrl=\"https://example.org/b\"/>\n"
      "    <outline text=\"with, comma\">\n"
      "      <outline type=\"rss\" text=\"R&amp;D &lt;&quot;1&quot;&gt;\""
      " title=\"R&amp;D &lt;&quot;1&quot;&gt;\" xmlUrl=\"https://example.org/a\"/>\n"
      "    </outline>\n"
      "  </body>\n"
      "</opml>\n");
  CHECK(as_urls(list) ==
        "https://example.org/a \"x y\" p/q \"with, comma\" \"~R&D <\\\"1\\\">\"\n"
        "https://example.org/b\n");
}

}  // namespace stakeout
