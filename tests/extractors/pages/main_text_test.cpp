#include "extractors/pages/main_text.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "extractors/pages/extract_article.h"

// What belongs to an article's text and what does not, kind by kind, on pages of our own.

namespace stakeout {
namespace {

constexpr std::string_view first =
    "The county paid the company four million dollars last year for towers that listen to radios, "
    "and the bill for this year is already on the table.";
constexpr std::string_view second =
    "Its board meets on Thursday to vote on a second contract, which would add nine towers along "
    "the river and a room with twelve screens.";
constexpr std::string_view third =
    "Two members have said that they will vote against it, because nobody has shown them what the "
    "towers of the first contract have found.";

std::string paragraph(std::string_view text) {
  return "<p>" + std::string{text} + "</p>";
}

// An article with something between its second and its third paragraph.
std::string page_with(std::string_view inside) {
  return "<body><nav><a href=/>Home</a></nav><h1>Nine more towers</h1><div class=article-body>" +
         paragraph(first) + paragraph(second) + std::string{inside} + paragraph(third) +
         "</div></body>";
}

std::string lines(std::string_view inside) {
  return std::string{first} + "\n\n" + std::string{second} + "\n\n" +
         (inside.empty() ? "" : std::string{inside} + "\n\n") + std::string{third};
}

std::string text_of(const std::string& html) {
  return extract_article(html, {}).text;
}

struct Case {
  std::string_view inside;
  std::string_view wanted;
};

}  // namespace

TEST_CASE("a class that names what stands beside it takes nothing away") {
  const Case cases[] = {
      {"<div class=container-sidebar><p>Nobody spoke.</p></div>", "Nobody spoke."},
      {"<div class='body with-sidebar'><p>Nobody spoke.</p></div>", "Nobody spoke."},
      {"<div class=sidebar-left><p>Nobody spoke.</p></div>", ""},
      {"<h2 id=share-of-the-towers>Share of the towers</h2>", "Share of the towers"},
      {"<div class=old-id-aQ7adTx9vRfcqX3Nav><p>Nobody spoke.</p></div>", "Nobody spoke."},
      {"<div class=social-nav><p>Nobody spoke.</p></div>", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.inside);
    CHECK(text_of(page_with(c.inside)) == lines(c.wanted));
  }
}

TEST_CASE("a box with a label in the midst of the text is left out, and the text goes on") {
  const std::string box =
      "<div class=card><div>Related</div><h5><a href=/other>The first towers</a></h5>"
      "<div>What the county bought three years ago.</div></div>";
  std::string more;
  for (int i = 0; i < 4; ++i) {
    more += paragraph("Speaker " + std::to_string(i) + " said no more than a line of it.");
  }
  const std::string page = "<h1>Nine more towers</h1><div class=article-body>" + paragraph(first) +
                           paragraph(second) + paragraph(third) + box + more + "</div>";
  const std::string text = text_of(page);
  CHECK(text.find("Related") == std::string::npos);
  CHECK(text.find("three years ago") == std::string::npos);
  CHECK(text.ends_with("Speaker 3 said no more than a line of it."));
}

TEST_CASE("a post of a social network that the text quotes belongs to it") {
  const std::string post =
      "<blockquote class=twitter-tweet><p>We vote on Thursday.</p>- A Member (@member)"
      "</blockquote>";
  const std::string long_text = std::string{first} + " " + std::string{second};
  const std::string page = page_with(post + paragraph(long_text));
  CHECK(text_of(page).find("We vote on Thursday.\n\n- A Member (@member)") != std::string::npos);

  std::string parade;
  for (int i = 0; i < 6; ++i) {
    parade += "<blockquote class=twitter-tweet><p>Post " + std::to_string(i) +
              " says that it has heard of this and wonders.</p></blockquote>";
  }
  CHECK(text_of(page_with(parade)) == lines(""));
}

TEST_CASE("a standfirst that says something of its own opens the text") {
  const std::string_view line = "The first nine have found nothing in three years of listening";
  const auto page = [&](std::string_view head, std::string_view description) {
    return "<head><meta name=description content='" + std::string{description} +
           "'></head><header><h1>Nine more towers</h1>" + std::string{head} +
           "</header><div class=article-body>" + paragraph(first) + paragraph(second) +
           paragraph(third) + "</div>";
  };
  const std::string text = std::string{first} + "\n\n" + std::string{second} + "\n\n" +
                           std::string{third};
  const std::string marked = "<p class=article-subtitle>" + std::string{line} + "</p>";
  CHECK(text_of(page(marked, "Another line")) == std::string{line} + "\n\n" + text);
  CHECK(text_of(page(marked, line)) == text);  // the page's own summary
  CHECK(text_of(page("<p>" + std::string{line} + "</p>", "Another line")) == text);  // not marked
  CHECK(text_of(page("<p class=subtitle>By A. Writer of the county's own desk</p>", "")) == text);
  CHECK(text_of(page("<div class=visually-hidden>" + marked + "</div>", "")) == text);
}

}  // namespace stakeout
