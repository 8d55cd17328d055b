#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "extractors/pages/extract_article.h"

namespace stakeout {
namespace {

constexpr std::string_view body =
    "<p>The agency signed a contract with the vendor on Monday, according to two people who have "
    "read it.</p><p>Under its terms, the vendor trains forty officers a year and keeps the "
    "machines running for them.</p>";

Article article_of(std::string_view head, std::string_view above = "",
                   std::string_view below = "") {
  const std::string page = "<html><head>" + std::string{head} + "</head><body>" +
                           std::string{above} + "<article>" + std::string{body} + "</article>" +
                           std::string{below} + "</body></html>";
  return extract_article(page, {"https://www.example.org/news/a", "text/html; charset=utf-8"});
}

}  // namespace

TEST_CASE("a title has no site's name") {
  struct Case {
    std::string_view head;
    std::string_view above;
    std::string_view title;
  };
  const Case cases[] = {
      {"<title>Agency buys scanners - The Post</title><meta property=og:site_name content='The "
       "Post'>",
       "", "Agency buys scanners"},
      {"<title>Agency buys scanners | News | Example.org</title>", "", "Agency buys scanners"},
      {"<title>Example: Agency buys scanners</title>", "<h1>Agency buys scanners</h1>",
       "Agency buys scanners"},
      {"<title>Post</title><meta property=og:title content='Agency &amp;amp; scanners'>", "",
       "Agency & scanners"},
      {"<title>Scanners - why an agency buys them</title>", "",
       "Scanners - why an agency buys them"},
      {"<title>x</title>", "<h1>Agency buys scanners</h1>", "Agency buys scanners"},
      {"", "", ""},
  };
  for (const auto& [head, above, title] : cases) {
    CAPTURE(head);
    CHECK(article_of(head, above).title == title);
  }
}

TEST_CASE("a title is the heading that the page's own statements agree with") {
  struct Case {
    std::string_view head;
    std::string_view above;
    std::string_view title;
  };
  const Case cases[] = {
      // a section above it, and no other word of what is the site's name
      {"<title>Agency buys scanners - Borders - The Post</title>",
       "<h1>Borders</h1><h2>Agency buys scanners</h2>", "Agency buys scanners"},
      {"<title>Agency buys scanners - Borders</title>", "<h1>Borders</h1><h2>Agency buys</h2>",
       "Agency buys scanners - Borders"},
      // a kicker in the heading
      {"<title>Borders - Agency buys scanners</title>",
       "<h1><span class=kicker>Borders</span> - <b>Agency buys scanners</b></h1>",
       "Agency buys scanners"},
      {"<meta property=og:title content='Agency buys scanners'>",
       "<h1><small class='article__overline'>Borders</small>: Agency buys scanners</h1>",
       "Agency buys scanners"},
      {"<title>x</title>", "<h1 class=kicker>Agency buys scanners</h1>", "Agency buys scanners"},
      {"<title>x</title>", "<h1><b class=kicker>Agency buys scanners</b></h1>",
       "Agency buys scanners"},
      // the site's name stands in front
      {"<title>Example &raquo; Blog Archive &raquo; Agency buys scanners</title>", "",
       "Agency buys scanners"},
      // a heading that says all of it
      {"<title>Example agencies - who buys scanners | Example</title>"
       "<meta property=og:title content='Example agencies - who buys scanners'>",
       "<h1>Example agencies - who buys scanners</h1>", "Example agencies - who buys scanners"},
      // a heading that goes on
      {"<title>Agency buys scanners for - Example</title>",
       "<h1>Agency buys scanners for the border</h1>", "Agency buys scanners for the border"},
      // a heading that is the site's name
      {"<title>Agency buys scanners</title>", "<h1><a href='/'>A blog on borders</a></h1>",
       "Agency buys scanners"},
      {"<title>Agency buys scanners</title>",
       "<h1><a href='../index.html'>A blog on borders</a></h1>", "Agency buys scanners"},
  };
  for (const auto& [head, above, title] : cases) {
    CAPTURE(head);
    CAPTURE(above);
    CHECK(article_of(head, above).title == title);
  }
}

TEST_CASE("a byline is names and nothing else") {
  struct Case {
    std::string_view head;
    std::string_view above;
    std::string_view byline;
  };
  const Case cases[] = {
      {"<meta name=author content='Ann Example and Bo Sample'>", "", "Ann Example, Bo Sample"},
      {"<meta property=article:author content='https://social.example/ann'>",
       "<a rel=author href=/ann>Ann Example</a>", "Ann Example"},
      {"<meta property=og:site_name content=Post><meta name=author content=Post>",
       "<div class=byline>By Ann Example on 27 September 2024</div>", "Ann Example"},
      {"", "<h1>A title</h1><span>Von</span> <b>Änne Beispiel</b>", "Änne Beispiel"},
      {"", "<div itemprop=author itemscope><span itemprop=name>Ann Example</span></div>",
       "Ann Example"},
      {"", "<p><a href=/author/ann>Ann Example</a></p>", "Ann Example"},
      {"", "<p>By the way, this is nobody's byline</p>", ""},
      {"", "<div class=byline>By Ann\xC2\x9D Exam&#x9d;ple</div>", "Ann Example"},
  };
  for (const auto& [head, above, byline] : cases) {
    CAPTURE(head);
    CAPTURE(above);
    CHECK(article_of(head, above).byline == byline);
  }
}

TEST_CASE("what stands about a name is no part of it") {
  struct Case {
    std::string_view author;
    std::string_view byline;
  };
  const Case cases[] = {
      {"By Ann Example", "Ann Example"},
      {"Ann Example, MD, PhD", "Ann Example"},
      {"Ann Example MS, RDN", "Ann Example"},
      {"Ann Example, Opinion Editor", "Ann Example"},
      {"Ann Example Staff Writer", "Ann Example"},
      {"Ann Example (Reuters)", "Ann Example"},
      {"Ann Example Thursday, 9 November 2023", "Ann Example"},
      {"Ann Example on December 21, 2023", "Ann Example"},
      {"Ann Example Published:", "Ann Example"},
      {"Ann Example Photos by Bo Sample", "Ann Example"},
      {"Text von Ann Example", "Ann Example"},
      {"Ann Example Illustration von Bo Sample", "Ann Example"},
      {"06.11.2023 13:30 von Ann Example", "Ann Example"},
      {"| By Ann Example", "Ann Example"},
      {"Ann Example und Bo Sample", "Ann Example, Bo Sample"},
      {"By Ann Example and Bo Sample, Staff Writers", "Ann Example, Bo Sample"},
      {"Ann Example, Senior Political Correspondent", "Ann Example"},
      {"Ann Example Chief White House Correspondent", "Ann Example"},
      {"Ann Example, Correspondent at The Test Post", "Ann Example"},
      {"Ann Example for The Test Post", "Ann Example"},
      {"Ann Example and Bo Sample of the Associated Press", "Ann Example, Bo Sample"},
      {"Ann Example Senior", "Ann Example Senior"},
      {"Sample Center for Public Safety", "Sample Center for Public Safety"},
      {"admin", ""},
      {"Super User", ""},
      {"other.test", ""},
      {"@ann", ""},
  };
  for (const auto& [author, byline] : cases) {
    CAPTURE(author);
    CHECK(
        article_of("", "<h1>A title</h1><p class=byline>" + std::string{author} + "</p>").byline ==
        byline);
  }
}

TEST_CASE("a byline is read wherever a page may state it") {
  struct Case {
    std::string_view head;
    std::string_view above;
    std::string_view byline;
  };
  const Case cases[] = {
      {"<meta name=parsely-author content='Ann Example'>", "", "Ann Example"},
      {"<meta name=sailthru.author content='Ann Example'>", "", "Ann Example"},
      {"<meta name=DC.creator content='Ann Example'>", "", "Ann Example"},
      {"<meta name=citation_author content='Ann Example'>"
       "<meta name=citation_author content='Bo Sample'>",
       "", "Ann Example, Bo Sample"},
      {"<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 "
       "content='Ann Example'>",
       "", "Ann Example"},
      {"<meta name=twitter:label1 content='Reading time'><meta name=twitter:data1 "
       "content='Ann Minute'>",
       "", ""},
      {"", "<span property='schema:author'>Ann Example</span>", "Ann Example"},
      {"", "<div itemprop=comment><span itemprop=author>Bo Sample</span></div>", ""},
      {"", "<ol><li itemprop=citation><meta itemprop=author content='Bo Sample'></ol>", ""},
      {"", "<p>06.11.2023 13:30 von Ann Example</p>", "Ann Example"},
      {"", "<p><i>|</i> By <b>Ann Example</b></p>", "Ann Example"},
      {"", "<p>Von Scannern und Hunden profitieren</p>", ""},
      {"", "<p>Von Scannern, Hunden gekauft. Dieser</p>", ""},
      {"", "<p>By Prof. Ann Example</p>", "Prof. Ann Example"},
      // pictures, other articles and categories have other authors
      {"", "<figure><span class=byline>By Bo Sample</span></figure><p class=byline>Ann Example</p>",
       "Ann Example"},
      {"",
       "<a href=/b>Something else that has happened, and is told at length <span "
       "class=author>Bo Sample</span></a>",
       ""},
      {"",
       "<p class=byline><a rel=tag href=/t>Scanners</a>, <a rel='category tag' "
       "href=/c>Borders</a></p>",
       ""},
  };
  for (const auto& [head, above, byline] : cases) {
    CAPTURE(head);
    CAPTURE(above);
    CHECK(article_of(head, above).byline == byline);
  }
}

TEST_CASE("of authors that contradict each other the more trusted source counts") {
  struct Case {
    std::string_view head;
    std::string_view above;
    std::string_view byline;
  };
  const Case cases[] = {
      {"<script type=application/ld+json>{\"@type\":\"Article\",\"author\":\"Ann "
       "Example\"}</script><meta name=author content='Bo Sample'>",
       "", "Ann Example"},
      {"<meta name=author content='Ann Example'>", "<p class=byline>Bo Sample</p>", "Ann Example"},
      // the site, a host and a login are named only where there is no other
      {"<meta property=og:site_name content='The Post'><meta name=author content='The Post'>",
       "<p class=byline>Ann Example</p>", "Ann Example"},
      {"<meta name=author content='post.test'>", "<p class=byline>Ann Example</p>", "Ann Example"},
      {"<meta name=author content='aexample'>", "<p class=byline>Ann Example</p>", "Ann Example"},
      {"<meta name=author content='aexample'>", "", "aexample"},
      // an element that has all of the stated names and more
      {"<meta name=author content='Ann Example'>",
       "<p class=byline>By Ann Example and Bo Sample</p>", "Ann Example, Bo Sample"},
      {"<meta name=author content='Ann'>", "<p class=byline>Ann Example</p>", "Ann Example"},
      {"<meta name=author content='Ann Example'>", "<p class=byline>Ann Example, Politics</p>",
       "Ann Example"},
  };
  for (const auto& [head, above, byline] : cases) {
    CAPTURE(head);
    CAPTURE(above);
    CHECK(article_of(head, above).byline == byline);
  }
}

TEST_CASE("dates are as exact as the page gives them") {
  struct Case {
    std::string_view head;
    std::string_view above;
    std::string_view published;
  };
  const Case cases[] = {
      {"<meta property=article:published_time content='2024-09-27T10:05:00+02:00'>", "",
       "2024-09-27T08:05:00Z"},
      {"<meta property=article:published_time content='2024-09-27T00:00:00+02:00'>", "",
       "2024-09-27"},
      {"<meta name=date content='27.09.2024'>", "", "2024-09-27"},
      {"", "<h1>T</h1><time datetime=2024-09-27>last week</time>", "2024-09-27"},
      {"", "<h1>T</h1><div class=meta>Published on September 27, 2024 by Ann</div>", "2024-09-27"},
      {"", "<h1>T</h1><p>27. September 2024</p>", "2024-09-27"},
      {"<link rel=canonical href='https://example.org/2024/09/27/scanners'>", "", "2024-09-27"},
      {"<meta name=date content='soon'>", "", ""},
  };
  for (const auto& [head, above, published] : cases) {
    CAPTURE(head);
    CAPTURE(above);
    CHECK(article_of(head, above).published == published);
  }
}

TEST_CASE("the canonical address is absolute and one that can be fetched") {
  CHECK(article_of("<link rel=canonical href='/b?x=1'>").canonical_url ==
        "https://www.example.org/b?x=1");
  CHECK(article_of("<meta property=og:url content='https://example.org/c'>").canonical_url ==
        "https://example.org/c");
  CHECK(article_of("<link rel=canonical href='javascript:x'>").canonical_url.empty());
  CHECK(article_of("<link rel=canonical href='https://www.example.org/'>").canonical_url.empty());
}

TEST_CASE("a language is declared or recognised") {
  const auto language_of = [](std::string_view root) {
    return extract_article(std::string{root} + "<body>" + std::string{body}, {}).language;
  };
  CHECK(language_of("<html lang=en_gb>") == "en-GB");
  CHECK(language_of("<html lang=pt-BR>") == "pt-BR");
  CHECK(language_of("<html lang='not a language'>") == "en");
  CHECK(language_of("<meta property=og:locale content=de_DE>") == "de-DE");
}

TEST_CASE("robots may forbid copies") {
  CHECK(article_of("<meta name=robots content='index, NOARCHIVE'>").robots == "noarchive");
  CHECK(article_of("<meta name=stakeout content='noindex'>").robots == "noindex");
  CHECK(article_of("<meta name=otherbot content='noindex'>").robots.empty());
}

}  // namespace stakeout
