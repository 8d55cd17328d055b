#include "extractors/pages/json_ld.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

std::string names_in(const StructuredData& data) {
  std::string out;
  for (const NamedAuthor& author : data.authors) {
    out += (out.empty() ? "" : ", ") + author.name + (author.is_organization ? " (org)" : "");
  }
  return out;
}

}  // namespace

TEST_CASE("an article is found in every shape of JSON-LD") {
  const char* scripts[] = {
      R"({"@type":"NewsArticle","headline":"H","author":"Ann"})",
      R"([{"@type":"WebSite","name":"S"},{"@type":["Thing","Article"],"headline":"H","author":["Ann"]}])",
      R"({"@graph":[{"@type":"WebPage","headline":"Page"},{"@type":"BlogPosting","headline":"H","author":{"@id":"#a"}},{"@type":"Person","@id":"#a","name":"Ann"}]})",
      R"({"@type":"WebPage","mainEntity":{"@type":"Report","headline":"H","author":[{"@type":"Person","name":"Ann"}]}})",
      R"({"@type":"Article","headline":{"@value":"H"},"author":{"name":["Ann"]}})",
  };
  for (const char* script : scripts) {
    CAPTURE(script);
    const StructuredData data = read_json_ld({script}, "");
    CHECK(data.headline == "H");
    CHECK(names_in(data) == "Ann");
  }
}

TEST_CASE("an author is a person, however they are written") {
  struct Case {
    const char* author;
    const char* names;
  };
  const Case cases[] = {
      {R"({"@type":["Person","Organization"],"name":"Ann Example"})", "Ann Example"},
      {R"({"@type":"NewsMediaOrganization","name":"Desk"})", "Desk (org)"},
      {R"({"@type":"Person","givenName":"Ann","familyName":"Example"})", "Ann Example"},
      {R"({"@list":[{"name":"Ann"},{"name":"Bo"}]})", "Ann, Bo"},
      {R"([{"name":"Ann"},"Bo",{"@type":"Person"},[],null,7])", "Ann, Bo"},
      {R"({"name":"Zo&euml; &amp; Bo"})", "Zoë & Bo"},
      {R"({"@id":"#nobody"})", ""},
  };
  for (const auto& [author, names] : cases) {
    CAPTURE(author);
    const std::string script = R"({"@type":"Article","author":)" + std::string{author} + "}";
    CHECK(names_in(read_json_ld({script}, "")) == names);
  }
}

TEST_CASE("of several articles the one that has the page's address counts") {
  const char* script =
      R"([{"@type":"Article","headline":"Other","url":"https://example.org/b"},
          {"@type":"Article","headline":"H","mainEntityOfPage":{"@id":"http://www.example.org/a/?x=1"}}])";
  CHECK(read_json_ld({script}, "https://example.org/a").headline == "H");
  CHECK(read_json_ld({script}, "https://example.org/c").headline == "Other");
}

TEST_CASE("an author may stand in another script") {
  CHECK(names_in(read_json_ld({R"({"@type":"Article","author":{"@id":"#a"}})",
                               R"({"@type":"Person","@id":"#a","name":"Ann"})"},
                              "")) == "Ann");
}

TEST_CASE("an object that many works refer to is read once") {
  const std::string blanks(100'000, ' ');
  std::string works = R"([{"@type":"Person","@id":"#a","name":")" + blanks + R"("})";
  for (int i = 0; i < 5'000; ++i) {
    works +=
        R"(,{"@type":"Article","author":[{"@id":"#a"},{"@id":"#a"}],"publisher":{"@id":"#a"}})";
  }
  const std::string ann = R"(,{"@type":"Organization","@id":"#b","name":"Post"})"
                          R"(,{"@type":"Person","@id":"#c","name":"Ann"})";
  const std::string last =
      R"(,{"@type":"Article","author":[{"@id":"#c"},{"@id":"#c"}],"publisher":{"@id":"#b"}}])";
  const StructuredData data = read_json_ld({works + ann + last}, "");
  CHECK(names_in(data) == "Ann");
  CHECK(data.publisher == "Post");
}

TEST_CASE("what other articles are said to be does not count") {
  const StructuredData data = read_json_ld(
      {R"({"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Other"}]})",
       R"({"@type":"WebPage","headline":"Page","datePublished":"2024-01-01"})",
       R"({"@type":"NewsArticle","headline":"H","dateModified":"2024-02-02","author":{"@type":"Organization","name":"Desk"},"publisher":{"name":"Post"},"isAccessibleForFree":"False"})"},
      "");
  CHECK(data.headline == "H");
  CHECK(data.published == "2024-01-01");
  CHECK(data.modified == "2024-02-02");
  CHECK(names_in(data) == "Desk (org)");
  CHECK(data.publisher == "Post");
  CHECK(data.needs_payment);
}

TEST_CASE("JSON-LD nested without end is read without recursion") {
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "[";
  CHECK(read_json_ld({deep}, "").headline.empty());
}

TEST_CASE("an article in front of what is too long or too deep is read") {
  std::string deep = R"({"@type":"Article","headline":"H","x":)";
  for (int i = 0; i < 100'000; ++i) deep += "{\"x\":[";
  CHECK(read_json_ld({deep}, "").headline == "H");
  const std::string longer =
      R"({"@type":"Article","headline":"H","articleBody":")" + std::string(10'000'000, 'a') + "\"}";
  CHECK(read_json_ld({longer}, "").headline == "H");
  CHECK(read_json_ld({longer}, "").body.size() < 3'000'000);
}

}  // namespace stakeout
