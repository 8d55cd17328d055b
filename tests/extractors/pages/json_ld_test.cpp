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
    const StructuredData data = read_json_ld({script});
    CHECK(data.headline == "H");
    CHECK(names_in(data) == "Ann");
  }
}

TEST_CASE("broken JSON is mended") {
  const char* scripts[] = {
      "{\"@type\":\"Article\",\"headline\":\"H\nH\",}",
      "<!-- {\"@type\":\"Article\",\"headline\":\"H H\"} -->",
      "//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"H H\"}\n//]]>",
      "{\"@type\":\"Article\",\"headline\":\"H H\",\"author\":[{\"name\":\"",
      "{\"@type\":\"Article\",\"headline\":\"H H\"};",
      "{\"@type\":\"Article\",\"image\":[\"a\",\"b\",],\"headline\":\"H H\"}}",
  };
  for (const char* script : scripts) {
    CAPTURE(script);
    CHECK(read_json_ld({script}).headline == "H H");
  }
  CHECK(read_json_ld({"", "{", "null", "[[[[", "{\"@type\":5}"}).headline.empty());
}

TEST_CASE("what other articles are said to be does not count") {
  const StructuredData data = read_json_ld(
      {R"({"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Other"}]})",
       R"({"@type":"WebPage","headline":"Page","datePublished":"2024-01-01"})",
       R"({"@type":"NewsArticle","headline":"H","dateModified":"2024-02-02","author":{"@type":"Organization","name":"Desk"},"publisher":{"name":"Post"},"isAccessibleForFree":"False"})"});
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
  CHECK(read_json_ld({deep}).headline.empty());
}

}  // namespace stakeout
