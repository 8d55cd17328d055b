#include "extractors/pages/html_scan.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

constexpr std::string_view doctype = "<!DOCTYPE html>";

std::string scanned(std::string_view html) {
  return scan_html(html).html.substr(doctype.size());
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

}  // namespace

TEST_CASE("what is not text of the page is cut out before the parse") {
  struct Case {
    std::string_view html;
    std::string_view left;
  };
  const Case cases[] = {
      {"a<!-- <p>b -->c", "ac"},
      {"a<script>if (1 < 2) '</p>'</script>b", "ab"},
      {"a<SCRIPT>x</scripty></Script >b", "ab"},
      {"a<style>p { color: red }</style>b", "ab"},
      {"a<svg><title>t</title><svg></svg><path/></svg>b", "ab"},
      {"a<svg><path><p>b", "a<p>b</p>"},  // a paragraph ends a drawing that was left open
      {"a<textarea><p>x</textarea>b", "ab"},
      {"<title>a <b> c</title>", "<title>a <b> c</title>"},
      {"a < b", "a < b"},
      {"a<?php x ?>b<!x>c</>d", "abcd"},
      {"a<p", "a"},
  };
  for (const auto& [html, left] : cases) {
    CAPTURE(html);
    CHECK(scanned(html) == left);
  }
}

TEST_CASE("quotes of attributes are read, and attributes that nothing reads are dropped") {
  CHECK(scanned("<p class='a>b' onclick=\"x('</p>')\" id=c>d</p>") ==
        "<p class=\"a>b\" id=\"c\">d</p>");
  CHECK(scanned("<p class=a class=b title='say \"x\"'>d</p>") ==
        "<p class=\"a\" title='say \"x\"'>d</p>");
  CHECK(scanned("<a data-x=\"<script>\" href=/b>c</a>") == "<a href=\"/b\">c</a>");
}

TEST_CASE("every element is closed in the right order") {
  struct Case {
    std::string_view html;
    std::string_view left;
  };
  const Case cases[] = {
      {"<p>a<p>b", "<p>a</p><p>b</p>"},
      {"<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"},
      {"<ul><li>a<ul><li>b</ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"},
      {"<p><b>a<p>c", "<p><b>a</b></p><p>c</p>"},
      {"<div><span>a</div>b", "<div><span>a</span></div>b"},
      {"<span><div>a</span>b</div>", "<span><div>ab</div></span>"},
      {"</div>a</p>", "a"},
      {"<table><tr><td>a<td>b<tr><td>c</table>",
       "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"},
      {"<div><table><tr><td></div>a</table></div>",
       "<div><table><tr><td>a</td></tr></table></div>"},
      {"<form>a<form>b</form>c</form>", "<form>abc</form>"},
      {"<a href=x>a<a href=y>b</a>", "<a href=\"x\">a</a><a href=\"y\">b</a>"},
  };
  for (const auto& [html, left] : cases) {
    CAPTURE(html);
    CHECK(scanned(html) == left);
  }
}

TEST_CASE("JSON-LD is kept aside") {
  const ScannedHtml page =
      scan_html("<script type='application/ld+json'>{\"a\":\"<b>\"}</script><script>x</script>c");
  CHECK(page.html.substr(doctype.size()) == "c");
  REQUIRE(page.json_ld.size() == 1);
  CHECK(page.json_ld[0] == "{\"a\":\"<b>\"}");
}

TEST_CASE("what is not shown becomes a hidden element") {
  CHECK(scanned("<noscript><p>a</p></noscript>b") == "<div hidden><p>a</p></div>b");
  CHECK(scanned("<template>a</template>b") == "<div hidden>a</div>b");
}

TEST_CASE("depth, attributes and elements have bounds, and text outlives them") {
  const ScannedHtml deep = scan_html(repeated("<div>", 100'000) + "x");
  CHECK(deep.html.size() < 10'000);
  CHECK(deep.html.find('x') != std::string::npos);
  CHECK(deep.warnings.size() == 1);

  const ScannedHtml wide = scan_html("<p " + repeated("class=a ", 1'000'000) + ">x");
  CHECK(wide.html.substr(doctype.size()) == "<p class=\"a\">x</p>");

  const ScannedHtml many = scan_html(repeated("<b></b>", 300'000));
  CHECK(many.warnings.size() == 1);
}

}  // namespace stakeout
