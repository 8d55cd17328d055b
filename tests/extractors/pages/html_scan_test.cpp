#include "extractors/pages/html_scan.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::string_view doctype = "<!DOCTYPE html>";

std::string attributes_of(const Skeleton& skeleton, std::uint32_t first, std::uint32_t end) {
  std::string out;
  for (std::uint32_t i = first; i < end; ++i) {
    const auto& [name, value] = skeleton.attributes.at(i);
    out += " " + std::string{name_of(name)};
    if (name != Attribute::hidden) out += "=" + std::string{value};
  }
  return out;
}

std::string markup_of(const Skeleton& skeleton, const Piece& piece) {
  if (piece.tag == Tag::text) return std::string{piece.text};
  const std::string name{name_of(piece.tag)};
  std::string out =
      "<" + name + attributes_of(skeleton, piece.first_attribute, piece.end_attribute) + ">";
  for (std::uint32_t i = piece.first_child; i < piece.end_child; ++i) {
    out += markup_of(skeleton, skeleton.pieces.at(skeleton.children.at(i)));
  }
  return out + "</" + name + ">";
}

// A page as the scan left it: its skeleton with pieces and attributes put in again.
std::string page_of(const ScannedHtml& scanned) {
  std::string out;
  const Skeleton& skeleton = scanned.skeleton;
  auto start = skeleton.start_tags.begin();
  const std::string_view tags = skeleton.tags;
  for (std::size_t at = 0; at < tags.size();) {
    const CodePoint point = code_point_at(tags, at);
    if (is_stand_in(point.value)) {
      out += markup_of(skeleton, skeleton.pieces.at(piece_of_stand_in(point.value)));
    } else if (start != skeleton.start_tags.end() && tags[at] == '>' && start->at < at) {
      out += attributes_of(skeleton, start->first_attribute, start->end_attribute) + ">";
      ++start;
    } else {
      out += tags.substr(at, point.next - at);
    }
    at = point.next;
  }
  return out.substr(doctype.size());
}

std::string scanned(std::string_view html) {
  return page_of(scan_html(html));
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
  CHECK(scanned("<p class='a>b' onclick=\"x('</p>')\" id=c>d</p>") == "<p class=a>b id=c>d</p>");
  CHECK(scanned("<p class=a class=b title='say \"x\"'>d</p>") ==
        "<p class=a title=say \"x\">d</p>");
  CHECK(scanned("<a data-x=\"<script>\" href=/b>c</a>") == "<a href=/b>c</a>");
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
      {"<a href=x>a<a href=y>b</a>", "<a href=x>a</a><a href=y>b</a>"},
  };
  for (const auto& [html, left] : cases) {
    CAPTURE(html);
    CHECK(scanned(html) == left);
  }
}

TEST_CASE("JSON-LD is kept aside") {
  const ScannedHtml page =
      scan_html("<script type='application/ld+json'>{\"a\":\"<b>\"}</script><script>x</script>c");
  CHECK(page_of(page) == "c");
  REQUIRE(page.json_ld.size() == 1);
  CHECK(page.json_ld[0] == "{\"a\":\"<b>\"}");
}

TEST_CASE("what is not shown becomes a hidden element") {
  CHECK(scanned("<noscript><p>a</p></noscript>b") == "<div hidden><p>a</p></div>b");
  CHECK(scanned("<template>a</template>b") == "<div hidden>a</div>b");
}

