#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "extractors/feeds/parse_feed.h"
#include "extractors/feeds/warnings.h"
#include "extractors/feeds/xml_recovery.h"

namespace stakeout {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("what is not well-formed keeps all of its entries, and says where it was repaired") {
  const std::string_view third =
      "<item><title>Three</title><link>https://a.example/3</link></item>";
  const std::string_view broken[] = {
      "<item><title>One</title></guid><link>https://a.example/1</link></item>",
      "<item><title>One</title></item></item>",
      "<item><title>One</TITLE><link>https://a.example/1</link></Item>",
      "<item><title>One<link>https://a.example/1</link></item>",
      "<item><title>One</title><description>x</item>",
      "<item><title>One</title><description><p>a <b>b <i>c</b></description></item>",
      "<item><title>One</title><description><p>a<br>b<img src=x></description></item>",
      "<item><title>One</title><enclosure url=x length=1 type/></item>",
      "<item><title>One</title><enclosure url=\"a\"type=\"b\"/></item>",
      "<item><title>One</title><description>1 < 2, <3</description></item>",
      "<item><title><![cdata[One]]></title></item>",
      "<item><title>One</title><description><![CDATA[a <b></description></item>",
      "<item><title>One</title><enclosure url=\"x></item>",
      "<item><title>One</title><itunes:category text='a'><link>x</link></item>",
  };
  for (const std::string_view item : broken) {
    CAPTURE(item);
    const auto feed =
        parse_feed("<rss><channel><title>T</title>\n" + std::string{item} +
                       "<item><title>Two</title></item>" + std::string{third} + "</channel></rss>",
                   {});
    REQUIRE(feed.has_value());
    REQUIRE(feed->entries.size() == 3);
    CHECK(feed->title == "T");
    CHECK(feed->entries[0].title == "One");
    CHECK(feed->entries[1].title == "Two");
    CHECK(feed->entries[2].link == "https://a.example/3");
    REQUIRE_FALSE(feed->warnings.empty());
    CHECK(feed->warnings[0].starts_with("line "));
  }
}

TEST_CASE("a feed that was cut off keeps what came before, wherever it was cut") {
  const std::string whole =
      "<?xml version='1.0'?><rss version=\"2.0\"><channel><title>T</title><item><title>One</title>"
      "</item><item><title>Two</title><description><![CDATA[<p>x</p>]]></description></item>"
      "<!-- end --></channel></rss>";
  const std::size_t first_entry = whole.find("</item>");
  for (std::size_t size = first_entry; size < whole.size(); ++size) {
    CAPTURE(size);
    const auto feed = parse_feed(whole.substr(0, size), {});
    REQUIRE(feed.has_value());
    CHECK(feed->title == "T");
    REQUIRE_FALSE(feed->entries.empty());
    CHECK(feed->entries[0].title == "One");
  }
}

TEST_CASE("a JSON feed that was cut off keeps its whole entries") {
  const auto feed = parse_feed(
      R"({"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"One"},{"id":"2","ti)",
      {});
  REQUIRE(feed.has_value());
  CHECK(feed->entries.at(0).title == "One");
  CHECK_FALSE(feed->warnings.empty());
}

TEST_CASE("a document that ends before its root is closed is known to be cut short") {
  const std::string json =
      R"({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_html":)";
  struct Case {
    const char* what;
    std::string document;
    bool cut_short;
  };
  const std::string rss = "<rss><channel><item><title>One</title></item>";
  const std::string sitemap = "<urlset><url><loc>https://a.example/1</loc></url>";
  const Case cases[] = {
      {"whole", rss + "</channel></rss>", false},
      {"something behind it", rss + "</channel></rss>\n<!-- served in 3 ms --><br>", false},
      {"a stray & in it", rss + "& </channel></rss>", false},
      {"markup before it", "<b>Warning</b><br>" + rss + "</channel></rss>", false},
      {"its end in another case", rss + "</Channel></RSS>", false},
      {"an inner end is missing", rss + "</rss>", false},
      {"a root without entries", "<feed xmlns='http://www.w3.org/2005/Atom'/>", false},
      {"a whole sitemap", sitemap + "</urlset>", false},
      {"its beginning is missing", "<item><title>One</title></item></channel></rss>", false},
      {"after an entry", rss, true},
      {"within an entry", rss + "<item><title>Two", true},
      {"within a tag", rss + "<item><enclosure url='", true},
      {"within a comment", rss + "<!-- the e", true},
      {"within CDATA", rss + "<item><description><![CDATA[<p>", true},
      {"before the last end", rss + "</channel>", true},
      {"the root named in CDATA", rss + "<item><title><![CDATA[</rss>]]></title></item>", true},
      {"half a sitemap", sitemap, true},
      {"whole JSON",
       json + R"("a<br>"}]})"
              "\n",
       false},
      {"JSON within a string", json + "\"<p>One</p>", true},
      {"JSON after an entry", json + "\"<p>One</p>\"}", true},
      {"JSON after the list", json + R"("x"}])", true},
  };
  for (const auto& [what, document, cut_short] : cases) {
    CAPTURE(what);
    const auto feed = parse_feed(document, {});
    REQUIRE(feed.has_value());
    CHECK(feed->cut_short == cut_short);
  }
}

