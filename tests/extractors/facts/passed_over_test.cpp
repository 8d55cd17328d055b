// Why words of a text became no fact.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "extractors/facts/facts.h"
#include "extractors/facts/rule_notes.h"

namespace stakeout {
namespace {

const MentionFinder& finder() {
  static const MentionFinder mentions{
      Watchlist{parse_watchlist("kind,name,category,aliases,country,parent,context,wikidata\n"
                                "vendor,Borealis Optics,biometrics,Borealis,us,,camera|spyware,\n"
                                "vendor,Quillon Systems,spyware,,us,,,\n"
                                "vendor,Flock Safety,alpr,Flock,us,,camera,\n"
                                "agency,Springfield Border Guard,border,,us,,,\n",
                                "test")
                    .entities}};
  return mentions;
}

std::vector<PassedOver> passed_over(const std::string& text) {
  const Prose prose{text};
  const FactContext context{finder(), std::nullopt};
  return explain_passed_over(prose, context, extract_facts(prose, context));
}

// "name Borealis: needs-context by ..." of each, parted by "; ".
std::string told(const std::string& text) {
  std::string all;
  for (const PassedOver& passed : passed_over(text)) {
    all += (all.empty() ? "" : "; ") + passed.what + " " + passed.text + ": " + passed.rule;
    if (!passed.by.empty()) all += " by " + passed.by;
  }
  return all;
}

}  // namespace

TEST_CASE("what became no fact names the rule that kept it out and the words by which it did") {
  const struct {
    const char* text;
    const char* told;
  } cases[] = {
      {"Quillon Systems sells maps.", ""},
      {"The Springfield Border Guard awarded Quillon Systems a $3 million contract.", ""},
      {"The lights of Borealis shone.", "name Borealis: needs-context"},
      {"A Flock of sheep passed.", "name Flock: other-meaning by sheep"},
      {"Read www.Borealis.example today.", "name Borealis: in-address"},
      {"Quillon Systems was fined $4 million.", "sum $4 million: role-penalty"},
      {"Quillon Systems reported revenue of $4 million.", "sum $4 million: role-revenue"},
      {"Quillon Systems signed a contract.", "deal contract: no-buyer"},
      {"The Springfield Border Guard signed a contract.", "deal contract: no-vendor"},
      {"The Springfield Border Guard might buy maps from Quillon Systems.",
       "deal Springfield Border Guard might buy maps from Quillon Systems: hedged by might"},
      {"Quillon Systems had sued when the Springfield Border Guard signed a contract.",
       "deal contract: beaten by Quillon Systems"},
      {"The contract went to a rival of Quillon Systems at the Springfield Border Guard.",
       "deal contract: rival by Quillon Systems"},
      {"Quillon Systems sold a $2 million system to a supermarket.",
       "sum $2 million: private-buyer by supermarket"},
      {"Chiefs of the Springfield Border Guard met Quillon Systems.",
       "deal Springfield Border Guard met Quillon Systems: no-deal-words"},
      {"A lamp costs $40.", "sum $40: role-other"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.text);
    CHECK(told(each.text) == std::string{each.told});
  }
}

TEST_CASE("every rule that keeps words out says what it means, and in which table it stands") {
  for (const char* text : {"The lights of Borealis shone.", "A Flock of sheep passed for $40.",
                           "Quillon Systems signed a contract."}) {
    const auto all = passed_over(text);
    CHECK_FALSE(all.empty());
    for (const PassedOver& passed : all) {
      CHECK(note_of_passing(passed.rule).starts_with("data/passed_over.tsv: "));
    }
  }
  CHECK(note_of_passing("no such rule").empty());
}

TEST_CASE(
    "a name kept out says which context words would have let it in, and how often it stands") {
  const auto all = passed_over("The lights of Borealis shone.\n\nNobody saw Borealis again.");
  REQUIRE(all.size() == 1);
  CHECK(all.front().name == "Borealis Optics");
  CHECK(all.front().times == 2);
  CHECK(all.front().detail == "needs one of its context words: camera, spyware");
  CHECK(all.front().span == Span{14, 22});
}

TEST_CASE("a short name that counts says which context word let it in") {
  const Prose prose{"A spyware firm called Borealis met friends."};
  const auto mentions = finder().find(prose);
  REQUIRE(mentions.size() == 1);
  CHECK(mentions.front().reason == "alias \"Borealis\" near its context word: spyware");
}

TEST_CASE("words kept out are found in the text by their offsets") {
  const std::string text =
      "Café: Borealis ønsker. Quillon Systems was fined $4 million. A Flock of sheep passed; "
      "Quillon Systems had sued when the Springfield Border Guard signed a contract.";
  for (const PassedOver& passed : passed_over(text)) {
    std::size_t begin = 0;
    for (std::size_t point = 0; point < passed.span.start; ++point) {
      for (++begin; (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U; ++begin) {
      }
    }
    CHECK(text.substr(begin, passed.text.size()) == passed.text);
  }
}

}  // namespace stakeout
