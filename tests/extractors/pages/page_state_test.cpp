#include "extractors/pages/page_state.h"

#include <string>

#include <doctest/doctest.h>

#include "extractors/pages/extract_article.h"

namespace stakeout {
namespace {

const std::string consent =
    "<h1>We value your privacy</h1><p>We and our partners store and/or access information on a "
    "device.</p>";

std::string paragraphs(int count) {
  std::string html;
  for (int i = 0; i < count; ++i) {
    html += "<p>The council buys cameras for crossing " + std::to_string(i) +
            " of the town, and the mayor signs the contract on Monday, says the clerk.</p>";
  }
  return html;
}

}  // namespace

TEST_CASE("a page that shows less than its article says why, and only its beginning is kept") {
  struct Case {
    std::string html;
    PageState state;
    std::string_view reason;
  };
  const Case cases[] = {
      {"<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>",
       PageState::empty, "empty page"},
      {"", PageState::empty, "empty page"},
      {consent + "<button>Accept</button>", PageState::wall, "consent wall"},
      {"<title>Council buys cameras</title>" + consent + consent + consent + consent + consent +
           consent + "<p>You may choose.</p>",
       PageState::wall, "consent wall"},
      {"<article><p>The agency signed a contract with the vendor on Monday, says a person who has "
       "read all of it.</p></article><div class=paywall>Subscribe to continue reading this.</div>",
       PageState::paywall, "paywall"},
      {"<title>Council buys cameras</title><p>To read this article, please subscribe.</p>",
       PageState::paywall, "paywall"},
      {"<title>Page not found</title><p>Sorry, there is nothing to be seen at this address, and "
       "there never was.</p>",
       PageState::error, "error page"},
      {"<title>Page not found</title>" + paragraphs(60), PageState::error, "error page"},
      {"<title>The Weekly Ledger</title><p>Sorry, the page you requested could not be found.</p>",
       PageState::error, "error page"},
      {"<title>Just a moment...</title><p>Checking your browser before you enter "
       "ledger.example.</p>",
       PageState::wall, "wall against robots"},
      {"<title>ledger.example</title><h1>Checking your browser...</h1>", PageState::wall,
       "wall against robots"},
      {"<title>Council buys cameras</title><p>The council buys cameras for every crossing of the "
       "town, and the mayor ...</p>",
       PageState::stub, "stub"},
  };
  for (const auto& [html, state, reason] : cases) {
    CAPTURE(html);
    const Article article = extract_article(html, {});
    CHECK(article.state == state);
    CHECK(article.state_reason.starts_with(reason));
    REQUIRE(article.warnings.size() == 1);
    CHECK(article.warnings[0] == article.state_reason);
    if (has_no_article(state)) CHECK(article.text.empty());
  }
}

TEST_CASE("an article is fine with a banner beside it, and with words of errors in its title") {
  const std::string banner = "<div class=cookie-banner>We use cookies. Accept all cookies.</div>";
  const std::string cases[] = {
      "<title>Council buys cameras</title><article>" + paragraphs(2) + "</article>" + banner,
      "<title>Council buys cameras</title><article>" + paragraphs(40) + "</article>" + banner,
      "<title>Page not found: where old sites go</title>" + paragraphs(60),
      "<title>404 Media buys cameras</title>" + paragraphs(3),
      "<title>Just a moment: the mayor</title>" + paragraphs(20),
      "<title>Council buys cameras</title>" + paragraphs(5) +
          "<p>The site says that it uses cookies to count readers.</p>",
  };
  for (const std::string& html : cases) {
    CAPTURE(html);
    const Article article = extract_article(html, {});
    CHECK(article.state == PageState::fine);
    CHECK(article.state_reason.empty());
    CHECK(article.text.find("buys cameras for crossing 1") != std::string::npos);
  }
}

TEST_CASE("a part of a page has no state") {
  PageContext context;
  context.is_part = true;
  const Article article = extract_article("<p>Page not found is what the mayor saw.</p>", context);
  CHECK(article.state == PageState::fine);
  CHECK(article.text == "Page not found is what the mayor saw.");
}

}  // namespace stakeout
