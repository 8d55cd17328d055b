#include "extractors/feeds/parse_feed.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

Feed parsed(std::string_view bytes, const FeedContext& context = {}) {
  auto feed = parse_feed(bytes, context);
  REQUIRE(feed.has_value());
  return std::move(*feed);
}

std::string printed(const std::optional<Timestamp>& time) {
  return time ? to_rfc3339(*time) : "";
}

// One entry of RSS 2.0 with these elements.
Entry rss_entry(std::string_view elements) {
  Feed feed = parsed("<rss version='2.0'><channel><item>" + std::string{elements} +
                     "</item></channel></rss>");
  REQUIRE(feed.entries.size() == 1);
  return std::move(feed.entries.front());
}

Entry atom_entry(std::string_view elements) {
  Feed feed = parsed("<feed xmlns='http://www.w3.org/2005/Atom'><entry>" + std::string{elements} +
                     "</entry></feed>");
  REQUIRE(feed.entries.size() == 1);
  return std::move(feed.entries.front());
}

}  // namespace

TEST_CASE("a feed's format is told by its root, version and name spaces") {
  struct Case {
    std::string_view bytes;
    std::string_view format;
  };
  const Case cases[] = {
      {"<rss version='0.91'><channel/></rss>", "rss0.91"},
      {"<rss version='0.92'><channel/></rss>", "rss0.92"},
      {"<rss version='2.0.1'><channel/></rss>", "rss2.0"},
      {"<RSS><channel/></RSS>", "rss2.0"},
      {"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
       "xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel/></rdf:RDF>",
       "rss0.90"},
      {"<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel/></rdf:RDF>", "rss1.0"},
      {"<feed version='0.3' xmlns='http://purl.org/atom/ns#'/>", "atom0.3"},
      {"<a:feed xmlns:a='http://www.w3.org/2005/Atom'/>", "atom1.0"},
      {R"({"version":"https://jsonfeed.org/version/1","items":[]})", "json1.0"},
      {R"({"version":"https://jsonfeed.org/version/1.1","items":[]})", "json1.1"},
      {"HTTP/1.1 200 OK\r\n\r\n<br />\n<b>Warning</b>: x<br />\n<rss version='2.0'/>", "rss2.0"},
  };
  for (const auto& [bytes, format] : cases) {
    CAPTURE(bytes);
    CHECK(parsed(bytes).format == format);
  }
}

TEST_CASE("RSS fills every field") {
  const Feed feed = parsed(R"(<?xml version="1.0"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:content="http://purl.org/rss/1.0/modules/content/">
 <channel>
  <title>Port &amp;amp; Harbour</title>
  <atom:link rel="self" href="https://port.example/feed"/>
  <link>https://port.example/</link>
  <description>News of the port</description>
  <language>en-gb</language>
  <ttl>90</ttl>
  <lastBuildDate>Tue, 03 Feb 2026 08:05:09 GMT</lastBuildDate>
  <image><title>Logo</title><link>https://port.example/logo</link></image>
  <item>
   <title>Crane &lt;b&gt;order&lt;/b&gt;</title>
   <link>https://port.example/1</link>
   <guid isPermaLink="false">port-1</guid>
   <pubDate>Mon, 02 Feb 2026 10:00:00 +0100</pubDate>
   <atom:updated>2026-02-02T12:00:00Z</atom:updated>
   <dc:creator>Ada Moor</dc:creator>
   <dc:creator>Ben Quay</dc:creator>
   <author>desk@port.example (Desk)</author>
   <description>&lt;p&gt;Two cranes.&lt;/p&gt;</description>
   <content:encoded><![CDATA[<p>Two cranes were ordered.</p>]]></content:encoded>
   <category>Cranes</category><dc:subject>Orders</dc:subject>
   <enclosure url="https://port.example/1.mp3" type="audio/mpeg" length="1234"/>
  </item>
 </channel>
</rss>)");
  CHECK(feed.title == "Port & Harbour");
  CHECK(feed.link == "https://port.example/");
  CHECK(feed.description == "News of the port");
  CHECK(feed.language == "en-gb");
  CHECK(printed(feed.updated) == "2026-02-03T08:05:09Z");
  CHECK(feed.poll_interval == 5'400);
  CHECK(feed.warnings.empty());
  REQUIRE(feed.entries.size() == 1);
  const Entry& entry = feed.entries.front();
  CHECK(entry.id == "port-1");
  CHECK(entry.title == "Crane order");
  CHECK(entry.link == "https://port.example/1");
  CHECK(printed(entry.published) == "2026-02-02T09:00:00Z");
  CHECK(printed(entry.updated) == "2026-02-02T12:00:00Z");
  CHECK(entry.author == "Ada Moor, Ben Quay");
  CHECK(entry.summary == "<p>Two cranes.</p>");
  CHECK(entry.content == "<p>Two cranes were ordered.</p>");
  CHECK(entry.categories == std::vector<std::string>{"Cranes", "Orders"});
  REQUIRE(entry.enclosures.size() == 1);
  CHECK(entry.enclosures[0].url == "https://port.example/1.mp3");
  CHECK(entry.enclosures[0].type == "audio/mpeg");
  CHECK(entry.enclosures[0].length == 1'234);
}

TEST_CASE("what the publisher asks of pollers is read, and nonsense counts as not said") {
  struct Case {
    std::string_view elements;
    std::optional<std::int64_t> interval;
    std::vector<int> hours;
    std::vector<int> days;
  };
  std::string all_hours;
  for (int hour = 1; hour <= 24; ++hour) all_hours += "<hour>" + std::to_string(hour) + "</hour>";
  all_hours = "<skipHours>" + all_hours + "</skipHours>";
  const Case cases[] = {
      {"<ttl>90</ttl>", 5'400, {}, {}},
      {"<ttl>0</ttl>", std::nullopt, {}, {}},
      {"<ttl>-5</ttl>", std::nullopt, {}, {}},
      {"<ttl>99999999999999999999</ttl>", std::nullopt, {}, {}},
      {"<ttl>soon</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 3'600, {}, {}},
      {"<sy:updatePeriod> Weekly </sy:updatePeriod>", 604'800, {}, {}},
      {"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
       21'600,
       {},
       {}},
      {"<sy:updateFrequency>2</sy:updateFrequency>", 43'200, {}, {}},
      {"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
       3'600,
       {},
       {}},
      {"<sy:updatePeriod>hourly</sy:updatePeriod>"
       "<sy:updateFrequency>9223372036854775807</sy:updateFrequency>",
       1,
       {},
       {}},
      {"<sy:updatePeriod>often</sy:updatePeriod>", std::nullopt, {}, {}},
      {"<skipHours><hour> 7 </hour><hour>0</hour><hour>24</hour><hour>07</hour></skipHours>",
       std::nullopt,
       {0, 7},
       {}},
      {"<skipHours><hour>25</hour><hour>-1</hour><hour>noon</hour><day>3</day>3</skipHours>",
       std::nullopt,
       {},
       {}},
      {all_hours, std::nullopt, {}, {}},
      {"<skipDays><day>Saturday</day><day>sun</day><DAY>MONDAY</DAY><day>s</day></skipDays>",
       std::nullopt,
       {},
       {0, 1, 6}},
  };
  for (const auto& [elements, interval, hours, days] : cases) {
    CAPTURE(elements);
    const Feed feed =
        parsed("<rss version='0.91'><channel>" + std::string{elements} + "</channel></rss>");
    CHECK(feed.poll_interval == interval);
    CHECK(feed.skip_hours == hours);
    CHECK(feed.skip_days == days);
  }
}

TEST_CASE("RDF keeps its entries beside the channel") {
  const Feed feed = parsed(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns="http://purl.org/rss/1.0/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
 <channel rdf:about="https://port.example/rdf"><title>Port</title><link>https://port.example/</link>
  <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel>
 <item rdf:about="https://port.example/1&#1;"><title>One</title></item>
 <item rdf:about="https://port.example/2"><title>Two</title><link>https://port.example/two</link></item>
</rdf:RDF>)");
  CHECK(feed.poll_interval == 21'600);
  REQUIRE(feed.entries.size() == 2);
  CHECK(feed.entries[0].id == "https://port.example/1");
  CHECK(feed.entries[0].link == "https://port.example/1");
  CHECK(feed.entries[1].link == "https://port.example/two");
}

TEST_CASE("Atom fills every field, and its entries take the feed's author") {
  const Feed feed = parsed(R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
 <title type="text">Hafen &amp;amp; Stadt</title><subtitle>Vom Kai</subtitle>
 <link rel="self" href="https://port.example/atom"/><link href="https://port.example/"/>
 <updated>2026-02-03T08:05:09Z</updated><author><name>Ada Moor</name></author>
 <entry><id>urn:port:1</id><title type="html">Zwei &lt;i&gt;Kräne&lt;/i&gt;</title>
  <link rel="alternate" type="application/json" href="https://port.example/1.json"/>
  <link rel="alternate" type="text/html" href="https://port.example/1"/>
  <link rel="enclosure" href="https://port.example/1.pdf" type="application/pdf" length="9"/>
  <published>2026-02-01T00:00:00Z</published><updated>2026-02-02T00:00:00Z</updated>
  <summary>1 &lt; 2</summary>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Zwei <b>Kräne</b>.</p></div></content>
  <category term="kran" label="Kräne"/></entry>
 <entry><id>https://port.example/2</id><author><email>b@port.example</email></author></entry>
</feed>)");
  CHECK(feed.title == "Hafen &amp; Stadt");
  CHECK(feed.description == "Vom Kai");
  CHECK(feed.language == "de");
  CHECK(feed.link == "https://port.example/");
  REQUIRE(feed.entries.size() == 2);
  const Entry& entry = feed.entries.front();
  CHECK(entry.title == "Zwei Kräne");
  CHECK(entry.link == "https://port.example/1");
  CHECK(entry.author == "Ada Moor");
  CHECK(entry.summary == "1 &lt; 2");
  CHECK(entry.content == "<p>Zwei <b>Kräne</b>.</p>");
  CHECK(entry.categories == std::vector<std::string>{"kran"});
  CHECK(printed(entry.published) == "2026-02-01T00:00:00Z");
  CHECK(printed(entry.updated) == "2026-02-02T00:00:00Z");
  CHECK(entry.enclosures.size() == 1);
  CHECK(feed.entries[1].link == "https://port.example/2");
  CHECK(feed.entries[1].author == "b@port.example");
}

TEST_CASE("Atom content is read as its type says (RFC 4287, 4.1.3)") {
  struct Case {
    std::string_view element;
    std::string_view html;
  };
  const Case cases[] = {
      {"<content>a &lt;b&gt;</content>", "a &lt;b&gt;"},
      {"<content type='html'>a &lt;b&gt;c&lt;/b&gt;</content>", "a <b>c</b>"},
      {"<content type='html'><![CDATA[a <b>c</b>]]></content>", "a <b>c</b>"},
      {"<content type='text/html' mode='escaped'>&lt;p&gt;a</content>", "<p>a"},
      {"<content type='application/octet-stream'>PHA+YTwvcD4=</content>", "<p>a</p>"},
      {"<content type='image/png'>iVBORw0KGgo=</content>", ""},
      {"<content type='xhtml'><h:div xmlns:h='http://www.w3.org/1999/xhtml'>a<h:br/>b</h:div>"
       "</content>",
       "a<br>b"},
  };
  for (const auto& [element, html] : cases) {
    CAPTURE(element);
    CHECK(atom_entry(element).content == html);
  }
}

TEST_CASE("JSON feeds fill every field") {
  const Feed feed = parsed(R"({"version":"https://jsonfeed.org/version/1.1","title":"Port",
 "home_page_url":"https://port.example/","authors":[{"name":"Ada Moor"}],"items":[
 {"id":7,"url":"https://port.example/1","title":"One","content_text":"1 < 2","summary":"Sum",
  "date_published":"2026-02-01T10:00:00+01:00","date_modified":"2026-02-02","tags":["x"],
  "attachments":[{"url":"https://port.example/a","mime_type":"audio/x","size_in_bytes":5}]},
 {"id":"b","external_url":"https://other.example/","content_html":"<p>b</p>"}, 5]})");
  CHECK(feed.title == "Port");
  REQUIRE(feed.entries.size() == 2);
  CHECK(feed.entries[0].id == "7");
  CHECK(feed.entries[0].author == "Ada Moor");
  CHECK(feed.entries[0].content == "1 &lt; 2");
  CHECK(printed(feed.entries[0].published) == "2026-02-01T09:00:00Z");
  CHECK(feed.entries[0].enclosures.at(0).length == 5);
  CHECK(feed.entries[1].link == "https://other.example/");
  CHECK(printed(feed.updated) == "2026-02-02T00:00:00Z");
  CHECK(feed.warnings.size() == 1);
}

TEST_CASE("other vocabularies fill gaps and never outdo plain elements") {
  const Entry entry = rss_entry(
      "<media:title>Wrong</media:title><itunes:summary>Wrong</itunes:summary>"
      "<dc:title>Right</dc:title><dc:date>2026-02-03</dc:date><dc:description>d</dc:description>");
  CHECK(entry.title == "Right");
  CHECK(printed(entry.published) == "2026-02-03T00:00:00Z");
  CHECK(entry.summary == "d");
  const Entry short_and_long = rss_entry("<description>Long</description><summary>Short</summary>");
  CHECK(short_and_long.summary == "Short");
  CHECK(short_and_long.content == "Long");
  CHECK(rss_entry("<dc:title>Wrong</dc:title><title>Right</title>").title == "Right");
}

TEST_CASE("references are decoded as often as they were written, and C1 means windows-1252") {
  CHECK(rss_entry("<title>caf&eacute; &#147;x&#148;</title>").title == "café “x”");
  CHECK(rss_entry("<title>AT&T &amp;amp; R&D</title>").title == "AT&T & R&D");
  CHECK(rss_entry("<link>https://a.example/?x=1&copy=2&amp;lang=en</link>").link ==
        "https://a.example/?x=1&copy=2&lang=en");
  CHECK(rss_entry("<title>a\x01"
                  "b &#1;c</title>")
            .title == "ab c");
}

TEST_CASE("a date that cannot be read is missing, with a warning that names its line") {
  const Feed feed =
      parsed("<rss><channel><item>\n<pubDate>someday</pubDate></item></channel></rss>");
  CHECK_FALSE(feed.entries.at(0).published.has_value());
  REQUIRE(feed.warnings.size() == 1);
  CHECK(feed.warnings[0].starts_with("line 2, column "));
}

TEST_CASE("what is no feed fails and says what came instead") {
  struct Case {
    std::string_view bytes;
    std::string_view message;
  };
  const Case cases[] = {
      {"", "an empty document where a feed was expected"},
      {" \n ", "an empty document where a feed was expected"},
      {"plain words", "no feed in this document"},
      {"<html><head><link rel=alternate type='application/rss+xml' href='/f.xml'></head></html>",
       "an HTML page where a feed was expected; it points to the feed https://a.example/f.xml"},
      {"{\"a\":1}", "a JSON document that is no feed"},
      {"{\"a\":", "a JSON document that is no feed"},
  };
  for (const auto& [bytes, message] : cases) {
    CAPTURE(bytes);
    const auto feed = parse_feed(bytes, {"https://a.example/", {}});
    REQUIRE_FALSE(feed.has_value());
    CHECK(feed.error().message == message);
  }
}

TEST_CASE("of a flood of entries the first are taken, and that is said") {
  std::string items;
  std::string objects;
  for (std::size_t i = 0; i <= most_entries; ++i) {
    items += "<item><guid>" + std::to_string(i) + "</guid></item>";
    objects += (i > 0 ? ",{\"id\":\"" : "{\"id\":\"") + std::to_string(i) + "\"}";
  }
  for (const std::string& bytes :
       {"<rss version='2.0'><channel>" + items + "</channel></rss>",
        R"({"version":"https://jsonfeed.org/version/1.1","items":[)" + objects + "]}"}) {
    const Feed feed = parsed(bytes);
    REQUIRE(feed.entries.size() == most_entries);
    CHECK(feed.entries.front().id == "0");
    CHECK(feed.entries.back().id == std::to_string(most_entries - 1));
    REQUIRE_FALSE(feed.warnings.empty());
    CHECK(feed.warnings.back() == "only the first 10000 entries are taken");
  }
}

}  // namespace stakeout
