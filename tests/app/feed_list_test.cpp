#include "app/feed_list.h"

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("a feed list is read as newsboat writes it") {
  const FeedList list = parse_feed_list(
      "# news\n"
      "https://example.org/feed.xml \"public money\" security \"~The Example\"\n"
      "\n"
      "http://example.net/rss !\r\n"
      "https://example.org/feed.xml contracts security\n",
      "feeds.txt");
  CHECK(list.warnings.empty());
  REQUIRE(list.feeds.size() == 2);
  CHECK(list.feeds[0].title == "The Example");
  CHECK(list.feeds[0].tags == std::vector<std::string>{"public money", "security", "contracts"});
  CHECK(list.feeds[1].url == "http://example.net/rss");
  CHECK(list.feeds[1].tags.empty());
}

TEST_CASE("a bad line is told with its number and never run; the others are used") {
  const FeedList list = parse_feed_list(
      "exec:/bin/true\n"
      "filter:cat:https://example.org/a\n"
      "query:unread:unread = \"yes\"\n"
      "javascript:alert(1)\n"
      "https://example.org/feed \"open\n"
      "https://example.org/good\n",
      "my/feeds.txt");
  REQUIRE(list.feeds.size() == 1);
  CHECK(list.feeds[0].url == "https://example.org/good");
  REQUIRE(list.warnings.size() == 5);
  CHECK(list.warnings[0].starts_with("my/feeds.txt:1: 'exec:' lines"));
  CHECK(list.warnings[4].starts_with("my/feeds.txt:5: a quote is left open"));
}

TEST_CASE("a quoted word may hold quotes and backslashes") {
  const FeedList list = parse_feed_list("https://example.org/ \"a \\\"b\\\" \\\\c\"", "f");
  REQUIRE(list.feeds.size() == 1);
  CHECK(list.feeds[0].tags == std::vector<std::string>{"a \"b\" \\c"});
}

}  // namespace stakeout