TEST_CASE("depth, attributes and elements have bounds, and text outlives them") {
  const std::string nested = repeated("<div>", 100'000) + "x";
  const ScannedHtml deep = scan_html(nested);
  CHECK(deep.skeleton.tags.size() < 10'000);
  CHECK(page_of(deep).find('x') != std::string::npos);
  CHECK(deep.warnings.size() == 1);

  CHECK(scanned("<p " + repeated("class=a ", 1'000'000) + ">x") == "<p class=a>x</p>");

  const std::string elements = repeated("<b></b>", 300'000);
  CHECK(scan_html(elements).warnings.size() == 1);

  const std::string texts = repeated("a<!---->", 1'100'000);
  const ScannedHtml many = scan_html(texts);
  CHECK(many.skeleton.pieces.size() == stand_in_count);
  CHECK(many.warnings.size() == 1);
}

TEST_CASE("each piece has a character of its own that the parser lets through") {
  CHECK(stand_in_of(0) == 0x10000);
  CHECK(stand_in_of(0xFFFD) == 0x1FFFD);
  CHECK(stand_in_of(0xFFFE) == 0x20000);
  CHECK(stand_in_of(stand_in_count - 1) == 0x10FFFD);
  for (std::size_t piece = 0; piece < stand_in_count; ++piece) {
    const char32_t c = stand_in_of(piece);
    if (piece_of_stand_in(c) != piece || !is_stand_in(c) || (c & 0xFFFE) == 0xFFFE) {
      FAIL_CHECK("piece " << piece);
    }
  }
}

TEST_CASE("white space is the parser's to judge before the body and between the parts of a table") {
  const auto skeleton_of = [](std::string_view html) {
    return scan_html(html).skeleton.tags.substr(doctype.size());
  };
  const std::string x = "\U00010000";
  CHECK(skeleton_of(" \n") == " \n");
  CHECK(skeleton_of("<form> \n</form>") == "<form>" + x + "</form>");
  CHECK(skeleton_of("<table> a</table>") == "<table> " + x + "</table>");
  CHECK(skeleton_of("<table><tr><td> a</table>") == "<table><tr><td>" + x + "</td></tr></table>");
  CHECK(skeleton_of("<form><pre>\na</pre></form>") == "<form><pre>" + x + "</pre></form>");
}

TEST_CASE("an element in order goes round the parser, one that it may have to put right does not") {
  struct Case {
    std::string_view html;
    std::string_view tags;  // with "*" for each stand-in
  };
  const Case cases[] = {
      {"<div><p>a<b>b</b></p><ul><li>c<li>d</ul></div>", "<div>**</div>"},
      {"<div><section><p>a</p><p>b</p></section></div>", "<div>*</div>"},
      {"<div><made-up>a</made-up><img src=x></div>", "<div>**</div>"},
      {"<div><p>a<hr>b</div>", "<div><p>*<hr>*</p></div>"},  // the parser ends the paragraph
      {"<div><table><tr><td><p>a</table>b</div>", "<div><table><tr><td>*</td></tr></table>*</div>"},
      {"<table><b>a</b></table>", "<table><b>*</b></table>"},  // moved out of the table
      {"<div><select><b>a</b></select></div>", "<div><select><b>*</b></select></div>"},
      {"<div><form><p>a<b>b</b></form></div>", "<div><form><p>**</p></form></div>"},
      {"<div><ruby>a<rt>b</ruby></div>", "<div><ruby>*<rt>*</rt></ruby></div>"},
      {"<div><a>a<button><a>b</a></button></a></div>",
       "<div><a>*<button><a>*</a></button></a></div>"},
      // After misnested formatting the parser opens it again in front of text.
      {"<div><b><p>a</b>b</p><i>c</i></div>", "<div><b><p>*</b>*</p><i>*</i></div>"},
      {"<div><a>a<a>b</a></div>", "<div>**</div>"},
      {"<button><td><div><button>a</button></div></td></button>",
       "<button><td><div><button>*</button></div></td></button>"},  // no table: no cell
  };
  for (const auto& [html, expected] : cases) {
    CAPTURE(html);
    const ScannedHtml scanned = scan_html(html);
    std::string tags;
    for (std::size_t at = doctype.size(); at < scanned.skeleton.tags.size();) {
      const CodePoint point = code_point_at(scanned.skeleton.tags, at);
      tags += is_stand_in(point.value) ? '*' : static_cast<char>(point.value);
      at = point.next;
    }
    CHECK(tags == expected);
  }
}

}  // namespace stakeout
