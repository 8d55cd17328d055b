#include "extractors/text/robots_directives.h"

#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("X-Robots-Tag keeps what forbids something to us or to everybody") {
  struct Case {
    std::vector<std::string_view> headers;
    std::string_view text;
  };
  const Case cases[] = {
      {{}, ""},
      {{"noarchive"}, "noarchive"},
      {{"NoIndex, NOARCHIVE ,noindex"}, "noarchive noindex"},
      {{"noindex nofollow"}, "nofollow noindex"},
      {{"none", "nocache"}, "noarchive nofollow noindex"},
      {{"all, index, follow, frobnicate, noodp"}, ""},
      {{"stakeout: noarchive"}, "noarchive"},
      {{"Stakeout/1.0: noarchive"}, "noarchive"},
      {{"*: noarchive"}, "noarchive"},
      {{"otherbot: noarchive"}, ""},
      // An agent holds to the end of its header, or to the next agent.
      {{"otherbot: noindex, nofollow"}, ""},
      {{"otherbot: noindex, stakeout: noarchive, nosnippet"}, "noarchive nosnippet"},
      {{"otherbot: noindex", "noarchive"}, "noarchive"},
      {{"max-snippet: 20, max-image-preview:Large"}, "max-image-preview:large max-snippet:20"},
      {{"stakeout: max-snippet:-1"}, "max-snippet:-1"},
      {{"max-snippet:, max-video-preview: a b"}, ""},
      {{"unavailable_after: 25 Jun 2030 15:00:00 PST"}, "unavailable_after:2030-06-25T23:00:00Z"},
      {{"unavailable_after: Tuesday, 25-Jun-30 15:00:00 PST, noarchive"},
       "noarchive unavailable_after:2030-06-25T23:00:00Z"},
      {{"stakeout: unavailable_after: Tue, 25 Jun 2030 15:00:00 GMT, noindex"},
       "noindex unavailable_after:2030-06-25T15:00:00Z"},
      {{"stakeout: unavailable_after: 2030-06-25"}, "unavailable_after:2030-06-25T00:00:00Z"},
      {{"unavailable_after: some day, noarchive"}, ""},
      {{",,:,: ,a:b:c", ":"}, ""},
  };
  for (const auto& [headers, text] : cases) {
    RobotsDirectives directives{"stakeout"};
    for (const std::string_view header : headers) {
      CAPTURE(header);
      directives.add_header(header);
    }
    CHECK(directives.text() == text);
  }
}

TEST_CASE("meta robots has no agents, and adds to the headers") {
  RobotsDirectives directives{"stakeout"};
  directives.add_header("nosnippet");
  directives.add_meta("index, NOARCHIVE");
  directives.add_meta("otherbot: noindex");
  CHECK(directives.text() == "noarchive nosnippet");
}

}  // namespace stakeout
