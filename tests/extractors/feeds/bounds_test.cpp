#include "extractors/feeds/bounds.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "extractors/feeds/parse_feed.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

// The feed of these items, read.
Feed feed_of(const std::string& items, const std::string& head = "") {
  auto feed = parse_feed("<rss><channel>" + head + items + "</channel></rss>",
                         {"https://a.example/feed", ""});
  REQUIRE(feed.has_value());
  return std::move(*feed);
}

bool warns(const Feed& feed, std::string_view of) {
  return std::ranges::any_of(feed.warnings, [&](const std::string& warning) {
    return warning.find(of) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("titles and authors have 2,000 characters at most, whole ones, and say that they go on") {
  const std::string longest = repeated("é", longest_line);
  const Feed whole = feed_of("<item><title>" + longest + "</title></item>");
  CHECK(whole.entries.at(0).title == longest);
  CHECK(whole.warnings.empty());
  const Feed cut = feed_of("<item><title>" + longest + "é</title><author>" +
                               repeated("Ann ", 1'000'000) + "</author></item>",
                           "<title>" + repeated("T", 5'000'000) + "</title>");
  CHECK(cut.entries.at(0).title == repeated("é", longest_line - 1) + "…");
  CHECK(count_code_points(cut.entries.at(0).author) == longest_line);
  CHECK(count_code_points(cut.title) == longest_line);
  CHECK(warns(cut, "the title of entry 1"));
  CHECK(warns(cut, "the author of entry 1"));
  CHECK(warns(cut, "the feed's title"));
}

TEST_CASE("a link that no browser takes is dropped, the entry is not") {
  const std::string path = repeated("x", longest_address);
  const Feed feed =
      feed_of("<item><title>One</title><link>https://a.example/" + path +
              "</link></item><item><title>Two</title><link>/2</link></item><item><title>Three"
              "</title><enclosure url='https://a.example/" +
              path + "'/><enclosure url='a.mp3'/></item>");
  REQUIRE(feed.entries.size() == 3);
  CHECK(feed.entries[0].link.empty());
  CHECK(feed.entries[1].link == "https://a.example/2");
  REQUIRE(feed.entries[2].enclosures.size() == 1);
  CHECK(feed.entries[2].enclosures[0].url == "https://a.example/a.mp3");
  CHECK(warns(feed, "the link of entry 1"));
}

TEST_CASE("an id that is too long stays the same and apart from others") {
  const auto item = [](const std::string& id) { return "<item><guid>" + id + "</guid></item>"; };
  const std::string common = repeated("g", 1'000'000);
  const std::string fits = repeated("g", longest_address);
  const Feed feed = feed_of(item(common + "1") + item(common + "2") + item(fits));
  const Feed again = feed_of(item(common + "2"));
  REQUIRE(feed.entries.size() == 3);
  CHECK(feed.entries[0].id.size() < 300);
  CHECK(feed.entries[0].id != feed.entries[1].id);
  CHECK(feed.entries[1].id == again.entries.at(0).id);
  CHECK(feed.entries[2].id == fits);
}

TEST_CASE("a text ends after a MiB at most, neither in a tag nor in a character") {
  const std::string most = repeated("a", longest_text - 2);
  for (const std::string_view end : {"é", "éé", "<b>b</b>", "b</p"}) {
    CAPTURE(std::string{end});
    const Feed feed = feed_of("<item><description><![CDATA[" + most + std::string{end} +
                              "]]></description><summary>x</summary></item>");
    const std::string& content = feed.entries.at(0).content;
    CHECK(content.size() <= longest_text);
    CHECK(content.starts_with(most));
    CHECK(is_valid_utf8(content));
    CHECK(content.find('<') == std::string::npos);
    CHECK(warns(feed, "the content of entry 1") == (end.size() > 2));
  }
}

TEST_CASE("an entry has a hundred categories and a hundred enclosures at most") {
  std::string item = "<item>";
  for (int i = 0; i < 300; ++i) {
    item += "<category>c" + std::to_string(i) + "</category><enclosure url='e" + std::to_string(i) +
            "'/>";
  }
  const Feed feed =
      feed_of(item + "</item><item><category>" + repeated("ü", 400) + "</category></item>");
  REQUIRE(feed.entries.size() == 2);
  CHECK(feed.entries[0].categories.size() == most_categories);
  CHECK(feed.entries[0].enclosures.size() == most_enclosures);
  CHECK(feed.entries[1].categories.at(0) == repeated("ü", longest_word / 2));
  CHECK(warns(feed, "categories of entry 1"));
  CHECK(warns(feed, "enclosures of entry 1"));
}

TEST_CASE("JSON and sitemaps are held to the same lengths") {
  const std::string title = repeated("T", 10'000);
  const auto json =
      parse_feed(R"({"version": "https://jsonfeed.org/version/1.1", "authors": [{)"
                 R"("name": ")" +
                     title + R"("}], "items": [{"id": "1", "title": ")" + title + "\"}]}",
                 {});
  REQUIRE(json.has_value());
  CHECK(count_code_points(json->entries.at(0).title) == longest_line);
  CHECK(count_code_points(json->entries.at(0).author) == longest_line);
  const auto sitemap =
      parse_feed("<urlset><url><loc>https://a.example/" + title + "</loc></url></urlset>", {});
  REQUIRE(sitemap.has_value());
  CHECK(sitemap->entries.at(0).link.empty());
  CHECK(sitemap->entries.at(0).id.size() < 300);
}

TEST_CASE("a small document that repeats what is long does not become a large feed") {
  const std::string base = "https://a.example/" + repeated("b", 900) + "/";
  const std::string author = "<managingEditor>" + repeated("A", 100'000) + "</managingEditor>";
  const std::string documents[] = {
      author + repeated("<item><title>t</title></item>", 5'000),
      repeated("<item>" + repeated("<enclosure url='e'/>", 150) + "</item>", 300),
      "<item><description>" + repeated("&lt;a href=x>", 20'000) + "</description></item>",
      "<item><description>" + repeated("<a href='x'/>", 20'000) + "</description></item>",
      repeated("<item><description>" + repeated("&lt;a href=x>", 100) + "</description></item>",
               1'000),
  };
  for (const std::string& document : documents) {
    CAPTURE(document.substr(0, 80));
    const auto feed =
        parse_feed("<rss xml:base='" + base + "'><channel>" + document + "</channel></rss>", {});
    REQUIRE(feed.has_value());
    std::size_t size = 0;
    for (const Entry& entry : feed->entries) {
      size += entry.author.size() + entry.content.size() + entry.summary.size();
      for (const Enclosure& enclosure : entry.enclosures) size += enclosure.url.size();
    }
    CHECK_FALSE(feed->entries.empty());
    CHECK(size <= std::size_t{80} << 20U);
  }
}

TEST_CASE("of countless tiny tags or values only so many are read, and what came before is kept") {
  struct Case {
    std::string begin, tiny;
    int count;
    std::string_view told;
  };
  const Case cases[] = {
      {"<rss version=\"2.0\"><channel><item><guid>1</guid></item>", "<a/>", 500'100,
       "tags are read"},
      {R"({"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1"},)", "1,", 1'000'100,
       "values are read"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.tiny);
    std::string document = each.begin;
    for (int i = 0; i < each.count; ++i) document += each.tiny;
    const auto feed = parse_feed(document, {});
    REQUIRE(feed.has_value());
    CHECK(feed->entries.size() == 1);
    CHECK(std::ranges::any_of(feed->warnings, [&](const std::string& warning) {
      return warning.find(each.told) != std::string::npos;
    }));
  }
}

}  // namespace stakeout
