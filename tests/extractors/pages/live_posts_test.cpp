#include "extractors/pages/live_posts.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "extractors/pages/extract_article.h"

namespace stakeout {
namespace {

struct Post {
  std::string_view time;
  std::string_view title;
  std::string_view text;
};

constexpr Post posts[] = {
    {"14:05", "The board meets",
     "The board of the county has met, and the members take their seats in the hall."},
    {"14.20 Uhr", "Cameras cost $3 million",
     "The first speaker says that the cameras cost three million dollars a year."},
    {"3 May 2024, 2:45 p.m.", "The vendor speaks",
     "The vendor has sent its lawyer, who says that the deal ends only in 2027."},
    {"15h10", "The vote is put off",
     "The vote is put off until the ninth of June, the chair says, and the hall gets loud."},
};

// Each post by a pattern: T, H and P stand for its time, its title and its text, N for its number.
std::string page_of(std::string_view pattern) {
  std::string html = "<h1>Live: the board votes</h1><div class=list>";
  int number = 0;
  for (const Post& post : posts) {
    ++number;
    for (const char c : pattern) {
      if (c == 'T') {
        html += post.time;
      } else if (c == 'H') {
        html += post.title;
      } else if (c == 'P') {
        html += post.text;
      } else if (c == 'N') {
        html += std::to_string(number);
      } else {
        html += c;
      }
    }
  }
  return html + "</div><footer>The paper</footer>";
}

std::string text_of(std::string_view pattern) {
  return extract_article(page_of(pattern),
                         {.url = "https://www.paper.example/live/a", .content_type = "text/html"})
      .text;
}

std::string all(bool with_titles) {
  std::string out;
  for (const Post& post : posts) {
    out += (out.empty() ? "" : "\n\n") + std::string{post.time} + "\n\n";
    if (with_titles) out += std::string{post.title} + "\n\n";
    out += post.text;
  }
  return out;
}

}  // namespace

TEST_CASE("the posts of a live blog are its text, in their order and with their times") {
  const std::string_view patterns[] = {
      "<article class=post><time>T</time><h2>H</h2><p>P</p></article>",
      "<div class=entry><a href='#N'><time>T</time></a><h3><a href='/live/a#N'>H</a></h3>"
      "<p>P</p></div>",
      "<li class=update><span class=time>T</span><h3><a href='https://paper.example/live/a/N'>H</a>"
      "</h3><div><p>P</p></div><div class=share>Share</div></li>",
      "<section class=block><header><time>T</time><h2><a href='?post=N'>H</a></h2><div "
      "class=byline>A. Person</div></header><p>P</p></section>",
      "<p class=timestamp>T</p><h3>H</h3><p>P</p>",
  };
  for (const std::string_view pattern : patterns) {
    CAPTURE(pattern);
    CHECK(text_of(pattern) == all(true));
  }
}

TEST_CASE("times stand in no text that they do not part") {
  // Teasers of other pages, below an article.
  std::string html = "<h1>Nine more cameras</h1><div class=article-body>";
  for (const Post& post : posts) html += "<p>" + std::string{post.text} + " So it says.</p>";
  html += "</div>" +
          page_of("<div class=item><time>T</time><h3><a href='/news/N'>H</a></h3><p>P</p></div>");
  const std::string text =
      extract_article(html, {.url = "https://paper.example/live/a", .content_type = "text/html"})
          .text;
  CHECK(text.find("14:05") == std::string::npos);
  CHECK(text.find("The vendor speaks") == std::string::npos);
  CHECK(text.ends_with("gets loud. So it says."));
  // What readers say.
  const std::string comments = text_of("<div class=comment><time>T</time><h4>H</h4><p>P</p></div>");
  CHECK(comments.find("14:05") == std::string::npos);
}

TEST_CASE("a time of day is hours and minutes, and no date, price or result") {
  for (const std::string_view text :
       {"14:05", "9.30 Uhr", "at 2:05 p.m.", "14h05", "0:00", "3 May 2024 14.05 BST", "23:59:59"}) {
    CAPTURE(text);
    CHECK(has_time_of_day(text));
  }
  for (const std::string_view text : {"", "14", "14:", "14:5", "14:75", "3.12.2024", "25:10",
                                      "$4.50", "1,204.50", "4.505", "12.50%", "a14:05", "114:05"}) {
    CAPTURE(text);
    CHECK_FALSE(has_time_of_day(text));
  }
}

}  // namespace stakeout