TEST_CASE("entities of a DTD are not expanded") {
  const auto feed = parse_feed(
      "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
      "<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
      "<rss><channel><title>&b;&x;</title></channel></rss>",
      {});
  REQUIRE(feed.has_value());
  CHECK(feed->title == "&b;&x;");
}

TEST_CASE("hostile feeds cost no more than their size") {
  const std::size_t many = 40'000;
  const std::string head = "<rss><channel><item><title>One</title>";
  const std::string documents[] = {
      head + "<description>" + repeated("<div>", many) + "x",
      head + "<description>" + repeated("<div>", many) + repeated("</div>", many) +
          "</description></item></channel></rss>",
      repeated("<item>", many),
      head + repeated("</nothing>", many),
      head + repeated("<![CDATA[", many),
      head + repeated("<!--", many),
      head + repeated("<a b='", many),
      head + repeated("<a b=", many),
      head + repeated("<", many),
      head + repeated("&", many),
      head + "<description " + repeated("a='1' ", many) + ">x</description></item></channel></rss>",
      head + repeated("<author>a@b (Name)</author><category>x</category>", many),
      head + "<description>" + repeated("&lt;a href=\"", many),
      "<rss " + repeated("xmlns:a='b' ", many) + "><channel>" + repeated("<a:b/>", many),
      "<feed><entry><content type='xhtml'>" + repeated("<p xml:base='b/'>", many / 10),
      repeated("{\"items\":[", many),
      repeated("<link rel=", many) + "<html>",
  };
  for (const std::string& document : documents) {
    CAPTURE(document.substr(0, 80));
    const std::clock_t begin = std::clock();
    (void)parse_feed(document, {"https://a.example/", {}});
    // Quadratic reading takes minutes at this size, with sanitizers or without.
    CHECK(std::clock() - begin < 20 * CLOCKS_PER_SEC);
  }
}

TEST_CASE("what the recovery writes needs no recovery") {
  Warnings warnings;
  const std::string once =
      recovered_xml("<rss><Item a=b c><t>1 < 2<p>x<br></t></wrong>", warnings).xml;
  CHECK(once == "<rss><item a=\"b\" c=\"\"><t>1 &lt; 2<p>x<br/></p></t></item></rss>");
  Warnings none;
  CHECK(recovered_xml(once, none).xml == once);
  CHECK(none.take().empty());
}

TEST_CASE("the list of warnings is bounded, and places count lines and columns from one") {
  Warnings warnings;
  const std::string_view text = "ab\ncd\n";
  warnings.add_at(text, 0, "x");
  warnings.add_at(text, 4, "y");
  for (int i = 0; i < 1'000; ++i) warnings.add("z");
  const std::vector<std::string> messages = warnings.take();
  CHECK(messages[0] == "line 1, column 1: x");
  CHECK(messages[1] == "line 2, column 2: y");
  CHECK(messages.size() == 51);
  CHECK(messages.back() == "and 952 more");
}

}  // namespace stakeout
