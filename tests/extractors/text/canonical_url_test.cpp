#include "extractors/text/canonical_url.h"

#include <string_view>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

std::string canonical(std::string_view address) {
  return canonical_url(parse_url(address).value());
}

struct Pair {
  std::string_view a;
  std::string_view b;
};

}  // namespace

TEST_CASE("addresses of one document have one canonical form") {
  const Pair pairs[] = {
      {"http://news.example/a", "https://news.example/a"},
      {"http://news.example:80/a", "https://news.example:443/a"},
      {"https://news.example./a", "https://news.example/a"},
      {"https://news.example/a?c=3&utm_source=feed&b=2", "https://news.example/a?b=2&c=3"},
      {"https://news.example/a?UTM_Medium=x", "https://news.example/a"},
      {"https://news.example/a?oft_id=1&cjevent=2&b=2", "https://news.example/a?b=2"},
      {"https://www.google.com/url;jsessionid=1?q=https%3A%2F%2Fnews.example%2Fa",
       "https://news.example/a"},
      {"https://www.google.co.uk./amp/s/news.example/a", "https://news.example/a"},
      {"https://news.example/a?&&b=2&", "https://news.example/a?b=2"},
      {"https://news.example/a#top", "https://news.example/a"},
      {"https://shop.example/b/;jsessionid=0F?x=1", "https://shop.example/b/?x=1"},
      {"https://office.example/(S(abc123))/list.aspx", "https://office.example/list.aspx"},
      {"https://edition.cnn.com/a?iref=rss", "https://edition.cnn.com/a"},
      {"https://www.google.co.uk/url?sa=t&url=https%3A%2F%2Fnews.example%2Fa",
       "https://news.example/a"},
      {"https://news-example.cdn.ampproject.org/c/s/news.example/a", "https://news.example/a"},
      {"https://www.google.com/amp/s/news.example/a", "https://news.example/a"},
      // A wrapped address may be wrapped again.
      {"https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%3A%2F%2Fnews"
       ".example%2Fa",
       "https://news.example/a"},
  };
  for (const auto& [a, b] : pairs) {
    CAPTURE(a);
    CHECK(canonical(a) == canonical(b));
  }
}

TEST_CASE("what may choose another document stays") {
  const Pair pairs[] = {
      {"https://news.example/a/", "https://news.example/a"},
      {"https://news.example/A", "https://news.example/a"},
      {"https://news.example:8443/a", "https://news.example/a"},
      {"http://news.example:443/a", "https://news.example/a"},
      {"https://news.example/a#!/page/2", "https://news.example/a"},
      {"https://news.example/a?id=2&id=1", "https://news.example/a?id=1&id=2"},
      {"https://news.example/a?x=utm_source", "https://news.example/a"},
      {"https://news.example/a?my_utm_source=1", "https://news.example/a"},
      {"https://news.example/a?iref=rss", "https://news.example/a"},  // only where it is known
      {"https://notcnn.com/a?iref=rss", "https://notcnn.com/a"},
      {"https://news.example/share?url=https%3A%2F%2Fother.example%2F", "https://other.example/"},
      {"https://www.google.com/amp/help", "https://help/"},
      {"https://m.news.example/a", "https://news.example/a"},
  };
  for (const auto& [a, b] : pairs) {
    CAPTURE(a);
    CHECK(canonical(a) != canonical(b));
  }
}

TEST_CASE("a canonical form is its own canonical form") {
  for (const std::string_view address :
       {"http://news.example", "https://news.example/a;b;jsessionid=1?b=%7e&a=+#!x",
        "https://news.example//(S(x))//", "https://www.youtube.com/redirect?q=javascript:x"}) {
    CAPTURE(address);
    const std::string once = canonical(address);
    CHECK(canonical(once) == once);
  }
}

}  // namespace stakeout
