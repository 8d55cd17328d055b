#include "extractors/values/url.h"

#include <string_view>

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("an address has one normal form") {
  struct Case {
    std::string_view given;
    std::string_view normal;
  };
  const Case cases[] = {
      {"HTTP://Example.ORG", "http://example.org/"},
      {"https://example.org:443/a/../b", "https://example.org/b"},
      {"  http://example.org:8080/a?x=1#f ", "http://example.org:8080/a?x=1#f"},
      {"https://example.org/%7ejoe/%c3%a9%2f", "https://example.org/~joe/%C3%A9%2F"},
      {"https://example.org/%2e%2E/b", "https://example.org/b"},
      {"https://example.org/caf\u00e9 \"x\"?q=a b",
       "https://example.org/caf%C3%A9%20%22x%22?q=a%20b"},
      {"https://example.org/100%", "https://example.org/100%"},
      {"https:\\\\example.org\\a?b=\\", "https://example.org/a?b=\\"},
      {"https://B\u00dcCHER.example/", "https://xn--bcher-kva.example/"},
      {"http://0x7f.1/", "http://127.0.0.1/"},
      {"http://%30x7f.1/", "http://127.0.0.1/"},
      {"http://\uff11\uff12\uff17.1/", "http://127.0.0.1/"},
      {"http://127.0.0.1.example.org/", "http://127.0.0.1.example.org/"},
      {"http://[2001:DB8::1]/", "http://[2001:db8::1]/"},
  };
  for (const auto& [given, normal] : cases) {
    CAPTURE(given);
    const auto url = parse_url(given);
    REQUIRE(url.has_value());
    CHECK(url->text() == normal);
  }
}

TEST_CASE("what must not be fetched is no address") {
  for (const std::string_view text :
       {"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://example.org/",
        "/relative", "http://user:pw@example.org/", "http://exa\nmple.org/", "", "http://../",
        "http://.example/", "http://a..b/", "http://a%7Fb/"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_url(text).has_value());
  }
}

TEST_CASE("a reference is resolved against its page") {
  const Url base = parse_url("http://a/b/c/d?q").value();
  CHECK(resolve_url(base, "../g").value().text() == "http://a/b/g");
  CHECK(resolve_url(base, "//other/x").value().text() == "http://other/x");
  CHECK(resolve_url(base, "?y").value().text() == "http://a/b/c/d?y");
  CHECK(resolve_url(base, "#s").value().text() == "http://a/b/c/d?q#s");
  CHECK(resolve_url(base, "").value().text() == "http://a/b/c/d?q");
  CHECK(resolve_url(base, "http:g").value().text() == "http://a/b/c/g");
  CHECK(resolve_url(base, "../../../g").value().text() == "http://a/g");
  CHECK_FALSE(resolve_url(base, "mailto:editor@example.org").has_value());
  CHECK_FALSE(resolve_url(base, "javascript:alert(1)").has_value());
}

TEST_CASE("the origin names the port only when it is not the usual one") {
  CHECK(parse_url("https://example.org/x").value().origin() == "https://example.org");
  CHECK(parse_url("http://example.org:8080/x").value().origin() == "http://example.org:8080");
}

}  // namespace stakeout
