#include "extractors/text/html_entities.h"

#include <string_view>

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("character references are decoded once and as HTML means them") {
  struct Case {
    std::string_view text;
    std::string_view decoded;
  };
  const Case cases[] = {
      {"caf&eacute; &amp; cr&#232;me &#xE8;", "café & crème è"},
      {"&amp;lt;b&amp;gt;", "&lt;b&gt;"},
      {"&#147;quoted&#x94;", "“quoted”"},
      {"&#xD83D;&#xDE00; &#55357;&#56832;", "😀 😀"},
      {"&#xD83D; &#0; &#x110000; &#99999999999;", "\uFFFD \uFFFD \uFFFD \uFFFD"},
      {"AT&T &unknown; & &; &#; &#x;", "AT&T &unknown; & &; &#; &#x;"},
      {"?a=1&copy=2&lang=en&sect", "?a=1&copy=2&lang=en§"},
      {"&copy 2024 &hellip 2024", "© 2024 &hellip 2024"},
      {"&NotEqualTilde;", "\u2242\u0338"},
      {"&", "&"},
  };
  for (const auto& [text, decoded] : cases) {
    CAPTURE(text);
    CHECK(decode_character_references(text) == decoded);
  }
}

TEST_CASE("the plain text of a title keeps its words and loses its markup") {
  struct Case {
    std::string_view html;
    std::string_view text;
  };
  const Case cases[] = {
      {"<b>Stake</b>out &amp; <i class=\"a>b\">more</i>", "Stakeout & more"},
      {"one<br>two<p>three</p>four", "one two three four"},
      {"a &lt;b&gt; c", "a <b> c"},
      {"1 < 2 <3 < ", "1 < 2 <3 <"},
      {"a<!-- b -->c<script>d</script>e<style>f</style>g", "ac e g"},
      {"<![CDATA[x < y]]>", "x < y"},
      {"cut <a href=\"x", "cut"},
      {"<a title='unclosed>text</a>", "text"},
  };
  for (const auto& [html, text] : cases) {
    CAPTURE(html);
    CHECK(plain_text_of_html(html) == text);
  }
}

}  // namespace stakeout
