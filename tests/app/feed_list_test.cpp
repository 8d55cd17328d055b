#include "app/feed_list.h"

#include <random>

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
  CHECK(list.warnings == std::vector<std::string>{
                             "feeds.txt:5: this feed is on line 2 already; the tags of both lines "
                             "count, and one line is enough"});
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
      "http://exa mple.org/\n"
      "\"https://example.org/a b\" tag\n"
      "http://user:secret@example.org/feed\n" +
          std::string(200'000, 'x') + "\nhttps://exam\x01ple.org/\n" +
          std::string{"https://exam\0ple.org/\n", 22} + "https://example.org/good",
      "my/feeds.txt");
  REQUIRE(list.feeds.size() == 1);
  CHECK(list.feeds[0].url == "https://example.org/good");
  const std::string_view told[] = {
      "my/feeds.txt:1: 'exec:' lines",
      "my/feeds.txt:2: 'filter:' lines",
      "my/feeds.txt:3: 'query:' lines",
      "my/feeds.txt:4: 'javascript:alert(1)': neither http nor https",
      "my/feeds.txt:5: 'http://exa mple.org/': a blank inside an address",
      "my/feeds.txt:6: 'https://example.org/a b': a blank inside an address",
      "my/feeds.txt:7: 'http://...@example.org/feed': an address with a user name",
      "my/feeds.txt:8: longer than 131072 bytes",
      "my/feeds.txt:9: 'https://example.org/': a control character",
      "my/feeds.txt:10: 'https://example.org/': a control character",
  };
  REQUIRE(list.warnings.size() == std::size(told));
  for (std::size_t i = 0; i < std::size(told); ++i) {
    CHECK_MESSAGE(list.warnings[i].starts_with(told[i]), list.warnings[i]);
    CHECK_MESSAGE(list.warnings[i].ends_with("; the line is left out"), list.warnings[i]);
  }
}

TEST_CASE("one line of a feed list means what newsboat makes of it") {
  struct Case {
    std::string_view line;
    std::vector<std::string> tags;
    std::string_view title;
    std::string_view remark;  // its beginning
  };
  const Case cases[] = {
      {"https://example.org/ \"a \\\"b\\\" \\\\c\"", {"a \"b\" \\c"}, "", ""},
      {"https://example.org/ \"a\\nb\\tc\\d\"", {"a b cd"}, "", ""},
      {"https://example.org/ a\"b \"c\"\"d\"", {"a\"b", "c", "d"}, "", ""},
      {"https://example.org/ a # not a tag", {"a"}, "", ""},
      {"https://example.org/ \"#a\" b#c", {"#a", "b#c"}, "", ""},
      {"  \"https://example.org/\" \"~One\" ~Two !hidden", {}, "One", ""},
      {"https://example.org/ a a b a", {"a", "b"}, "", ""},
      {"https://example.org/ \"open to the end", {"open to the end"}, "", "a quote is left open"},
      {"https://example.org/ caf\xE9", {"café"}, "", "no UTF-8"},
      {"https://example.org/ \"a\x1B[31m\"", {"a[31m"}, "", "control characters"},
      {"https://example.org/ feed.xml", {"feed.xml"}, "", "the tag 'feed.xml' looks like"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.line);
    const FeedLine line = parse_feed_line(each.line);
    REQUIRE(line.kind == FeedLine::Kind::feed);
    CHECK(line.feed.url == "https://example.org/");
    CHECK(line.feed.tags == each.tags);
    CHECK(line.feed.title == each.title);
    CHECK(line.remark.starts_with(each.remark));
    CHECK(line.remark.empty() == each.remark.empty());
  }
}

TEST_CASE("a list is read whatever wrote it: a mark, UTF-16, no last line end") {
  std::string utf16 = "\xFF\xFE";
  for (const char c : std::string_view{"https://example.org/a x\nhttps://example.org/b"})
    utf16 += {c, '\0'};
  const std::string_view texts[] = {
      "\xEF\xBB\xBFhttps://example.org/a x\r\nhttps://example.org/b",
      "# \xE9t\xE9\nhttps://example.org/a x\nhttps://example.org/b\n",
      utf16,
  };
  for (const std::string_view text : texts) {
    const FeedList list = parse_feed_list(text, "f");
    CHECK(list.warnings.empty());
    REQUIRE(list.feeds.size() == 2);
    CHECK(list.feeds[0].url == "https://example.org/a");
    CHECK(list.feeds[0].tags == std::vector<std::string>{"x"});
    CHECK(list.feeds[1].url == "https://example.org/b");
  }
}

TEST_CASE("two spellings of one address are one feed") {
  const FeedList list = parse_feed_list(
      "https://Example.org a ~First\nhttps://example.org:443/ b ~Second\nhttp://example.org/ c\n",
      "f");
  REQUIRE(list.feeds.size() == 2);
  CHECK(list.feeds[0].url == "https://Example.org");
  CHECK(list.feeds[0].title == "First");
  CHECK(list.feeds[0].tags == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a file that is no list at all gives a bounded number of warnings") {
  std::string text;
  for (int i = 0; i < 5'000; ++i) text += "nothing\n";
  const FeedList list = parse_feed_list(text, "f");
  CHECK(list.feeds.empty());
  REQUIRE(list.warnings.size() == 1'001);
  CHECK(list.warnings.back() == "f: and 4000 more lines like these");
}

TEST_CASE("what is written as a line is read as the same feed") {
  const std::string letters = "ab \"\\#~!,/'é\t";
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    std::mt19937 chance{seed};
    const auto word = [&] {
      std::string text;
      for (auto left = chance() % 8; left > 0; --left) text += letters[chance() % letters.size()];
      return clean_feed_word(text);
    };
    ListedFeed feed{"https://example.org/feed", word(), {}};
    for (auto left = chance() % 4; left > 0; --left) {
      const std::string tag = word();
      if (!tag.empty() && !tag.starts_with('~') && !tag.starts_with('!')) add_feed_tag(feed, tag);
    }
    const FeedLine line = parse_feed_line(written_feed_line(feed));
    CHECK(line.remark.empty());
    CHECK(line.feed.url == feed.url);
    CHECK(line.feed.title == feed.title);
    CHECK(line.feed.tags == feed.tags);
  }
}

}  // namespace stakeout
