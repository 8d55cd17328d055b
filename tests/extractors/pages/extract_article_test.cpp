#include "extractors/pages/extract_article.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::string_view first =
    "The agency signed a contract with the vendor on Monday, according to two people who have read "
    "it and who asked not to be named.";
constexpr std::string_view second =
    "Under its terms, the vendor trains forty officers a year and keeps the machines running, at a "
    "price that neither side would confirm.";

std::string paragraphs() {
  return "<p>" + std::string{first} + "</p><p>" + std::string{second} + "</p>";
}

std::string text_of(const std::string& html) {
  return extract_article(html, {}).text;
}

const std::string both = std::string{first} + "\n\n" + std::string{second};

}  // namespace

TEST_CASE("the article's text is found whatever stands around it") {
  const std::string body = paragraphs();
  const std::string pages[] = {
      "<body>" + body,
      "<body><nav><ul><li><a href=/a>Home</a></ul></nav><article>" + body + "</article>",
      "<div class=post-content>" + body + "</div><div class=sidebar><p>" + std::string{first} +
          " And more.</p></div>",
      "<article><h1>Title</h1><div class=byline>By A. Writer</div>" + body + "</article>",
      "<article>" + body +
          "<h2>Related articles</h2><ul><li><a href=/b>Another one</a></ul></article>",
      "<article><p>" + std::string{first} +
          "</p><p><a href=/c>READ MORE: Another story of ours</a></p><p>" + std::string{second} +
          "</p></article>",
      "<article><figure><img><figcaption>An officer, in a car. Photo: A. Person</figcaption>"
      "</figure>" +
          body + "</article>",
      "<article>" + body +
          "<p style='display: none'>Hidden, and not meant to be read by "
          "anybody who looks at this page, ever.</p></article>",
      "<article>" + body +
          "<form><p>Sign up for our newsletter, it comes every morning and it "
          "costs nothing at all.</p><input></form></article>",
  };
  for (const std::string& page : pages) {
    CAPTURE(page);
    CHECK(text_of(page) == both);
  }
}

TEST_CASE("lists, headings, quotes and tables inside an article stay") {
  const std::string page = "<article>" + paragraphs() +
                           "<h2>Terms</h2><ul><li>One year</ul><table><tr><th>Year<th>Sum<tr>"
                           "<td>2023<td>5</table><blockquote>No.</blockquote><p>" +
                           std::string{second} + " So it is said.</p></article>";
  CHECK(text_of(page) == both + "\n\nTerms\n\nOne year\n\nYear | Sum\n2023 | 5\n\nNo.\n\n" +
                             std::string{second} + " So it is said.");
}

TEST_CASE("code keeps its lines") {
  const std::string page = "<article>" + paragraphs() +
                           "<pre>a\n<span class=comment># b</span></pre><p>" + std::string{second} +
                           " End.</p></article>";
  CHECK(text_of(page).find("a\n# b\n\n") != std::string::npos);
}

TEST_CASE("what a page says of itself, and its text, have an end") {
  std::string title;
  for (int i = 0; i < 100'000; ++i) title += "Tööt ";
  std::string body;
  for (int i = 0; body.size() < 3 * longest_article; ++i)
    body += "<p>" + std::string{first} + " Number " + std::to_string(i) + ".</p>";
  const Article article =
      extract_article("<head><title>" + title + "</title><meta property=og:site_name content='" +
                          title + "'><link rel=canonical href='https://a.example/" +
                          std::string(100'000, 'x') + "'><article>" + body,
                      {});
  CHECK(article.title.ends_with("…"));
  CHECK(count_code_points(article.title) == longest_title);
  CHECK(count_code_points(article.site) <= longest_title);
  CHECK(article.canonical_url.empty());
  CHECK(article.text.size() <= longest_article);
  CHECK(article.text.size() > longest_article / 2);
  CHECK(article.text.starts_with(first));
  CHECK_FALSE(article.warnings.empty());
}

TEST_CASE("hostile pages take linear time") {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<div>";
  CHECK(text_of(deep + "<p>" + std::string{first}) == first);

  std::string formatting;
  for (int i = 0; i < 20'000; ++i) formatting += "<p><b id=" + std::to_string(i) + ">x";
  CHECK_FALSE(extract_article(formatting, {}).warnings.size() > 1);

  const std::string words(10'000'000, 'x');
  CHECK(text_of("<p>" + words).size() <= words.size());
}

TEST_CASE("of what is too long to be a title or a name the beginning is compared") {
  const std::string body =
      "<p>The agency signed a contract with the vendor on Monday, according to two people who have "
      "read it, and who asked for their names to be kept out of this.</p>";
  const std::string name(400'000, 'a');
  const std::string page = "<meta property=og:site_name content='" + name +
                           "b'><meta property=og:title content='Towers | " + name + name +
                           "'><h1>Towers</h1>" + body;
  CHECK(extract_article(page, {}).title.starts_with("Towers | aaa"));
  CHECK(extract_article(page, {}).title.size() < 2 * longest_title);
  CHECK(extract_article("<meta property=og:title content='" + name + "'>" + body, {}).title.size() <
        2 * longest_title);
}

TEST_CASE("of a page's headings the first few hundred may be its title") {
  std::string headings;
  for (int i = 100; i < 400; ++i) headings += "<h1>Heading number " + std::to_string(i) + "</h1>";
  const std::string body =
      "<p>The agency signed a contract with the vendor on Monday, according to two people who have "
      "read it, and who asked for their names to be kept out of this.</p>";
  const auto title = [&](std::string_view stated) {
    const std::string meta = "<title>" + std::string{stated} + "</title>";
    return extract_article(meta + headings + body, {}).title;
  };
  CHECK(title("Heading number 250 - Post") == "Heading number 250");
  CHECK(title("Heading number 350 - Post") == "Heading number 350 - Post");
}

TEST_CASE("a kept heading of more than a line is read") {
  const std::string prose =
      "The agency signed a contract with the vendor on Monday, according to two people who have "
      "read it, and who asked for their names to be kept out of this.";
  std::string heading;
  for (int i = 0; i < 90; ++i) heading += "heading ";
  std::string page = "<h1>Towers</h1><div class=article-body>";
  for (int i = 0; i < 6; ++i) page += "<p>" + prose + " " + std::to_string(i) + "</p>";
  page += "<h2>" + heading + "</h2><p>" + prose + "</p></div>";
  CHECK(extract_article(page, {}).text.find("heading heading") != std::string::npos);
}

}  // namespace stakeout
