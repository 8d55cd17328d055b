#include "extractors/feeds/opml.h"

#include <doctest/doctest.h>

namespace stakeout {
namespace {

using Tags = std::vector<std::string>;

std::string with_body(std::string_view body) {
  return "<?xml version=\"1.0\"?>\n<opml version=\"2.0\">\n<head><title>t</title></head>\n<body>" +
         std::string{body} + "</body></opml>";
}

}  // namespace

TEST_CASE("folders and categories become tags") {
  const auto list = parse_opml(
      with_body("\n<outline text='News'>"
                "<outline text='Local'><outline xmlUrl='https://a.example/' title='A'/></outline>"
                "<outline xmlUrl='https://b.example/' text='B' category='/Boston/Weather, x ,,x'/>"
                "</outline>"
                "<outline text='c' xmlUrl='https://c.example/'/>"));
  REQUIRE(list.has_value());
  CHECK(list->warnings.empty());
  REQUIRE(list->outlines.size() == 3);
  CHECK(list->outlines[0].tags == Tags{"News", "News/Local"});
  CHECK(list->outlines[1].tags == Tags{"News", "Boston/Weather", "x"});
  CHECK(list->outlines[2].tags.empty());
  CHECK(list->outlines[1].line == 5);
}

TEST_CASE("one outline is read as it was meant") {
  struct Case {
    std::string_view outline;
    std::string_view url;
    std::string_view title;
  };
  const Case cases[] = {
      {"<outline xmlUrl='https://a.example/?a=1&amp;b=2' text='T'/>", "https://a.example/?a=1&b=2",
       "T"},
      // Not well-formed: a bare "&", no quotes, another case, no end.
      {"<outline xmlUrl='https://a.example/?a=1&b=2' text='R&D'/>", "https://a.example/?a=1&b=2",
       "R&D"},
      {"<OUTLINE XMLURL=https://a.example/ TITLE='T'>", "https://a.example/", "T"},
      {"<outline xmlUrl='https://a.example/' text='text' title='title'/>", "https://a.example/",
       "title"},
      {"<outline xmlUrl='https://a.example/' text='text' title=''/>", "https://a.example/", ""},
      {"<outline xmlUrl='https://a.example/' text='https://a.example/'/>", "https://a.example/",
       ""},
      {"<outline xmlUrl=' https://a.example/ ' text='a\nb&#9;c &lt;i&gt;'/>", "https://a.example/",
       "a b c <i>"},
      {"<outline type='atom' xmlUrl='exec:rm' text='x'/>", "exec:rm", "x"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.outline);
    const auto list = parse_opml(with_body(each.outline));
    REQUIRE(list.has_value());
    REQUIRE(list->outlines.size() == 1);
    CHECK(list->outlines[0].url == each.url);
    CHECK(list->outlines[0].title == each.title);
  }
}

TEST_CASE("a list under a wrong or missing label is read all the same") {
  const std::string utf8 =
      "<opml><body><outline xmlUrl='https://a.example/' text='Zürich'/></body></opml>";
  CHECK(parse_opml("<?xml version='1.0' encoding='iso-8859-1'?>" + utf8)->outlines.at(0).title ==
        "Zürich");
  CHECK(parse_opml(
            "<opml><body><outline xmlUrl='https://a.example/' text='Z\xFCrich'/></body></opml>")
            ->outlines.at(0)
            .title == "Zürich");
}

TEST_CASE("what is no list says what it is") {
  struct Case {
    std::string_view bytes;
    std::string_view told;
  };
  const Case cases[] = {
      {"", "empty file"},
      {"<rss version='2.0'><channel><title>t</title></channel></rss>", "a feed, not a list"},
      {"<!DOCTYPE html><html><body>x</body></html>", "an HTML page"},
      {"<data/>", "no OPML"},
  };
  for (const Case& each : cases) {
    const auto list = parse_opml(each.bytes);
    REQUIRE_FALSE(list.has_value());
    CHECK_MESSAGE(list.error().message.find(each.told) != std::string::npos, list.error().message);
  }
}

TEST_CASE("depth, width and names without end make no long answer") {
  std::string deep;
  for (int i = 0; i < 20'000; ++i) deep += "<outline text='" + std::string(300, 'x') + "'>";
  const auto list = parse_opml(with_body(deep + "<outline xmlUrl='https://a.example/'/>"));
  REQUIRE(list.has_value());
  REQUIRE(list->outlines.size() == 1);
  REQUIRE(list->outlines[0].tags.size() == 8);
  CHECK(list->outlines[0].tags[7].size() == 8 * 200 + 7);

  std::string wide;
  for (int i = 0; i < 50'010; ++i) wide += "<outline xmlUrl='u'/>";
  const auto cut = parse_opml(with_body(wide));
  CHECK(cut->outlines.size() == 50'000);
  CHECK(cut->warnings.size() == 1);
}

TEST_CASE("markup is told from lines in every encoding") {
  CHECK(looks_like_markup("\xEF\xBB\xBF\n <opml/>"));
  CHECK(looks_like_markup(std::string_view{"\xFF\xFE<\0o\0", 6}));
  CHECK_FALSE(looks_like_markup("https://example.org/<opml>"));
  CHECK_FALSE(looks_like_markup("# <opml>\n"));
  CHECK_FALSE(looks_like_markup(""));
}

}  // namespace stakeout
