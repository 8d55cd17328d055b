#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "extractors/pages/extract_article.h"
#include "extractors/pages/metadata_sources.h"

namespace stakeout {
namespace {

constexpr std::string_view prose =
    "<p>The agency signed a contract with the vendor on Monday, according to two people who have "
    "read it, and who asked for their names to be kept out of this.</p><p>Under its terms, the "
    "vendor trains forty officers a year and keeps the machines running for them.</p>";

// A page whose title is "Agency buys scanners", fetched in 2025.
Article page_of(const std::string& head, const std::string& above, const std::string& below_title,
                const std::string& at_end = "") {
  const std::string page = "<title>Agency buys scanners</title>" + head + "<body>" + above +
                           "<h1>Agency buys scanners</h1>" + below_title + "<article>" +
                           std::string{prose} + "</article>" + at_end;
  return extract_article(
      page, {"https://example.org/a", "text/html; charset=utf-8", {}, make_timestamp(2025, 1, 1)});
}

std::string json_ld(const std::string& json) {
  return "<script type='application/ld+json'>" + json + "</script>";
}

}  // namespace

TEST_CASE("a date is read wherever a page may state it") {
  struct Case {
    std::string head;
    std::string above;
    std::string below_title;
    std::string_view published;
  };
  const Case cases[] = {
      {json_ld(R"({"@type":"NewsArticle","datePublished":"2024-09-27T10:00:00-04:00"})"), "", "",
       "2024-09-27T14:00:00Z"},
      {json_ld(R"({"@type":"VideoObject"},{"@type":"Article","dateCreated":"2024-09-27"})"), "", "",
       "2024-09-27"},
      {"<meta property='og:article:published_time' content='2024-09-27'>", "", "", "2024-09-27"},
      {"<meta name=parsely-pub-date content='2024-09-27T08:00:00Z'>", "", "",
       "2024-09-27T08:00:00Z"},
      {"<meta name=sailthru.date content='Fri, 27 Sep 2024 10:00:00 +0200'>", "", "",
       "2024-09-27T08:00:00Z"},
      {"<meta name=DC.date.issued content=2024-09-27>", "", "", "2024-09-27"},
      {"<meta name=dcterms.created content=2024-09-27>", "", "", "2024-09-27"},
      {"<meta name=citation_publication_date content='2024/09/27'>", "", "", "2024-09-27"},
      {"", "", "<span itemprop=datePublished content=2024-09-27>on Friday</span>", "2024-09-27"},
      {"", "", "<span property='schema:datePublished' content=2024-09-27>on Friday</span>",
       "2024-09-27"},
      {"", "", "<time datetime='2024-09-27T10:00+02:00'>on Friday</time>", "2024-09-27T08:00:00Z"},
      {"", "", "<abbr title='2024-09-27T10:00:00Z'>on Friday</abbr>", "2024-09-27T10:00:00Z"},
      {"", "", "<div class=post-date>27 <b>September</b> 2024</div>", "2024-09-27"},
      {"", "<div class=post-date>27 <b>September</b> 2024</div>", "", "2024-09-27"},
      {"", "<time datetime=2024-09-27>on Friday</time>", "", "2024-09-27"},
      {"", "<p>27/09/2024</p>", "", "2024-09-27"},
      {"", "", "<p>By Ann Example | 27.09.24</p>", "2024-09-27"},
      {"", "",
       "<p>27 September 2024: the agency, it was said, has bought scanners for all of its "
       "officers.</p>",
       "2024-09-27"},
      {"<script>var page = {\"id\":7,\"publishedAt\":\"2024-09-27T10:00:00Z\"};</script>", "", "",
       "2024-09-27T10:00:00Z"},
      {"<script>push({'publish_date': '2024-09-27'})</script>", "", "", "2024-09-27"},
  };
  for (const auto& [head, above, below_title, published] : cases) {
    CAPTURE(head);
    CAPTURE(above);
    CAPTURE(below_title);
    CHECK(page_of(head, above, below_title).published == published);
  }
}

TEST_CASE("of dates that contradict each other the one from the more trusted source counts") {
  struct Case {
    std::string head;
    std::string below_title;
    std::string_view published;
  };
  const Case cases[] = {
      // structured data before all
      {json_ld(R"({"@type":"Article","datePublished":"2024-09-27"})") +
           "<meta property=article:published_time content=2024-09-28>",
       "<time datetime=2024-09-29>x</time>", "2024-09-27"},
      // what is called publication before what the page shows
      {"<meta property=article:published_time content=2024-09-27>",
       "<time datetime=2024-09-29>x</time>", "2024-09-27"},
      // what the page shows before the date of the file
      {"<meta name=date content=2024-10-28>", "<time datetime=2024-09-27>x</time>", "2024-09-27"},
      {"<meta name=DCTERMS.date content=2024-10-28>", "<p class=date>27.09.2024</p>", "2024-09-27"},
      // the date of the file before any line
      {"<meta name=date content=2024-09-27>", "<p>Room 12/10/2024</p>", "2024-09-27"},
      // what makes no sense does not count at all
      {"<meta property=article:published_time content=1970-01-01T00:00:00Z>",
       "<time datetime=2024-09-27>x</time>", "2024-09-27"},
      {"<meta property=article:published_time content=2025-06-01>",
       "<time datetime=2024-09-27>x</time>", "2024-09-27"},
  };
  for (const auto& [head, below_title, published] : cases) {
    CAPTURE(head);
    CAPTURE(below_title);
    CHECK(page_of(head, "", below_title).published == published);
  }
}

TEST_CASE("dates of other things are not the article's") {
  const std::string teaser =
      "<ul><li><span class=date>29.09.2024</span> <a href=/b>Something else that has happened "
      "elsewhere</a></li></ul>";
  struct Case {
    std::string above;
    std::string below_title;
    std::string at_end;
  };
  const Case cases[] = {
      {"", "", "<div class=comments><time datetime=2024-09-29>x</time> I agree</div>"},
      {"", "<div itemprop=comment><meta itemprop=datePublished content=2024-09-29></div>", ""},
      {"", "<figure itemprop=image><span itemprop=datePublished>2024-09-29</span></figure>", ""},
      {teaser, "", ""},
      {"", "", teaser},
      {"<a href=/b><time datetime=2024-09-29>x</time> Something else that has happened, and is "
       "told at length</a>",
       "", ""},
      {"", "<p>Joined: 29.09.2024</p>", ""},
      {"", "<p><b>Registriert:</b> 29.09.2024</p>", ""},
      {"", "", "<p>Copyright 29.09.2024 The Post</p>"},
      {"", "", "<p>© 2024 The Post</p>"},
      {"", "<h2>What happened on 29 September 2024</h2>", ""},
      {"<p>1 January 2031</p>", "", ""},
  };
  for (const auto& [above, below_title, at_end] : cases) {
    CAPTURE(above);
    CAPTURE(below_title);
    CAPTURE(at_end);
    CHECK(page_of("", above, below_title, at_end).published == "");
  }
}

TEST_CASE("a change is no publication, unless there is no other date") {
  const Article both = page_of("", "",
                               "<p>UPDATED: <time datetime=2024-10-02>2 Oct</time></p>"
                               "<p>Published: <time datetime=2024-09-27>27 Sep</time></p>");
  CHECK(both.published == "2024-09-27");
  CHECK(both.modified == "2024-10-02");
  CHECK(page_of("", "", "<p>Aktualisiert: 02.10.2024</p><p>27.09.2024</p>").published ==
        "2024-09-27");
  CHECK(page_of("", "", "<p>Last updated on 2 October 2024</p>").published == "2024-10-02");
  const Article stated = page_of(
      "<meta property=article:modified_time content=2024-10-02>"
      "<meta property=article:published_time content=2024-09-27>",
      "", "");
  CHECK(stated.published == "2024-09-27");
  CHECK(stated.modified == "2024-10-02");
  CHECK(page_of("<meta name=last-modified content=2024-10-02>", "", "").published == "2024-10-02");
}

TEST_CASE("a line, a part of one and an element may say when a page was changed") {
  const std::string cases[] = {
      "<p>Published March 4, 2024</p><p>Updated March 5, 2024</p>",
      "<p>Published: March 4, 2024 | Updated: March 5, 2024</p>",
      "<p>Published March 4, 2024 (Updated March 5, 2024)</p>",
      "<p>March 4, 2024</p><p>Updated: <b>March 5, 2024</b></p>",
      "<span class=updated-date>March 5, 2024</span><span class=date>March 4, 2024</span>",
      "<p>Veröffentlicht am 04.03.2024</p><p>Zuletzt aktualisiert: 05.03.2024</p>",
  };
  for (const std::string& lines : cases) {
    CAPTURE(lines);
    const Article page = page_of("", "", lines);
    CHECK(page.published == "2024-03-04");
    CHECK(page.modified == "2024-03-05");
  }
  const Article prose = page_of(
      "", "", "<p>March 4, 2024</p>",
      "<p>The council has updated the plan of March 5, 2024, which the mayor signed in front of "
      "all "
      "those who had come to see it, and the clerk sent it to the vendor, who was pleased.</p>");
  CHECK(prose.published == "2024-03-04");
  CHECK(prose.modified.empty());
}

TEST_CASE("what the page shows near its title comes before what it shows elsewhere") {
  CHECK(page_of("", "<p>Today is 31.12.2024</p><p>27.09.2024</p>", "").published == "2024-09-27");
  CHECK(page_of("", "", "<p>27.09.2024</p>", "<time datetime=2024-09-29>x</time>").published ==
        "2024-09-27");
}

TEST_CASE("every field has sources, and each stands in the table once") {
  for (const Field field :
       {Field::published, Field::modified, Field::author, Field::site, Field::language}) {
    const auto& rows = sources_of(field);
    REQUIRE_FALSE(rows.empty());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        CAPTURE(rows[i].name);
        CHECK_FALSE((rows[i].source == rows[j].source && rows[i].name == rows[j].name));
      }
    }
  }
  CHECK(leads_elsewhere("comment"));
  CHECK_FALSE(leads_elsewhere("author"));
}

TEST_CASE("a key of a script that has had no date a hundred times has none") {
  const auto published = [](int before) {
    std::string script = "<script>";
    for (int i = 0; i < before; ++i) script += "publish_date:1 2 3;";
    return page_of(script + "publish_date:\"2024-09-27\"</script>", "", "").published;
  };
  CHECK(published(50) == "2024-09-27");
  CHECK(published(150).empty());
}

}  // namespace stakeout
