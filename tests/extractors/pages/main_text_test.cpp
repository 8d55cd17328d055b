#include "extractors/pages/main_text.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "extractors/pages/extract_article.h"

// What belongs to an article's text and what does not, kind by kind, on pages of our own.

namespace stakeout {
namespace {

constexpr std::string_view first =
    "The county paid the company four million dollars last year for towers that listen to radios, "
    "and the bill for this year is already on the table.";
constexpr std::string_view second =
    "Its board meets on Thursday to vote on a second contract, which would add nine towers along "
    "the river and a room with twelve screens.";
constexpr std::string_view third =
    "Two members have said that they will vote against it, because nobody has shown them what the "
    "towers of the first contract have found.";

std::string paragraph(std::string_view text) {
  return "<p>" + std::string{text} + "</p>";
}

// An article with something between its second and its third paragraph.
std::string page_with(std::string_view inside) {
  return "<body><nav><a href=/>Home</a></nav><h1>Nine more towers</h1><div class=article-body>" +
         paragraph(first) + paragraph(second) + std::string{inside} + paragraph(third) +
         "</div></body>";
}

std::string lines(std::string_view inside) {
  return std::string{first} + "\n\n" + std::string{second} + "\n\n" +
         (inside.empty() ? "" : std::string{inside} + "\n\n") + std::string{third};
}

std::string text_of(const std::string& html) {
  return extract_article(html, {}).text;
}

struct Case {
  std::string_view inside;
  std::string_view wanted;
};

}  // namespace

TEST_CASE("a class that names what stands beside it takes nothing away") {
  const Case cases[] = {
      {"<div class=container-sidebar><p>Nobody spoke.</p></div>", "Nobody spoke."},
      {"<div class='body with-sidebar'><p>Nobody spoke.</p></div>", "Nobody spoke."},
      {"<div class=sidebar-left><p>Nobody spoke.</p></div>", ""},
      {"<h2 id=share-of-the-towers>Share of the towers</h2>", "Share of the towers"},
      {"<div class=old-id-aQ7adTx9vRfcqX3Nav><p>Nobody spoke.</p></div>", "Nobody spoke."},
      {"<div class=social-nav><p>Nobody spoke.</p></div>", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.inside);
    CHECK(text_of(page_with(c.inside)) == lines(c.wanted));
  }
}

TEST_CASE("a box with a label in the midst of the text is left out, and the text goes on") {
  const std::string box =
      "<div class=card><div>Related</div><h5><a href=/other>The first towers</a></h5>"
      "<div>What the county bought three years ago.</div></div>";
  std::string more;
  for (int i = 0; i < 4; ++i) {
    more += paragraph("Speaker " + std::to_string(i) + " said no more than a line of it.");
  }
  const std::string page = "<h1>Nine more towers</h1><div class=article-body>" + paragraph(first) +
                           paragraph(second) + paragraph(third) + box + more + "</div>";
  const std::string text = text_of(page);
  CHECK(text.find("Related") == std::string::npos);
  CHECK(text.find("three years ago") == std::string::npos);
  CHECK(text.ends_with("Speaker 3 said no more than a line of it."));
}

TEST_CASE("a post of a social network that the text quotes belongs to it") {
  const std::string post =
      "<blockquote class=twitter-tweet><p>We vote on Thursday.</p>- A Member (@member)"
      "</blockquote>";
  const std::string long_text = std::string{first} + " " + std::string{second};
  const std::string page = page_with(post + paragraph(long_text));
  CHECK(text_of(page).find("We vote on Thursday.\n\n- A Member (@member)") != std::string::npos);

  std::string parade;
  for (int i = 0; i < 6; ++i) {
    parade += "<blockquote class=twitter-tweet><p>Post " + std::to_string(i) +
              " says that it has heard of this and wonders.</p></blockquote>";
  }
  CHECK(text_of(page_with(parade)) == lines(""));
}

TEST_CASE("a standfirst that says something of its own opens the text") {
  const std::string_view line = "The first nine have found nothing in three years of listening";
  const auto page = [&](std::string_view head, std::string_view description) {
    return "<head><meta name=description content='" + std::string{description} +
           "'></head><header><h1>Nine more towers</h1>" + std::string{head} +
           "</header><div class=article-body>" + paragraph(first) + paragraph(second) +
           paragraph(third) + "</div>";
  };
  const std::string text =
      std::string{first} + "\n\n" + std::string{second} + "\n\n" + std::string{third};
  const std::string marked = "<p class=article-subtitle>" + std::string{line} + "</p>";
  CHECK(text_of(page(marked, "Another line")) == std::string{line} + "\n\n" + text);
  CHECK(text_of(page(marked, line)) == text);  // the page's own summary
  CHECK(text_of(page("<p>" + std::string{line} + "</p>", "Another line")) == text);  // not marked
  CHECK(text_of(page("<p class=subtitle>By A. Writer of the county's own desk</p>", "")) == text);
  CHECK(text_of(page("<div class=visually-hidden>" + marked + "</div>", "")) == text);
}

namespace {

std::string teaser(int i, std::string_view address) {
  const std::string n = std::to_string(i);
  return "<div class='card kind-" + n + "'><h3><a href='" + std::string{address} + n +
         "'>Another story of this week, part " + n + "</a></h3><div>What happened in part " + n +
         ", told in one short line that ends before its time, so that one reads on.</div></div>";
}

std::string row_of_teasers(std::string_view address) {
  return "<div>" + teaser(1, address) + teaser(2, address) + teaser(3, address) +
         teaser(4, address) + "</div>";
}

// A body that its page does not mark, with a row of boxes beside it.
std::string page_beside(std::string_view row) {
  return "<head><link rel=canonical href=https://paper.example/a></head><div id=all><h1>Nine more "
         "towers</h1><div>" +
         paragraph(first) + paragraph(second) + paragraph(third) + "</div>" + std::string{row} +
         "</div>";
}

}  // namespace

TEST_CASE("a row of teasers is no part of an article, whatever its classes say") {
  const std::string text = lines("");
  CHECK(text_of(page_beside(row_of_teasers("/story/"))) == text);
  CHECK(text_of(page_beside(row_of_teasers("https://www.paper.example/story/"))) == text);
}

TEST_CASE("boxes that lead out of the site or down the page are no teasers") {
  for (const std::string_view address : {"https://shop.test/item-", "#part-", "mailto:a@b.test?"}) {
    CAPTURE(address);
    const std::string text = text_of(
        "<head><link rel=canonical href=https://paper.example/a>"
        "</head><div id=all><h1>Nine more towers</h1>" +
        paragraph(first) + row_of_teasers(address) + paragraph(second) + paragraph(third) +
        "</div>");
    CHECK(text.find("What happened in part 3") != std::string::npos);
  }
}

TEST_CASE("rows of boxes inside a marked body belong to it") {
  const std::string text = text_of(page_with(row_of_teasers("/chapter/")));
  CHECK(text.find("What happened in part 2") != std::string::npos);
}

TEST_CASE("lines for readers and machines stand nowhere in the text") {
  const Case cases[] = {
      {"<p>[CTA_MODULE]</p>", ""},
      {"<p>[gallery ids=\"1,2,3\"]</p>", ""},
      {"<p>[/caption]</p>", ""},
      {"<p>[laughter]</p>", "[laughter]"},
      {"<p>2 Shares 1.5k Views</p>", ""},
      {"<p>5 min read</p>", ""},
      {"<p>Image 2 of 5</p>", ""},
      {"<p>Lorem ipsum dolor sit amet, consectetur.</p>", ""},
      {"<p>The towers hum. A. Person/Getty Images for the county</p>", ""},
      {"<p>12 Kommentare</p>", ""},
      {"<p>阅读 1234</p>", ""},
      {"<p>9 towers</p>", "9 towers"},
      {"<p>Views differ.</p>", "Views differ."},
      {"<p>In this article:</p><ul><li><a href=#a>The towers</a><li><a href=#b>The vote</a></ul>",
       ""},
      {"<h2>Inhalt</h2><ul><li><a href=#a>Die Türme</a></ul>", ""},
      {"<p>Your subscription could not be saved. Please try again.</p>", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.inside);
    CHECK(text_of(page_with(c.inside)) == lines(c.wanted));
  }
}

TEST_CASE("the list of what an article quotes ends it") {
  const std::string list =
      "<ol><li>County of Example. Minutes of the board, 2023. <a href=/m>Read</a>"
      "<li>Example Towers. Annual report to its owners, with all its tables, 2022.</ol>";
  const std::string end =
      std::string{first} + "\n\n" + std::string{second} + "\n\n" + std::string{third};
  const auto page = [&](std::string_view tail) {
    return "<h1>Nine more towers</h1><div class=article-body>" + paragraph(first) +
           paragraph(second) + paragraph(third) + std::string{tail} + "</div>";
  };
  for (const std::string_view label :
       {"References", "2 Sources", "Quellen", "Примечания", "参考文献"}) {
    CAPTURE(label);
    CHECK(text_of(page("<h2>" + std::string{label} + "</h2>" + list)) == end);
  }
  const std::string notes = "<ul><li>Use a fine net.<li>Work in the evening.</ul>";
  CHECK(text_of(page("<h2>Notes</h2>" + notes)) ==
        end + "\n\nNotes\n\nUse a fine net.\n\nWork in the evening.");
}

TEST_CASE("notes below an article are not its last paragraph") {
  const std::string_view notes[] = {
      "B. Reporter contributed reporting from the river.",
      "Updated at 1:23 p.m. on Thursday",
      "For more information, visit tower.example.",
      "This piece originally appeared in Another Paper.",
      "A version of this article appeared on page 4.",
      "Para más información, visite tower.example.",
      "Weitere Informationen gibt es unter tower.example.",
      "Click to Read More and View Comments",
      "Don’t miss: a tower’s own story",
      "Is there a tower in your street? Tell us: desk@paper.example.",
      "Watch her speak here:",
  };
  for (const std::string_view note : notes) {
    CAPTURE(note);
    const std::string page = "<h1>Nine more towers</h1><div class=article-body>" +
                             paragraph(first) + paragraph(second) + paragraph(third) +
                             paragraph(note) + "</div>";
    CHECK(text_of(page) == lines(""));
  }
}

TEST_CASE("the last paragraph stays when most of it is linked") {
  const std::string last =
      "<p>The board's members are <a href=/1>A. First of the northern district</a>, <a href=/2>B. "
      "Second of the southern district and the islands</a>, and three whom nobody has named.</p>";
  const std::string page = "<h1>Nine more towers</h1><div class=article-body>" + paragraph(first) +
                           paragraph(second) + last + "</div>";
  CHECK(text_of(page).ends_with("and three whom nobody has named."));
}

TEST_CASE("paragraphs that are marked as text one by one are one text") {
  std::string each;
  for (const std::string_view text : {first, second, third}) {
    each += "<p class=bodytext>" + std::string{text} + "</p>";
  }
  CHECK(text_of("<h1>Nine more towers</h1><div>" + each + "</div>") == lines(""));

  const std::string parts = "<div class=article-body>" + paragraph(first) + paragraph(second) +
                            "</div><div class=ad-slot>Buy this.</div><div class=article-body>" +
                            paragraph(third) + "</div>";
  CHECK(text_of("<h1>Nine more towers</h1><main>" + parts + "</main>") == lines(""));
}

TEST_CASE("a list of nothing but titles of the same site is left out with its label") {
  const std::string head = "<head><link rel=canonical href=https://paper.example/a></head>";
  const std::string_view label = "<p>What else our reporters found:</p>";
  const std::string_view own =
      "<ul><li><a href=/b>The first nine towers of the county</a>"
      "<li><a href=https://paper.example/c>A room with twelve screens</a></ul>";
  CHECK(text_of(head + page_with(std::string{label} + std::string{own})) == lines(""));

  const std::string_view others =
      "<ul><li><a href=https://one.test/b>Manual of the towers, part one</a>"
      "<li><a href=https://two.test/c>Manual of the towers, part two</a></ul>";
  CHECK(text_of(head + page_with(std::string{label} + std::string{others})) ==
        lines("What else our reporters found:\n\nManual of the towers, part one\n\nManual of the "
              "towers, part two"));
}

TEST_CASE("of several stories on a page its own is read") {
  const auto story = [](std::string_view title, std::string_view body) {
    return "<section class=story><h2>" + std::string{title} + "</h2><div>" + std::string{body} +
           "</div></section>";
  };
  const std::string own = paragraph(first) + paragraph(second) + paragraph(third);
  const std::string other =
      paragraph(
          "A bakery in the old town has closed after ninety years, and nobody knows who will "
          "bake the bread for the feast of the fishermen now.") +
      paragraph(
          "Its last owner, who is seventy, says that she has looked for somebody to take it "
          "over since the spring, and that three people came to look.");
  const std::string page = "<title>Nine more towers</title><main>" +
                           story("Nine more towers", own) + story("A bakery closes", other) +
                           story("Rain on Friday", other) + "</main>";
  CHECK(text_of(page) == lines(""));
  // Chapters of one article, under its title, are no stories.
  const std::string chapters =
      "<title>Nine more towers</title><main><section><h1>Nine more "
      "towers</h1>" +
      own + "</section><section><h2>The bakery</h2>" + other + "</section></main>";
  CHECK(text_of(chapters).find("The bakery\n\nA bakery in the old town") != std::string::npos);
}

namespace {

constexpr std::string_view deal =
    "Example Towers won a contract for $480 million on Friday, the county said.";

// An article of some length, and what stands at its end.
std::string page_ending(std::string_view head, std::string_view end) {
  std::string body;
  for (const std::string_view more : {"", " So it says.", " So it said."}) {
    for (const std::string_view text : {first, second, third}) {
      body += paragraph(std::string{text} + std::string{more});
    }
  }
  return std::string{head} + "<h1>Nine more towers</h1><div class=article-body>" + body +
         std::string{end} + "</div>";
}

bool has(const std::string& text, std::string_view line) {
  return text.find(line) != std::string::npos;
}

}  // namespace

TEST_CASE("a note on the author is left out, and what stands below it stays") {
  const std::string_view head = "<meta name=author content='Ada Climber'>";
  const std::string note =
      "<h3>Ada Climber</h3><p>Ada Climber has reported on towers since she could climb them.</p>";
  const std::string text = text_of(page_ending(head, note + paragraph(deal)));
  CHECK_FALSE(has(text, "Climber"));
  CHECK(has(text, deal));
  // In a talk with her, her name begins many a paragraph.
  const std::string last = "Ada Climber: It was the last one, too, for a while.";
  const std::string talk = paragraph("Ada Climber: I climbed the first tower when I was nine.");
  const std::string page =
      "<meta name=author content='Ada Climber'><h1>Nine more towers</h1>"
      "<div class=article-body>" +
      talk + paragraph(first) + paragraph(second) + paragraph(third) + paragraph(last) + "</div>";
  CHECK(text_of(page).ends_with("for a while."));
}

TEST_CASE("a line that begins with an author's name is a note on a person, by its verb") {
  struct AuthorCase {
    std::string_view author;
    std::string_view line;
    bool stays;
  };
  const AuthorCase cases[] = {
      {"Ada Climber", "Ada Climber is a reporter in the county of nine towers.", false},
      {"Ada Climber", "Ada Climber schreibt seit neun Jahren aus dem Kreis der Türme.", false},
      {"Ada Climber", "Ada Climber paid for the first tower with a coin of silver.", true},
      {"Ada Climber", "Ada Climber is to get $480 million for nine towers, it says.", true},
      {"Example Towers Inc.", "Example Towers has won the vote of the board on Friday.", true},
      {"Nine More", "Nine more has been said of them by the members on Friday.", true},
      {"Its Board", "Its board has said that it meets again on the next Friday.", true},
  };
  for (const AuthorCase& c : cases) {
    CAPTURE(c.line);
    const std::string head = "<meta name=author content='" + std::string{c.author} + "'>";
    CHECK(has(text_of(page_ending(head, paragraph(c.line) + paragraph(deal))), c.line) == c.stays);
    CHECK(has(text_of(page_ending(head, paragraph(c.line))), c.line) == c.stays);
  }
}

TEST_CASE("a label with more than a company's name heads no note on the company") {
  const std::string text = paragraph("Example Towers will get four of them. " + std::string{deal});
  for (const std::string_view label : {"About Example Towers' Plan For It?", "About Towers’s Deal",
                                       "About Border Towers", "About The Deal"}) {
    CAPTURE(label);
    const std::string end = "<h2>" + std::string{label} + "</h2>" + text;
    CHECK(has(text_of(page_ending("", end)), deal));
  }
  // Nor one with more than a fifth of the text below it.
  const std::string more = paragraph("Example Towers: " + std::string{first} + " It says so.") +
                           paragraph(std::string{second} + " It says so.") + text;
  CHECK(has(text_of(page_ending("", "<h2>About Example Towers</h2>" + more)), deal));
}

TEST_CASE("paragraphs of prose with a year are no list of references") {
  for (const std::string_view label : {"Sources", "Notes", "References"}) {
    CAPTURE(label);
    const std::string end =
        "<h2>" + std::string{label} + "</h2>" +
        paragraph("Two members said in 2024, at length, that " + std::string{deal}) +
        paragraph("A memo of 2023 has it, too, and says so on nine of its pages, that it is so.");
    CHECK(has(text_of(page_ending("", end)), deal));
  }
}

TEST_CASE("a round-up of linked headings with their texts is an article") {
  std::string items;
  for (int i = 1; i < 6; ++i) {
    const std::string n = std::to_string(i);
    items += "<div class=item><h3><a href='/awards/" + n + "'>The company wins award number " + n +
             "</a></h3><p>The county said on Monday that award number " + n +
             " runs until 2027, and may be made longer by two years.</p></div>";
  }
  const std::string head = "<head><link rel=canonical href=https://paper.example/a></head>";
  const std::string text = text_of(head + "<article><h1>Awards of this week</h1>" +
                                   paragraph(first) + paragraph(second) + items + "</article>");
  for (int i = 1; i < 6; ++i) {
    CHECK(has(text, "The company wins award number " + std::to_string(i)));
    CHECK(has(text, "Monday that award number " + std::to_string(i)));
  }
}

TEST_CASE("a sentence that tells of what promotions ask for is kept") {
  const Case cases[] = {
      {"The county reads what people say on Facebook and Twitter.",
       "The county reads what people say on Facebook and Twitter."},
      {"The county has no privacy policy for the towers.",
       "The county has no privacy policy for the towers."},
      {"Find us on Facebook and Twitter", ""},
      {"Our <a href=/p>privacy policy</a> holds for you.", ""},
      {"Follow us on Facebook and Twitter.", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.inside);
    CHECK(text_of(page_with(paragraph(c.inside))) == lines(c.wanted));
  }
}

TEST_CASE("no line that names a great sum is taken for a credit, a promotion or a note") {
  const std::string_view kept[] = {
      "Image: Example Towers got $5 million.",
      "Courtesy of a $9 million waiver, the company kept the deal.",
      "Follow us on this, said the board, for $2 million.",
      "Edited by hand, 3,000 pages cost the county $2 million.",
      "For more information on the $12 million award, ask the board, which said so.",
  };
  for (const std::string_view line : kept) {
    CAPTURE(line);
    CHECK(text_of(page_with(paragraph(line))) == lines(line));
    CHECK(text_of(page_ending("", paragraph(line))).ends_with(line));
  }
  CHECK(text_of(page_with("<p>Subscribe now for $1.99 a week.</p>")) == lines(""));
}

TEST_CASE("what software adds to a page is not read as its text") {
  const std::string_view added[] = {
      "A post shared by A Member (@member) on Thursday",
      "Sieh dir diesen Beitrag auf Instagram an",
      "Diese Website verwendet Cookies.",
      "(Foto: A. Person)",
      "写真：川の塔",
      "The towers by the river. A. Person/Getty",
  };
  for (const std::string_view line : added) {
    CAPTURE(line);
    CHECK(text_of(page_with(paragraph(line))) == lines(""));
  }
}

TEST_CASE("a byline between two paragraphs is taken out, and a sentence with the name is not") {
  const std::string head = "<meta name=author content='Ada Climber'>";
  CHECK(text_of(head + page_with("<p>By Ada Climber, Harbour Desk</p>")) == lines(""));
  const std::string_view sentence = "By Ada Climber nothing had been said.";
  CHECK(text_of(head + page_with(paragraph(sentence))) == lines(sentence));
}

TEST_CASE("a note on the company ends its release, and a chapter about something does not") {
  const std::string body = paragraph(first) + paragraph(second) + paragraph(third) +
                           "<table><tr><th>Year<th>Sum<tr><td>2023<td>$4,000,000</table>" +
                           paragraph(std::string{second} + " So it says.");
  const std::string text =
      lines("") + "\n\nYear | Sum\n2023 | $4,000,000\n\n" + std::string{second} + " So it says.";
  const std::string note =
      "<p>Example Towers builds towers that listen in forty counties.</p><p>Contact: A. Person</p>";
  const auto page = [&](std::string_view label) {
    return "<h1>Nine more towers</h1><div class=article-body>" + body + std::string{label} + note +
           "</div>";
  };
  CHECK(text_of(page("<h3>About Example Towers</h3>")) == text);
  CHECK(text_of(page("<p><strong>About Example Towers:</strong></p>")) == text);
  CHECK(text_of(page("<h3>Acerca de Example Towers</h3>")) == text);
  for (const std::string_view label : {"<h3>About the vote</h3>", "<h3>About Example Towers?</h3>",
                                       "<p>About Example Towers they say little.</p>"}) {
    CAPTURE(label);
    CHECK(text_of(page(label)).find("in forty counties") != std::string::npos);
  }
}

TEST_CASE("a notice of award in fixed type keeps its lines and sums") {
  const std::string notice =
      "<pre>Award  W00-23-0001\nValue  $4,000,000.00\nTo     Example Towers</pre>";
  const std::string text = text_of(page_with(notice));
  CHECK(text.find("\nValue $4,000,000.00\nTo Example Towers\n\n") != std::string::npos);
}

TEST_CASE("a box with more text than a few lines stays, however many labels it has") {
  std::string box = "<section>" + paragraph("Box: " + std::string{first} + std::string{second}) +
                    paragraph(std::string{third} + std::string{first} + std::string{second}) +
                    paragraph(std::string{second} + std::string{third} + std::string{third});
  for (int i = 0; i < 50; ++i) box += "<div>Related articles</div>";
  const std::string text = text_of(page_with("<div>" + box + "</section></div>"));
  CHECK(text.find("Box: The county") != std::string::npos);
}

}  // namespace stakeout
