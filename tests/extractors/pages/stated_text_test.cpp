#include "extractors/pages/stated_text.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "extractors/pages/extract_article.h"

namespace stakeout {
namespace {

constexpr std::string_view first =
    "The county paid the vendor for a set of cameras that read plates on the bridge, and the bill "
    "came in May, as the clerk of the board says.";
constexpr std::string_view second =
    "Its board meets on Thursday to vote on a second deal, which would add nine cameras along the "
    "river and a room with twelve screens for the deputies.";
constexpr std::string_view third =
    "Two members have said that they will vote against it, because nobody has shown them what the "
    "first cameras have found in the year that they have stood there.";

// All of an article, in which some lines come twice, that it be long.
std::string whole() {
  const std::string opening = std::string{first} + "\n" + std::string{second} + "\n";
  std::string out = opening;
  for (int i = 0; i < 5; ++i) out += std::string{third} + " Part " + std::to_string(i) + ".\n";
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string{"\\n"} : std::string{c};
  return out;
}

std::string page(std::string_view shown, std::string_view body, std::string_view other = {}) {
  return R"(<head><title>County buys nine more cameras</title>)"
         R"(<script type="application/ld+json">[{"@type":"NewsArticle","headline":"County buys )"
         R"(nine more cameras"})" +
         std::string{other} + R"(,{"@type":"NewsArticle","articleBody":")" + escaped(body) +
         R"("}]</script></head><body><h1>County buys nine more cameras</h1><div>)" +
         std::string{shown} + "</div></body>";
}

std::string text_of(const std::string& html) {
  return extract_article(html, {}).text;
}

}  // namespace

TEST_CASE("the stated text is read where the page shows its beginning, or nothing") {
  const std::string text = paragraphs_of(whole());
  const std::string beginning =
      "<p>" + std::string{first} + "</p><p>" + std::string{second} + "</p>";
  CHECK(text_of(page("", whole())) == text);
  CHECK(text_of(page("<p>" + std::string{first} + "</p>", whole())) == text);
  CHECK(text_of(page(beginning, whole())) == text);
  const std::string breaks_off =
      "<p>" + std::string{first} + "</p><p>" + std::string{second.substr(0, 60)} + "…</p>";
  CHECK(text_of(page(breaks_off, whole())) == text);
}

TEST_CASE("the stated text is not read where the page shows all of it, or something else") {
  std::string shown;
  for (const std::string_view line : {first, second, third}) {
    shown += "<p>" + std::string{line} + " It says so.</p>";
  }
  const std::string all = text_of(page(shown, ""));
  CHECK(text_of(page(shown, whole())) == all);  // what it goes on with stands elsewhere in it
  std::string other;
  for (int i = 0; i < 12; ++i) {
    other += "A bakery in the old town has shut after ninety years, says its owner.\n";
  }
  CHECK(text_of(page(shown, other)) == all);
  CHECK(text_of(page("", "Read on with us.")).empty());
}

TEST_CASE("the stated text of another article of the page is none of its own") {
  const std::string other =
      R"(,{"@type":"NewsArticle","headline":"A bakery shuts","articleBody":")" + escaped(whole()) +
      R"("})";
  CHECK(text_of(page("", "", other)).empty());
}

TEST_CASE("the paragraphs of a stated text are its lines and its elements") {
  CHECK(paragraphs_of("One.\nTwo.\n\n\nThree &amp; four.") == "One.\n\nTwo.\n\nThree & four.");
  CHECK(paragraphs_of("<p>One.</p><p>Two <b>and</b> three.<br>Four.</p>") ==
        "One.\n\nTwo and three.\n\nFour.");
  CHECK(paragraphs_of("One\x01 \xC2\x85two.\nThree.") == "One two.\n\nThree.");
  CHECK(paragraphs_of("").empty());
  CHECK(paragraphs_of("a < b") == "a < b");
}

TEST_CASE("a title without gaps is found in a text by its pieces") {
  const std::string text =
      "県は橋に新しいカメラを置くと決めた。費用は三億円で、来年の春から動き出す。";
  CHECK(is_whole_of(text, "会員登録", "県は橋に新しいカメラを置く"));
  CHECK_FALSE(is_whole_of(text, "会員登録", "古い町のパン屋が店を閉める"));
}

}  // namespace stakeout
