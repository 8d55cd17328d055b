#include "extractors/feeds/addresses.h"

#include <string_view>

#include <doctest/doctest.h>

#include "extractors/feeds/feed_links.h"
#include "extractors/feeds/parse_feed.h"

namespace stakeout {

TEST_CASE("relative addresses take xml:base, then the document, then the feed's page as base") {
  struct Case {
    std::string_view root_attributes;
    std::string_view url;
    std::string_view link;
  };
  const Case cases[] = {
      {"xml:base='https://base.example/x/'", "https://doc.example/f", "https://base.example/x/1"},
      {"", "https://doc.example/d/f", "https://doc.example/d/1"},
      {"", "", "https://page.example/1"},
  };
  for (const auto& [attributes, url, link] : cases) {
    CAPTURE(link);
    const auto feed = parse_feed("<rss " + std::string{attributes} +
                                     "><channel><link>https://page.example/</link>"
                                     "<item><link>1</link></item></channel></rss>",
                                 {std::string{url}, {}});
    REQUIRE(feed.has_value());
    CHECK(feed->entries.at(0).link == link);
  }
}

TEST_CASE("every xml:base on the way counts, inside of content, too") {
  const auto feed = parse_feed(
      "<feed xml:base='https://a.example/'><entry xml:base='b/'>"
      "<content type='xhtml'><div xml:base='c/'><a href='d'/><p xml:base='/e/'><img src='f'/></p>"
      "<a href='g'/></div></content></entry></feed>",
      {});
  REQUIRE(feed.has_value());
  CHECK(feed->entries.at(0).content ==
        "<a href=\"https://a.example/b/c/d\"></a><p><img src=\"https://a.example/e/f\"></p>"
        "<a href=\"https://a.example/b/c/g\"></a>");
}

TEST_CASE("addresses inside of escaped HTML become absolute, the rest stays") {
  const Base base = parse_url("https://a.example/b/").value();
  CHECK(html_with_absolute_addresses("<p class=x>1 < 2 <a title='>' href='c?x=1&amp;y=2'>d</a>"
                                     "<img src=/e.png alt><a href=\"mailto:x@y\">",
                                     base) ==
        "<p class=x>1 < 2 <a title='>' href=\"https://a.example/b/c?x=1&amp;y=2\">d</a>"
        "<img src=\"https://a.example/e.png\" alt><a href=\"mailto:x@y\">");
  CHECK(html_with_absolute_addresses("<a href=x>", std::nullopt) == "<a href=x>");
}

TEST_CASE("links that lead to no page are dropped with a warning") {
  for (const std::string_view link : {"javascript:alert(1)", " JavaScript:x", "java\nscript:x",
                                      "data:text/html,x", "file:///etc/passwd", "vbscript:x"}) {
    CAPTURE(link);
    const auto feed = parse_feed(
        "<rss><channel><item><link>" + std::string{link} + "</link></item></channel></rss>", {});
    REQUIRE(feed.has_value());
    CHECK(feed->entries.at(0).link.empty());
    CHECK(feed->warnings.size() == 1);
  }
}

TEST_CASE("the feeds that a page offers are found once each") {
  const auto links = find_feed_links(
      "<html><head><base href='https://a.example/b/'>"
      "<link rel=stylesheet href=s.css><LINK REL='Alternate' TYPE=application/rss+xml HREF=f.xml>"
      "<link rel='alternate nofollow' type='application/atom+xml; charset=utf-8' "
      "href='/g?a&amp;b'/>"
      "<link rel=alternate type=application/feed+json href=f.json>"
      "<link rel=alternate type=application/rss+xml href=f.xml>"
      "<link rel=alternate type=application/rss+xml href=javascript:x>"
      "<link rel=alternate hreflang=de href=de>",
      "https://other.example/");
  CHECK(links == std::vector<std::string>{"https://a.example/b/f.xml", "https://a.example/g?a&b",
                                          "https://a.example/b/f.json"});
  CHECK(find_feed_links("<link rel=alternate type=application/rss+xml href=f.xml>", "").empty());
}

}  // namespace stakeout
