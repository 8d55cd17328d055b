#include "alerts/digest.h"

#include <sstream>

#include <doctest/doctest.h>

#include "alerts/plain_words.h"

namespace stakeout {
namespace {

Digest digest_of(DigestLine line) {
  Digest digest;
  digest.subject = "Stakeout: 1 new contract";
  digest.period = "1 alert";
  digest.sections = {{"New contracts", {{"", {std::move(line)}}}}};
  return digest;
}

}  // namespace

TEST_CASE("text from outside keeps its words and loses what is not text") {
  struct Case {
    std::string_view given;
    std::string_view plain;
  };
  const Case cases[] = {
      {"  two\n words\t", "two words"},
      {"red \x1b[31malert\x1b[0m", "red [31malert [0m"},
      {"Subject: x\r\nBcc: y", "Subject: x Bcc: y"},
      {"abc\xE2\x80\xAE"
       "def",
       "abc def"},  // U+202E turns the direction of what follows
      {"a\xC2\x9B"
       "b",
       "a b"},  // U+009B begins an escape on some terminals
      {"naïve – 日本", "naïve – 日本"},
      {"", ""},
  };
  for (const auto& [given, plain] : cases) {
    CAPTURE(given);
    CHECK(plain_words(given) == plain);
  }
}

TEST_CASE("markup in a title stays text in the HTML digest") {
  DigestLine line;
  line.text = "<script>alert('x')</script> & co";
  line.quote = "\"quoted\"";
  line.url = "https://example.org/?a=1&b=\"2\"";
  const std::string html = render_html(digest_of(line));
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; co") != std::string::npos);
  CHECK(html.find("href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\"") != std::string::npos);
}

TEST_CASE("only web addresses become links") {
  DigestLine line;
  line.text = "x";
  line.source = "somewhere";
  line.url = "javascript:alert(1)";
  const std::string html = render_html(digest_of(line));
  CHECK(html.find("<a ") == std::string::npos);
  CHECK(html.find("somewhere") != std::string::npos);
}

TEST_CASE("the plain text keeps to 78 columns and has everything that the page has") {
  DigestLine line;
  line.text =
      "A vendor with a name that goes on and on — an agency with a name that goes on and on: USD 1";
  line.facts = {"status signed", "until 2027-02-23"};
  line.quote =
      "A sentence that is long enough to need more than one line of the message, as most of them "
      "are.";
  line.source = "Harbor Courier, 2025-03-03";
  line.url = "https://example.org/a";
  const std::string text = render_text(digest_of(line));
  std::istringstream lines{text};
  for (std::string each; std::getline(lines, each);) {
    CAPTURE(each);
    CHECK(each.size() <= 80);  // bytes: the dash takes three
  }
  for (const char* part : {"New contracts", "status signed; until 2027-02-23",
                           "Harbor Courier, 2025-03-03", "https://example.org/a"}) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
}

TEST_CASE("a digest ends with how far it can be trusted, and how a story is muted") {
  DigestLine line;
  line.text = "Words";
  Digest digest = digest_of(line);
  const std::string trust = "Facts are read from press reports by rule";
  for (const std::string& page : {render_text(digest), render_html(digest)}) {
    CHECK(page.find(trust) != std::string::npos);
    CHECK(page.find("mute_stories") == std::string::npos);
  }
  digest.sections[0].groups[0].lines[0].story = 12;
  for (const std::string& page : {render_text(digest), render_html(digest)})
    CHECK(page.find("mute_stories") != std::string::npos);
  digest.sections.clear();
  for (const std::string& page : {render_text(digest), render_html(digest)})
    CHECK(page.find(trust) == std::string::npos);
}

}  // namespace stakeout
