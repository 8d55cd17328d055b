#include "extractors/pages/json_mending.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("each way of breaking JSON is mended") {
  struct Case {
    std::string_view script;
    std::string_view mended;
  };
  const Case cases[] = {
      {R"({"a":1})", R"([{"a":1}])"},
      {"<!-- {\"a\":1} -->", R"([{"a":1}])"},
      {"//<![CDATA[\n{\"a\":1}\n//]]>", R"([{"a":1}])"},
      {"<![CDATA[{\"a\":1}]]>", R"([{"a":1}])"},
      {R"({"a":1};)", R"([{"a":1}])"},
      // several values
      {R"({"a":1}{"b":2})", R"([{"a":1},{"b":2}])"},
      {"{\"a\":1},\n[{\"b\":2}]", R"([{"a":1},[{"b":2}]])"},
      // commas
      {R"({"a":[1,2,],})", R"([{"a":[1,2]}])"},
      {"{\"a\":\"b\"\n\"c\":\"d\"}", "[{\"a\":\"b\"\n,\"c\":\"d\"}]"},
      {R"({"a":[{"b":1}{"b":2}]})", R"([{"a":[{"b":1},{"b":2}]}])"},
      // comments
      {"{/* one */\"a\":1, // two\n\"b\":\"http://c\"}", "[{\"a\":1, \"b\":\"http://c\"}]"},
      // strings
      {"{\"a\":\"b\n\tc\"}", R"([{"a":"b  c"}])"},
      {R"({"a":"he said "no", and left","b":1})", R"([{"a":"he said \"no\", and left","b":1}])"},
      {R"({"a":"it\'s"})", R"([{"a":"it's"}])"},
      {R"({"a":"\u00e9\ud83d\ude00\ud83d\uzz"})", R"([{"a":"\u00e9\ud83d\ude00  zz"}])"},
      // brackets
      {R"({"a":["b)", R"([{"a":["b"]}])"},
      {R"({"a":1}}])", R"([{"a":1}])"},
      {R"({"a":[1})", R"([{"a":[1]}])"},
      // quotes as character references
      {"{&quot;a&quot;:&quot;b&amp;amp;c&quot;}", R"([{"a":"b&amp;c"}])"},
      {"", "[]"},
      {"no JSON", "[]"},
  };
  for (const auto& [script, mended] : cases) {
    CAPTURE(script);
    CHECK(mended_json(script) == mended);
  }
}

TEST_CASE("what lies too deep becomes null") {
  const std::string open(deepest_json + 2, '[');
  const std::string close(deepest_json + 2, ']');
  CHECK(is_too_deep(open + "1" + close));
  CHECK_FALSE(is_too_deep("\"" + open + "\""));
  CHECK_FALSE(is_too_deep(open.substr(2)));
  const std::string mended = mended_json(open + "1" + close + "{\"a\":1}");
  CHECK_FALSE(is_too_deep(mended.substr(1, mended.size() - 2)));
  CHECK(mended.find("[null]") != std::string::npos);
  CHECK(mended.ends_with(",{\"a\":1}]"));
}

}  // namespace stakeout
