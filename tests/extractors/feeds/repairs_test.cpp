#include <algorithm>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "extractors/feeds/parse_feed.h"

namespace stakeout {
namespace {

// Three entries; what is broken stands in or beside the second one.
std::string rss_with(std::string_view second) {
  return "<rss version=\"2.0\"><channel>\n<item><title>One</title></item>\n" + std::string{second} +
         "\n<item><title>Three</title></item>\n</channel></rss>";
}

std::string json_with(std::string_view second) {
  return "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"id\": \"1\"},\n" +
         std::string{second} + "\n{\"id\": \"3\"}]}";
}

}  // namespace

TEST_CASE("every kind of repair is told with its line and column") {
  struct Case {
    std::string bytes;
    std::string_view warning;
    std::string_view content_type = {};
  };
  const Case cases[] = {
      {rss_with("<item><title>Tw\xF6</title></item>"), "line 3, column 16: read as windows-1252"},
      {"<?xml version='1.0' encoding='utf-16'?>\n" + rss_with("<item><title>Twö</title></item>"),
       "line 4, column 16: declared as UTF-16LE, which its bytes are not"},
      {rss_with("<item><title>Twö</title></item>"),
       "line 3, column 16: unknown encoding \"klingon\"", "text/xml; charset=klingon"},
      {rss_with("<item><title>Two\x0B</title></item>"),
       "line 3, column 17: control characters were left out, 1 bytes"},
      {rss_with("<item><title>A & B, &c.</title></item>"),
       "line 3, column 16: \"&\" that begins no reference is read as text (and 1 more)"},
      {rss_with("<item><title>a&nbsp;b</title></item>"),
       "line 3, column 15: an entity that XML does not have is read as HTML's"},
      {"Notice: x\n" + rss_with("<item/>"),
       "line 1, column 1: text before the document was left out"},
      {rss_with("<item/>") + "\nbye", "line 5, column 17: text behind the document was left out"},
      {"<br/>\n<div>" + rss_with("<item/>") + "</div>",
       "line 2, column 6: the feed begins inside other markup"},
      {rss_with("<item><title>Two</item>"), "line 3, column 17: <title> is closed by </item>"},
      {rss_with("<item><title>Two</title></guid></item>"),
       "line 3, column 25: an end tag without a start: </guid>"},
      {rss_with("<item><title>1 < 2</title></item>"),
       "line 3, column 16: \"<\" that begins no tag is read as text"},
      {rss_with("<item><title>Two</title><!-- x</item>"),
       "line 3, column 25: a comment that does not end is left out"},
      {rss_with("<item><title><![CDATA[Two</title></item>"),
       "line 3, column 14: a CDATA section that does not end"},
      {rss_with("<item a=b><title>Two</title></item>"),
       "line 3, column 1: a tag with odd attributes: <item>"},
      {"<rss><channel>\n<item><title>One</title>",
       "line 2, column 25: the document ends inside <item>"},
      {"<rss><channel>\n<item><title>One</title></item><item",
       "line 2, column 32: the document ends inside a tag"},
      {rss_with("<item><pubDate>soon</pubDate></item>"), "line 3, column 7: not a date: 'soon'"},
      // In a document that had to be rewritten, places are still those of the original.
      {rss_with("<item></b><pubDate>soon</pubDate></item>"),
       "line 3, column 11: not a date: 'soon'"},
      {rss_with("<item><link>/two</link></item>"),
       "line 3, column 7: a relative link, and no base is known: /two"},
      {rss_with("<item><link>javascript:x</link></item>"),
       "line 3, column 7: a link that leads to no page was dropped: javascript:x"},
      {json_with("{\"id\": \"2\"},,"), "line 2, column 13: a comma too many"},
      {json_with("{\"id\": \"2\",},"), "line 2, column 12: a comma too many"},
      {json_with("{\"id\": \"2\"}"), "line 3, column 1: a comma is missing"},
      {json_with("{\"id\": \"2\" \"url\": \"x\"},"), "line 2, column 12: a comma is missing"},
      {json_with("/* two */ {\"id\": \"2\"},"),
       "line 2, column 1: a comment, which JSON does not have"},
      {json_with("{id: \"2\"},"), "line 2, column 2: a name without quotes"},
      {json_with("{'id': \"2\"},"), "line 2, column 2: a name in single quotes"},
      {json_with("{\"id\": '2'},"), "line 2, column 8: a string in single quotes"},
      {json_with("{\"id\" \"2\"},"), "line 2, column 7: a colon is missing"},
      {json_with("{\"id\": NaN},"), "line 2, column 8: a word that is no value is read as null"},
      {json_with("{\"title\": \"a \"b\" c\"},"), "line 2, column 14: a quote inside of a string"},
      {json_with("{\"id\": \"2\", \"title\": \"a\nb\"},"),
       "line 2, column 24: a line break inside of a string"},
      {json_with("{\"id\": \"2\"}},"), "line 2, column 12: a bracket too many"},
      {json_with("{\"x\": [1},"), "line 2, column 9: a bracket is missing before this one"},
      {json_with("5,"), "line 2, column 1: an entry that is no object"},
      {json_with("{\"url\": \"/2\"},"),
       "line 2, column 10: a relative link, and no base is known: /2"},
      {json_with("{\"date_published\": \"soon\"},"), "line 2, column 21: not a date: 'soon'"},
      {"{\"items\": [{\"id\": \"1\"},\n{\"id\": \"2",
       "line 2, column 10: the document ends too soon"},
      {json_with("{\"id\": \"2\"},") + "\nbye",
       "line 4, column 1: text behind the document was left out"},
  };
  for (const auto& [bytes, warning, content_type] : cases) {
    CAPTURE(bytes);
    const auto feed = parse_feed(bytes, {"", std::string{content_type}});
    REQUIRE(feed.has_value());
    CHECK(std::ranges::any_of(
        feed->entries, [](const Entry& entry) { return entry.title == "One" || entry.id == "1"; }));
    CAPTURE(warning);
    const std::string first = feed->warnings.empty() ? "" : feed->warnings.front();
    CAPTURE(first);
    CHECK(std::ranges::find(feed->warnings, warning) != feed->warnings.end());
    for (const std::string& one : feed->warnings) CHECK(one.starts_with("line "));
  }
}

TEST_CASE("a sound document has no warnings") {
  for (const std::string& bytes :
       {rss_with("<item><title>A &amp; B &#233;</title><link>https://a.example/</link>"
                 "<description><![CDATA[a &nbsp; & b]]></description></item>"),
        json_with(
            "{\"id\": \"2\", \"title\": \"a \\\"b\\\" \\u00e9\", \"x\": [1.5e3, null, true]},")}) {
    CAPTURE(bytes);
    const auto feed = parse_feed(bytes, {});
    REQUIRE(feed.has_value());
    CHECK(feed->entries.size() == 3);
    CHECK(feed->warnings.empty());
  }
}

TEST_CASE("broken JSON loses no whole entry") {
  for (const std::string_view second :
       {"{\"id\": \"2\"},,", "{\"id\": \"2\",},", "{\"id\": \"2\"}", "// two\n{id: '2'},",
        "{\"id\": \"2\" \"title\": NaN},", "{\"id\": \"2\", \"title\": \"a \"b\" c\"},",
        "{\"id\": \"2\"}},", "{\"id\": \"2\", \"x\": [1, 2},",
        "{\"id\": \"2\", \"title\": \"cut\n\"url\": \"x\"},",
        "\"stray\", {\"id\": \"2\", \"title\": \"\\q\\ud800\\u00\"},", "# {\"id\": \"2\"},"}) {
    CAPTURE(second);
    const auto feed = parse_feed(json_with(second), {});
    REQUIRE(feed.has_value());
    REQUIRE(feed->entries.size() == 3);
    CHECK(feed->entries[0].id == "1");
    CHECK(feed->entries[2].id == "3");
    CHECK_FALSE(feed->warnings.empty());
  }
}

TEST_CASE("entries that lost their feed are read all the same") {
  const auto rss = parse_feed("<item><title>One</title></item><item><title>Two</title></item>", {});
  REQUIRE(rss.has_value());
  CHECK(rss->entries.size() == 2);
  const auto atom = parse_feed(
      "<entry xmlns='http://www.w3.org/2005/Atom'><title>One</title>"
      "<updated>2026-02-03T00:00:00Z</updated></entry>",
      {});
  REQUIRE(atom.has_value());
  CHECK(atom->format == "atom1.0");
  REQUIRE(atom->entries.size() == 1);
  CHECK(atom->entries[0].updated.has_value());
  CHECK_FALSE(parse_feed("<html><body><item>One</item></body></html>", {}).has_value());
}

}  // namespace stakeout
