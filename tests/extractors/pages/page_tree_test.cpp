#include "extractors/pages/page_tree.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

// The characters of a page, and the values of one attribute.
struct Read {
  std::string characters;
  std::string values;
};

Read read(std::string_view html, Attribute attribute = Attribute::href) {
  const ScannedHtml scanned = scan_html(html);
  const PageTree tree{scanned};
  Read out{std::string{tree.characters()}, {}};
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    if (tree.has_attribute(i, attribute))
      out.values += std::string{tree.attribute(i, attribute)} + "|";
  }
  return out;
}

}  // namespace

TEST_CASE("text comes back from round the parser as a reader sees it") {
  struct Case {
    std::string_view html;
    std::string_view characters;
  };
  const Case cases[] = {
      {"<p>a &amp; b</p>", "a & b"},
      {"<p>a&copy2024 &notit; &nosuch; &</p>", "a©2024 ¬it; &nosuch; &"},
      {"<p>&lt;b&gt; a < b</p>", "<b> a < b"},
      {"<p>hyphen\u00adated and hyphen&shy;ated</p>", "hyphenated and hyphenated"},
      {"<p>a\r\nb\rc</p>", "a\nb\nc"},
      {"<title>a &amp; <b></title><p>c", "a & <b>c"},
      {"<pre>\r\n a\n</pre>", " a\n"},
      {"<p>\U00010000\U0001FFFD</p>", "\U00010000\U0001FFFD"},  // no stand-ins of ours
      {"<p>&#x10000;&#x10001;</p>b", "\U00010000\U00010001b"},
      {"<table>a<tr><td>b</table>", "ab"},  // moved in front of the table
  };
  for (const auto& [html, characters] : cases) {
    CAPTURE(html);
    CHECK(read(html).characters == characters);
  }
}

TEST_CASE("attributes find their elements, wherever the parser puts those") {
  CHECK(read("<a href='/?a=1&amp;b=2&copy=3'>x</a>").values == "/?a=1&b=2&copy=3|");
  CHECK(read("<table><tr><td><a href=1>x</a></td><a href=2>y</a></tr></table><a href=3>z</a>")
            .values == "2|1|3|");
  CHECK(read("<p>a<html lang=de>b", Attribute::lang).values == "de|");
  CHECK(read("<html><p>a<html lang=de>b<html lang=en>", Attribute::lang).values == "de|");
  CHECK(read("<a href=1><div><p></a>b</div>").values == "1|1|1|");  // one link in three parts
}

TEST_CASE("more texts than one plane of Unicode has characters all come back") {
  std::string html;
  std::string words;
  for (int i = 0; i < 70'000; ++i) {
    html += std::to_string(i) + "<!---->";
    words += std::to_string(i);
  }
  CHECK(read("<p>" + html).characters == words);
}

TEST_CASE("an element that the parser does not know has its tag") {
  const ScannedHtml scanned = scan_html("<dialog open class=a>b</dialog><made-up>c</made-up>");
  const PageTree tree{scanned};
  int dialogs = 0;
  for (const PageNode& node : tree.nodes()) dialogs += node.tag == Tag::dialog ? 1 : 0;
  CHECK(dialogs == 1);
}

TEST_CASE("folded elements stand in the tree where their tags stood in the page") {
  const ScannedHtml scanned =
      scan_html("<form><ul class=a><li>b<i>c</i>d</li><li id=e></li></ul>f</form>");
  const PageTree tree{scanned};
  std::string seen;
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const PageNode& node = tree[i];
    CHECK(node.parent <= i);
    CHECK(tree.is_inside(i, node.parent));
    if (node.tag == Tag::text) seen += std::string{tree.text(i)} + " ";
    if (node.tag == Tag::ul)
      seen += "ul." + std::string{tree.attribute(i, Attribute::class_words)} + "(" +
              std::string{tree.text(i)} + ") ";
    if (node.tag == Tag::li)
      seen += "li#" + std::string{tree.attribute(i, Attribute::id)} + "(" +
              std::string{tree.text(i)} + ") ";
    if (node.tag == Tag::i) seen += "i ";
  }
  CHECK(seen == "ul.a(bcd) li#(bcd) b i c d li#e() f ");
}

}  // namespace stakeout
