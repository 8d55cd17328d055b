#include "extractors/pages/text_lines.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "extractors/pages/extract_article.h"

// Lines that read like furniture and are not, and furniture that reads like text: each inside an
// article and at its end.

namespace stakeout {
namespace {

constexpr std::string_view sentences[] = {
    "The county paid the vendor for a set of cameras that read plates on the bridge, and the bill "
    "came in May.",
    "Its board meets on Thursday to vote on a second deal, which would add nine cameras along the "
    "river and one room.",
    "Two members have said that they will vote against it, because nobody has shown them what the "
    "first ones have found.",
    "The sheriff told the board that his deputies search the records some hundred times in a "
    "month, mostly for stolen cars.",
    "A clerk of the court said that she had never seen a case in which the records were shown to "
    "the other side at all.",
    "Neighbours of the bridge say that nobody asked them, and that they learnt of the cameras from "
    "the bill in the paper.",
};

std::string paragraph(std::string_view text) {
  return "<p>" + std::string{text} + "</p>";
}

std::string page(std::string_view inside, std::string_view end, std::string_view body) {
  std::string html =
      "<head><link rel=canonical href=https://paper.example/a></head><h1>Nine more cameras</h1>"
      "<div " +
      std::string{body} + ">";
  for (int i = 0; i < 4; ++i) html += paragraph(sentences[i]);
  html += inside;
  for (int i = 4; i < 6; ++i) html += paragraph(sentences[i]);
  return html + std::string{end} + "</div>";
}

// The texts of an article with these lines in it and at its end, in a body that its page marks and
// in one that it does not.
std::vector<std::string> texts_with(std::string_view html) {
  std::vector<std::string> texts;
  for (const std::string_view body : {"class=article-body", "class=xyz"}) {
    texts.push_back(extract_article(page(html, "", body), {}).text);
    texts.push_back(extract_article(page("", html, body), {}).text);
  }
  return texts;
}

bool has_all_sentences(const std::string& text) {
  for (const std::string_view sentence : sentences) {
    if (text.find(sentence) == std::string::npos) return false;
  }
  return true;
}

void check(std::string_view html, std::string_view words, bool is_kept) {
  CAPTURE(html);
  for (const std::string& text : texts_with(html)) {
    CAPTURE(text);
    CHECK((text.find(words) != std::string::npos) == is_kept);
    CHECK(has_all_sentences(text));
  }
}

}  // namespace

TEST_CASE("a sentence that begins like a credit, a promotion or a note is kept") {
  const std::string_view kept[] = {
      "Photos by the cameras are kept for thirty days, the policy says.",
      "Courtesy of a state waiver, the police may fly the drones at night.",
      "Reporting by the vendor in 2022 found that the cameras misread every tenth plate.",
      "Written by the vendor's lawyers, the deal lets it keep the data for ever.",
      "Posted in the lobby of the courthouse, the notice names the vendor.",
      "Published on Tuesday, the audit found that nobody had checked the searches.",
      "Copyright law was the reason that the vendor gave for keeping the manual secret.",
      "This report was kept from the board for two years, the clerk said.",
      "Officers got a tip about the car, and the cameras found it in nine minutes.",
      "The service is for subscribers only, and the county pays for nine hundred of them.",
      "“Join our fight,” the member told people in the hall on Thursday.",
      "More about the deal became known on Friday, when the clerk gave out the papers.",
      "The opinions expressed in this hearing were all against the cameras.",
      "Tags: the vendor put them on every car of the sheriff, the papers say.",
      "Published in May 2022, the deal runs for three years.",
      "Contract W911QX-23-C-0012",
      "Correction: The vendor is Example Optics, not Example Optical.",
      "Correction: an earlier version of this article said that the sheriff had bought the "
      "cameras. "
      "He rents them.",
      "This article has been updated to say that the vendor denies the numbers of the audit.",
      "Editor's note: after this was published the vendor said that it had ended the deal in June.",
  };
  for (const std::string_view line : kept) check(paragraph(line), line, true);
}

TEST_CASE("a sentence with a link in it is kept though its words could ask for something") {
  check(
      "<p>The department's <a href=/x>privacy policy</a> says that the data are deleted after "
      "thirty days.</p>",
      "privacy policy says that the data", true);
  check(
      "<p>See also <a href=/doc>section nine</a> of the deal, which lets the vendor sell what it "
      "finds to anybody.</p>",
      "See also section nine of the deal", true);
  check("<p>Read more: <a href=/x>The county buys other things too</a></p>", "other things", false);
  check("<p>Read more: The county buys other things too</p>", "other things", false);
}

TEST_CASE("what speaks to readers or of the article itself is left out, as full as it may be") {
  const std::string_view furniture[] = {
      "Subscribe now for unlimited access to the local news of each day.",
      "Have a tip? Write to the desk at tips@paper.example.",
      "This article is for subscribers only. Log in to continue reading.",
      "Support our journalism with a donation each month.",
      "Photo by Ann Example",
      "Image: Ann Example/Getty Images",
  };
  for (const std::string_view line : furniture) check(paragraph(line), line, false);
  const std::string_view notes[] = {
      "(Reporting by Ann Example in Rome; Editing by Bo Other)",
      "Tags: cameras, county",
      "The author is a professor of law in Rome.",
      "This article was originally published by “Another Paper”, a newsroom without profits.",
      "This story has been updated.",
  };
  for (const std::string_view line : notes) {
    CAPTURE(line);
    const std::string text = extract_article(page("", paragraph(line), "class=xyz"), {}).text;
    CHECK(text.ends_with(sentences[5]));
  }
}

TEST_CASE("a label that may head a chapter heads one when a sentence follows") {
  for (const std::string_view label :
       {"What's next", "Discussion", "Media", "Further information", "The latest", "Editor's note",
        "More about the deal", "Copyright and the manual"}) {
    const std::string chapter = "<h2>" + std::string{label} + "</h2>";
    check(chapter + "<p>It was signed in 2022 and runs until 2027 with two options.</p>",
          "runs until 2027", true);
    const std::string links = "<ul><li><a href=/1>The first cameras of the county</a></li></ul>";
    CHECK_FALSE(extract_article(page("", chapter + links, "class=xyz"), {})
                    .text.ends_with("cameras of the county"));
  }
}

TEST_CASE("the article goes on below the links that a label heads") {
  const std::string more =
      paragraph("The deal was signed in 2022 by the former sheriff and runs until 2027.") +
      paragraph("Nobody voted on it then, she said.");
  for (const std::string_view links :
       {"<p><strong>Related</strong></p><p><a href=/x>The first cameras of the county</a></p>",
        "<h3>Read more</h3><ul><li><a href=/x>The first cameras of the county</a></li>"
        "<li><a href=/y>The second cameras of the county</a></li></ul>"}) {
    const std::string text =
        extract_article(page("", std::string{links} + more, "class=xyz"), {}).text;
    CHECK(text.find("cameras of the county") == std::string::npos);
    CHECK(text.ends_with("runs until 2027.\n\nNobody voted on it then, she said."));
  }
}

TEST_CASE("a note on a company ends where a chapter of the article begins") {
  const std::string note =
      "<h3>About Example Optics</h3><p>Example Optics makes cameras in nine states.</p>";
  const std::string contact = "<h3>Contact</h3><p>Ann Example, 555-0123</p>";
  const std::string chapter =
      "<h3>What the deal says</h3><p>It was signed in 2022 and runs until 2027.</p>";
  CHECK(extract_article(page("", note + contact, "class=xyz"), {}).text.ends_with(sentences[5]));
  const std::string text = extract_article(page("", note + chapter, "class=xyz"), {}).text;
  CHECK(text.find("makes cameras in nine states") == std::string::npos);
  CHECK(text.ends_with("What the deal says\n\nIt was signed in 2022 and runs until 2027."));
}

TEST_CASE("sums stand in lists and boxes, wherever those are") {
  const std::string list =
      "<h3>The contract</h3><ul><li>Value: $3,200,000 over three years</li><li>Vendor: Example "
      "Optics</li></ul>";
  check("<aside class=factbox>" + list + "</aside>", "Value: $3,200,000", true);
  check("<div class=infobox>" + list + "</div>", "Vendor: Example Optics", true);
  check(
      "<aside><h3>More</h3><ul><li><a href=/1>County buys $3 million of drones</a></li>"
      "<li><a href=/2>Another title of it</a></li></ul></aside>",
      "drones", false);
  check(
      "<h2>Notes</h2><ul><li>Signed in 2022 for $3 million.</li><li>Made longer in 2024 for $2 "
      "million.</li></ul>",
      "Signed in 2022", true);
  const std::string table = "<table><tr><th>Year<th>Paid<tr><td>2022<td>$1,000,000</table>";
  const std::string keys = "<ul><li>County pays $3.2 million.</li><li>Nine cameras come.</li></ul>";
  std::string html = "<h1>Nine more cameras</h1><div class=xyz>" + table + keys;
  for (const std::string_view sentence : sentences) html += paragraph(sentence);
  const std::string text = extract_article(html + "</div>", {}).text;
  CHECK(
      text.starts_with("Year | Paid\n2022 | $1,000,000\n\nCounty pays $3.2 million.\n\nNine "
                       "cameras come.\n\nThe county paid"));
}

TEST_CASE("boxes that sell something or take a mail address are left out") {
  check(
      "<div><h4>The news of the day</h4><p>Our best stories, every morning at seven, in one "
      "mail.</p><form><input type=email><button>Go</button></form></div>",
      "best stories", false);
  check(
      "<div><h4>The news of the day</h4><p>Our best stories, every morning at seven.</p>"
      "<input name=EMAIL><button>Go</button></div>",
      "best stories", false);
  check(
      "<div class=card><h4>Example Camera 9</h4><p>In stock</p><p>$499.00 <a "
      "href=https://shop.example/x>View at Shop</a></p></div>",
      "$499", false);
  // A test of a product that ends with where to buy it.
  const std::string test =
      "Example Camera 9 reads plates at night, and its lens is as good as "
      "that of the older one, which costs twice as much in the shops.";
  check("<div class=card><h4>Example Camera 9</h4><p>" + test +
            "</p><p>$499.00 <a href=https://shop.example/x>View at Shop</a></p></div>",
        test, true);
}

TEST_CASE("a list of documents is no list of teasers") {
  const std::string html =
      "<p>What the case is made of:</p><ul><li><a href=/docs/deal.pdf>Deal with Example Optics, "
      "2022</a></li><li><a href=/docs/memo.pdf?x>Memo of the sheriff, 2023</a></li></ul>";
  const std::string text = extract_article(page(html, "", "class=xyz"), {}).text;
  CHECK(text.find("made of:\n\nDeal with Example Optics, 2022\n\nMemo of") != std::string::npos);
}

TEST_CASE("an id that is made of a chapter's heading says nothing of what the chapter is") {
  const std::string text =
      "<p>The records are kept for nine years, and the vendor may read them at any time.</p>"
      "<p>A judge of the state has called that a search without a warrant in its own right.</p>";
  for (const std::string_view id :
       {"privacy", "survey-results", "Related-Contracts", "the_email"}) {
    std::string heading{id};
    for (char& c : heading) c = c == '-' || c == '_' ? ' ' : c;
    const std::string chapter = "id='" + std::string{id} + "'><h2>" + heading + "</h2>" + text;
    check("<section " + chapter + "</section>", "kept for nine years", true);
    check("<div " + chapter + "</div>", "kept for nine years", true);
  }
  check("<section id=comments><h2>Comments</h2>" + text + "</section>", "kept for nine", false);
  check("<section class=privacy><h2>Privacy</h2>" + text + "</section>", "kept for nine", false);
}

TEST_CASE("the head of a chapter is no head of a page") {
  const std::string text =
      "<p>The records are kept for nine years, and the vendor may read them at any time, say the "
      "papers of the deal that the board has not seen, and that the clerk has given out.</p>";
  check("<section><header><h2>What the papers say</h2></header>" + text + "</section>",
        "What the papers say", true);
  check("<section><header><h2><a href=/>The Paper</a></h2></header>" + text + "</section>",
        "The Paper", false);
}

TEST_CASE("a correction stays wherever it stands, and the text that a page opens on demand") {
  const std::string correction =
      "<p>Correction, May 3: An earlier version gave the vendor as Example Optical. It is Example "
      "Optics.</p>";
  check("<footer>" + correction + "</footer>", "It is Example Optics", true);
  check("<div class=article-footer>" + correction + "</div>", "It is Example Optics", true);
  const std::string rest =
      "<p>The former sheriff signed the deal in the spring without a vote, and the board learnt of "
      "it a year later.</p><p>It lets the vendor keep all that it records, even where the county "
      "ends the deal before its time.</p>";
  check("<div style='display:none'>" + rest + "</div>", "The former sheriff signed", true);
  check("<div hidden><p>We use cookies.</p></div>", "cookies", false);
  check("<h4>Log in</h4><div hidden>" + rest + "</div>", "The former sheriff signed", false);
}

TEST_CASE("short lines at the end of an article stay when they are a list of facts") {
  const std::string facts =
      "<p>Value: $4,200,000</p><p>Vendor: Example Optics</p><p>Term: 3 years</p>";
  check(facts, "Term: 3 years", true);
  check("<p>- Example Optics: nine cameras</p><p>- Example Towers: a tower</p>", ": a tower", true);
  const std::string text =
      extract_article(page("", "<p>Desk: The county</p><p>Ann Example</p>", "class=xyz"), {}).text;
  CHECK(text.ends_with(sentences[5]));
}

TEST_CASE("the notice of an award is read whole, as table, list or fields") {
  const std::string_view fields[][2] = {
      {"Award ID", "70CMSD24C00000003"},
      {"Recipient", "Example Optics"},
      {"Amount", "$3,200,000.00"},
      {"Description", "Cameras that read licence plates, and the upkeep of them for three years."},
  };
  const std::string_view patterns[][3] = {
      {"<table>", "<tr><th>K</th><td>V</td></tr>", "</table>"},
      {"<dl>", "<dt>K</dt><dd>V</dd>", "</dl>"},
      {"<div>", "<div class=row><div class=label>K</div><div class=value>V</div></div>", "</div>"},
  };
  for (const auto& [begin, pattern, end] : patterns) {
    CAPTURE(begin);
    std::string html = "<nav><a href=/>All awards</a></nav><h1>Award notice</h1><div id=main>" +
                       std::string{begin};
    for (const auto& [name, value] : fields) {
      for (const char c : pattern) {
        if (c == 'K') {
          html += name;
        } else if (c == 'V') {
          html += value;
        } else {
          html += c;
        }
      }
    }
    const std::string text =
        extract_article(html + std::string{end} + "</div><footer>The agency</footer>", {}).text;
    for (const auto& [name, value] : fields) {
      CHECK(text.find(name) != std::string::npos);
      CHECK(text.find(value) != std::string::npos);
    }
    CHECK(text.find("All awards") == std::string::npos);
  }
}

TEST_CASE("the first label of a digest opens its text") {
  const std::string digest = "<p><b>NAVY</b></p>" + paragraph(sentences[0]) +
                             paragraph(sentences[1]) + "<p><b>ARMY</b></p>" +
                             paragraph(sentences[2]);
  CHECK(extract_article("<h1>Awards</h1><div>" + digest + "</div>", {})
            .text.starts_with("NAVY\n\n" + std::string{sentences[0]}));
  const std::string single = "<p><b>NAVY</b></p>" + paragraph(sentences[0]) +
                             paragraph(sentences[1]) + paragraph(sentences[2]);
  CHECK(extract_article("<h1>Awards</h1><div>" + single + "</div>", {})
            .text.starts_with(sentences[0]));
}

}  // namespace stakeout
