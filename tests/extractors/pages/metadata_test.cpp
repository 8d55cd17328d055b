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

TEST_CASE("a page that shows less than its article says why") {
  struct Case {
    std::string_view html;
    std::string_view warning;
  };
  const Case cases[] = {
      {"<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>",
       "empty page"},
      {"<h1>We value your privacy</h1><p>We and our partners store and/or access information on a "
       "device.</p><button>Accept</button>",
       "consent wall"},
      {"<article><p>The agency signed a contract with the vendor on Monday, says a person who has "
       "read all of it.</p></article><div class=paywall>Subscribe to continue reading this.</div>",
       "paywall"},
      {"<title>Page not found</title><p>Sorry, there is nothing to be seen at this address, and "
       "there never was.</p>",
       "error page"},
  };
  for (const auto& [html, warning] : cases) {
    CAPTURE(html);
    const Article article = extract_article(html, {});
    REQUIRE(article.warnings.size() == 1);
    CHECK(article.warnings[0].starts_with(warning));
  }
  CHECK(article_of("").warnings.empty());
}

}  // namespace stakeout
