#include "extractors/stories/site_blocks.h"

#include <doctest/doctest.h>

#include "extractors/stories/furniture.h"
#include "extractors/text/prose.h"
#include "tests/support/site_texts.h"

namespace stakeout {
namespace {

struct SiteArticle {
  std::string title;
  std::string text;
};

StoryFingerprint fingerprint_of(const SiteArticle& article, const Prose& prose) {
  return make_fingerprint({"https://ledger.example/news", article.title, "", "", ""}, prose);
}

// What is left of an article, as its site has the others.
ParedText pare(const SiteArticle& article, const std::vector<SiteArticle>& site,
               const std::vector<LeftOut>& known = {}) {
  std::vector<StoryFingerprint> others;
  for (const SiteArticle& other : site) {
    const Prose prose{other.text};
    others.push_back(fingerprint_of(other, prose));
  }
  const Prose prose{article.text};
  StoryFingerprint fingerprint = fingerprint_of(article, prose);
  SiteFurniture furniture{fingerprint};
  for (const StoryFingerprint& other : others) furniture.count(other);
  furniture.count(fingerprint);
  mark_furniture(fingerprint, furniture);
  const auto blocks = cut_blocks(prose, fingerprint);
  return leave_out(article.text,
                   find_site_blocks({article.text, blocks, fingerprint, others, known}));
}

// Articles of their own words with one block in each of them.
std::vector<SiteArticle> site_with(const std::string& block, std::size_t count = 3) {
  std::vector<SiteArticle> site;
  for (std::size_t i = 1; i <= count; ++i) site.push_back({titles[i], own[i] + "\n\n" + block});
  return site;
}

const std::string standing =
    "Our readers also follow how Lanternfish Systems sold telephone tools to the border police.";

TEST_CASE("a block that three other articles of the site have is left out, and says how many") {
  const SiteArticle article{titles[0], own[0] + "\n\n" + standing};
  const ParedText pared = pare(article, site_with(standing));
  CHECK(pared.text == own[0]);
  REQUIRE(pared.left_out.size() == 1);
  CHECK(pared.left_out[0].text == "\n\n" + standing);
  CHECK(pared.left_out[0].articles == 3);
}

TEST_CASE("two other articles are no site") {
  const SiteArticle article{titles[0], own[0] + "\n\n" + standing};
  CHECK(pare(article, site_with(standing, 2)).text == article.text);
}

TEST_CASE("the same words within a paragraph of the article's own stay") {
  const SiteArticle article{titles[0], own[0] + " " + standing + " " + own[5]};
  CHECK(pare(article, site_with(standing)).text == article.text);
}

TEST_CASE("rows of other headlines and the heading above them are left out") {
  const std::string list =
      "Most read\n\nLanternfish wins border police contract\n\nFerry strike enters third week";
  const SiteArticle article{titles[0], own[0] + "\n\n" + list};
  const ParedText pared = pare(article, site_with(list));
  CHECK(pared.text == own[0]);
  CHECK(pared.left_out.size() == 3);
}

TEST_CASE("a sentence with other figures in each article is the article's") {
  const auto order = [](const std::string& sum) {
    return "The order with Lanternfish Systems is worth " + sum + " dollars over three years.";
  };
  std::vector<SiteArticle> site;
  for (std::size_t i = 1; i <= 4; ++i) {
    site.push_back({titles[i], own[i] + "\n\n" + order(std::to_string(2 * i + 5) + " million")});
  }
  const SiteArticle article{titles[0], own[0] + "\n\n" + order("12 million")};
  CHECK(pare(article, site).text == article.text);
}

TEST_CASE("what belongs to the article stays, although other articles have it") {
  const std::string about_it =
      "Lanternfish Systems signed a contract with the border police of Norland in September.";
  struct Case {
    std::string_view why;
    std::string title;
    std::string text;
    std::string block;
  };
  const Case cases[] = {
      {"a table's row", titles[0], own[0], "Contracting agency | Norland border police | Skagen"},
      {"background of the same matter", "Lanternfish loses appeal",
       "A court in Norland let the ruling against Lanternfish stand on Friday. " + own[0],
       about_it},
      {"a quotation", titles[0], own[0],
       "“We have looked at every single contract that this ministry has signed with makers of "
       "telephone tools over the past four years and found that none of them was ever put before "
       "parliament,” the auditor wrote."},
  };
  for (const auto& [why, title, text, block] : cases) {
    CAPTURE(why);
    const SiteArticle article{title, text + "\n\n" + block};
    CHECK(pare(article, site_with(block)).text == article.text);
  }
}

TEST_CASE("a sentence in the midst of the article stays until a third of the site has it") {
  const std::string refusal =
      "The border police of Norland declined to comment on any of these matters.";
  const auto around = [&](std::size_t i, const std::string& name) {
    return own[i % 6] + "\n\n" + refusal + "\n\nMore is to be told of this by the " + name +
           " who look after it, as soon as they have met.";
  };
  std::vector<SiteArticle> site;
  for (std::size_t i = 1; i <= 9; ++i) {
    const std::string number(i, 'x');
    const bool has_it = i <= 3;
    site.push_back({"Village " + number + " votes",
                    has_it ? around(i, number) : own[i % 6] + " It was so in " + number + "."});
  }
  const SiteArticle article{titles[0], around(0, "masons")};
  CHECK(pare(article, {site.begin(), site.begin() + 4}).text == article.text);
  CHECK(pare(article, site).left_out.size() == 1);
  site.push_back({"Mill burns", own[2] + " It had not been insured."});
  CHECK(pare(article, site).text == article.text);
}

TEST_CASE("what nearly all articles of a site have is furniture, whatever it speaks of") {
  const std::string about = "The Ledger of Norland is a newspaper that its readers in Norland own.";
  std::vector<SiteArticle> site;
  for (std::size_t i = 0; i < 9; ++i) {
    const std::string number(i + 1, 'x');
    site.push_back(
        {"Village " + number + " votes", own[i % 6] + " It was so in " + number + ".\n\n" + about});
  }
  const SiteArticle article{titles[0], "Norland lost a newspaper. " + own[0] + "\n\n" + about};
  CHECK(pare(article, site).left_out.size() == 1);
  site.resize(4);  // too few to tell what nearly all have
  CHECK(pare(article, site).left_out.empty());
}

TEST_CASE("copies of an article at other addresses of its site do not make it furniture") {
  const std::string story = own[0] + "\n\n" + own[1] + "\n\n" + own[2];
  std::vector<SiteArticle> site;
  for (const char* edition : {"Print edition.", "Mobile edition.", "Evening edition.", "Late."}) {
    site.push_back({titles[0], story + "\n\n" + edition});
  }
  const SiteArticle article{titles[0], own[3] + "\n\n" + story};
  CHECK(pare(article, site).text == article.text);
  SUBCASE("nor when each has another title, and hardly more than the story") {
    for (std::size_t i = 0; i < site.size(); ++i) site[i].title = titles[i + 1];
    const SiteArticle copy{titles[0], story};
    CHECK(pare(copy, site).text == story);
  }
}

TEST_CASE("an article of which hardly anything would be left is left alone") {
  const SiteArticle notice{titles[0], "The market is closed.\n\n" + standing};
  CHECK(pare(notice, site_with(standing)).text == notice.text);
}

TEST_CASE("what was left out of an article before stays out when its site has other furniture") {
  const SiteArticle article{titles[0], own[0] + "\n\n" + standing + "\n\n" + own[4]};
  const std::vector<LeftOut> known{{own[0].size(), "\n\n" + standing, 14}};
  const ParedText pared = pare(article, {}, known);
  CHECK(pared.text == own[0] + "\n\n" + own[4]);
  REQUIRE(pared.left_out.size() == 1);
  CHECK(pared.left_out[0].articles == 14);
}

TEST_CASE("of a text that is longer than its fingerprint the rest is kept") {
  std::string novel;
  for (std::size_t i = 0; i < 600; ++i) {
    novel += "Chapter" + std::to_string(i) + " brings quarrels, ferries and weddings.\n\n";
  }
  const SiteArticle article{titles[0], novel + standing};
  const Prose prose{article.text};
  const StoryFingerprint fingerprint = fingerprint_of(article, prose);
  REQUIRE(fingerprint.tokens.size() < fingerprint.text_tokens);
  const auto blocks = cut_blocks(prose, fingerprint);
  REQUIRE_FALSE(blocks.empty());
  CHECK(blocks.back().end < novel.size());
  CHECK(blocks.back().end_token <= fingerprint.tokens.size());
  CHECK(pare(article, site_with(standing)).text == article.text);
}

}  // namespace
}  // namespace stakeout
