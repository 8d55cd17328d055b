#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "extractors/facts/claims.h"
#include "tests/extractors/facts/claim_lines.h"

namespace stakeout {
namespace {

// "status day" of each state.
Lines states_of(const Claim& claim) {
  Lines lines;
  for (const StatusReport& report : claim.history) {
    lines.push_back(std::string{word_of(report.status)} + " " + day(report.on));
  }
  return lines;
}

struct TextCase {
  std::string_view text;
  Lines lines;
};

}  // namespace

TEST_CASE("a value that was raised or cut is the new one") {
  const TextCase cases[] = {
      {"[A Coast Office] has raised the value of its contract with [V Acme] from [M 12 $12] to "
       "[M 15 $15].",
       {"Acme / Coast Office / 15 / modified"}},
      {"[A Coast Office] raised the ceiling of its contract with [V Acme] from [M 12 $12] to about "
       "[M 15 $15].",
       {"Acme / Coast Office / 15 / modified"}},
      {"The contract between [A Coast Office] and [V Acme] was increased to [M 15 $15], up from "
       "[M 12 $12].",
       {"Acme / Coast Office / 15 / modified"}},
      {"[A Coast Office] cut its contract with [V Acme] from [M 12 $12] to [M 9 $9].",
       {"Acme / Coast Office / 9 / modified"}},
      {"[A Coast Office] reduced its contract with [V Acme] to [M 9 $9] from [M 12 $12].",
       {"Acme / Coast Office / 9 / modified"}},
      {"Die [A Kuestenwache] hat ihren Vertrag mit [V Acme] von [M 12 12 Dollar] auf [M 15 15 "
       "Dollar] angehoben.",
       {"Acme / Kuestenwache / 15 / modified"}},
      {"La [A Guardia Norte] hizo pasar su contrato con [V Acme] de [M 12 12 euros] a [M 15 15 "
       "euros].",
       {"Acme / Guardia Norte / 15 / modified"}},
      // Told before with the old value.
      {"[A Coast Office] has a [M 12 $12] contract with [V Acme]. In November it was increased to "
       "[M 15 $15].",
       {"Acme / Coast Office / 15 / modified"}},
      {"[A Coast Office] has a [M 12 $12] contract with [V Acme]. The office raised the value of "
       "the contract from [M 12 $12] to [M 15 $15].",
       {"Acme / Coast Office / 15 / modified"}},
      // It may come to that.
      {"[A Coast Office] has a [M 12 $12] contract with [V Acme]. It could be increased to "
       "[M 15 $15].",
       {"Acme / Coast Office / 12 / signed"}},
  };
  for (const auto& [text, lines] : cases) {
    CAPTURE(text);
    CHECK(lines_of(text) == lines);
  }
}

TEST_CASE("what is added to a contract is not its value") {
  const Lines whole{"Acme / Coast Office / 12 / modified"};
  CHECK(lines_of("[A Coast Office] added [M 3 $3] to its [M 12 $12] contract with [V Acme].") ==
        whole);
  CHECK(lines_of("[A Coast Office] has added [M 3 $3] to the [M 12 $12] contract with [V Acme].") ==
        whole);
}

TEST_CASE("the day of a change is not that of signing") {
  const auto claims = claims_of(
      MarkedText{"[A Coast Office] and [V Acme] signed a [M 12 $12] contract in [D 2024-05 May]. "
                 "The office raised the value of the contract from [M 12 $12] to [M 15 $15] on "
                 "[D 2024-08-19 August 19]."},
      "2024-09-01");
  REQUIRE(claims.size() == 1);
  CHECK(day(claims[0].signed_on) == "2024-05");
  CHECK(states_of(claims[0]) == Lines{"signed 2024-05", "modified 2024-08-19"});
  for (const std::string_view paper : {"a modification dated", "an amendment, dated"}) {
    CAPTURE(paper);
    const auto told = claims_of(
        MarkedText{"[A Coast Office] raised the value of its contract with [V Acme] to [M 15 $15], "
                   "according to " +
                   std::string{paper} + " [D 2024-08-19 August 19]."},
        "2024-09-01");
    REQUIRE(told.size() == 1);
    CHECK_FALSE(told[0].signed_on);
  }
}

TEST_CASE("a note about an error in the article reports no deal") {
  const std::string story =
      "[A Coast Office] signed a [M 39 $39] contract with [V Acme] in [D 2024-05 May].\n\n";
  const Lines only{"Acme / Coast Office / 39 / signed"};
  for (const std::string_view note : {
           "Correction: An earlier version of this article gave the value of the contract as "
           "[M 36 $36]. It is [M 39 $39].",
           "Editor's note: A previous version of this story incorrectly stated that the contract "
           "of [A Coast Office] with [V Acme] was for [M 36 $36].",
           "This article has been corrected. It misstated the sum that [A Coast Office] paid "
           "[V Acme] as [M 36 $36].",
           "Correction: [A Coast Office] paid [V Acme] [M 39 $39], not [M 36 $36].",
           "Korrektur: In einer ersten Fassung dieses Artikels hiess der Vertrag der [A Coast "
           "Office] mit [V Acme] [M 36 36 Dollar] schwer.",
           "Une version antérieure de cet article donnait [M 36 36 dollars] pour le contrat de "
           "[A Coast Office] avec [V Acme].",
       }) {
    CAPTURE(note);
    CHECK(lines_of(story + std::string{note}) == only);
    CHECK(lines_of(note).empty());
  }
  // An official notice may open with the word, too, and officers may be of it.
  CHECK(lines_of("Correction: [V Acme] was awarded a [M 36 $36] contract by [A Coast Office].") ==
        Lines{"Acme / Coast Office / 36 / awarded"});
  CHECK(lines_of("Correction officers of [A Coast Office] signed a [M 36 $36] contract with "
                 "[V Acme].") == Lines{"Acme / Coast Office / 36 / signed"});
}

TEST_CASE("by how long a contract is extended is not its term") {
  const auto term = [](std::string_view rest) {
    const auto claims = claims_of(MarkedText{
        "[A Coast Office] signed a [M 800 $800] contract with [V Acme]. " + std::string{rest}});
    REQUIRE(claims.size() == 1);
    return claims[0].term.value_or("-");
  };
  CHECK(term("The office extended the contract by [T P1Y one year].") == "-");
  CHECK(term("The office extended the contract for another [T P1Y year].") == "-");
  CHECK(term("The office approved a [T P1Y one-year] extension of the contract.") == "-");
  CHECK(term("The office extended the contract by [T P1Y one year]. It runs for [T P2Y two "
             "years].") == "P2Y");
  CHECK(term("The office extended the contract by [T P1Y one year], for another [M 200 $200] for "
             "the year.") == "-");
  // What has a sum of its own is a deal of its own.
  const auto own =
      claims_of(MarkedText{"[A Coast Office] extended its contract with [V Acme] by [T P1Y one "
                           "year] for [M 200 $200]."});
  REQUIRE(own.size() == 1);
  CHECK(own[0].term == "P1Y");
}

TEST_CASE("the day on which an order was lifted is not that of the order") {
  for (const std::string_view order : {"its stop-work order", "the stop work order"}) {
    CAPTURE(order);
    const auto claims = claims_of(
        MarkedText{"[A Coast Office] signed a [M 800 $800] contract with [V Acme]. The office "
                   "issued a stop-work order. It lifted " +
                   std::string{order} + " on [D 2024-08-24 Saturday]."},
        "2024-09-01");
    REQUIRE(claims.size() == 1);
    CHECK(states_of(claims[0]) == Lines{"signed -", "stop_work -", "resumed 2024-08-24"});
  }
}

TEST_CASE("the day on which a cancellation takes effect is the end") {
  for (const std::string_view rest :
       {"The office has cancelled the contract, effective [D 2024-09-30 September 30].",
        "The office cancelled the contract. The cancellation takes effect on [D 2024-09-30 "
        "September 30]."}) {
    CAPTURE(rest);
    const auto claims = claims_of(
        MarkedText{"[A Coast Office] signed a [M 800 $800] contract with [V Acme] in [D 2024-05 "
                   "May]. " +
                   std::string{rest}},
        "2024-09-01");
    REQUIRE(claims.size() == 1);
    CHECK(day(claims[0].ends_on) == "2024-09-30");
    CHECK_FALSE(claims[0].starts_on);
  }
}

TEST_CASE("a deal that is only mentioned beside another takes nothing from it") {
  const auto claims = claims_of(
      MarkedText{"[A Coast Office] approved a [M 36 $36] contract with [V Acme]. The office also "
                 "signed a [M 2 $2] training contract with [V Acme]. The [T P1Y one-year] training "
                 "contract was signed on [D 2024-08-21 August 21], the day on which the council "
                 "ratified the first agreement of [M 36 $36]."},
      "2024-09-01");
  REQUIRE(claims.size() == 2);
  CHECK_FALSE(claims[0].term);
  CHECK_FALSE(claims[0].signed_on);
  CHECK(claims[1].term == "P1Y");
  CHECK(day(claims[1].signed_on) == "2024-08-21");
}

TEST_CASE("a sentence about a deal without a claim gives nothing to the one that it mentions") {
  const auto claims = claims_of(
      MarkedText{"[A Coast Office] approved a [M 36 $36] contract with [V Acme]. The [T P1Y "
                 "one-year] training contract was signed on [D 2024-08-21 August 21], the day on "
                 "which the council ratified the first agreement of [M 36 $36]."},
      "2024-09-01");
  REQUIRE(claims.size() == 1);
  CHECK_FALSE(claims[0].term);
  CHECK_FALSE(claims[0].signed_on);
}

TEST_CASE("what the contract is worth under a modification of it is its new value") {
  const TextCase cases[] = {
      {"[V Acme] won a [M 10 $10] contract with [A Coast Office]. A modification dated January 12: "
       "the contract is worth [M 14 $14].",
       {"Acme / Coast Office / 14 / modified"}},
      {"[V Acme] won a [M 10 $10] contract with [A Coast Office]. Under the second amendment, the "
       "contract is worth [M 14 $14].",
       {"Acme / Coast Office / 14 / modified"}},
      // What the modification itself costs.
      {"[V Acme] won a [M 10 $10] contract with [A Coast Office]. The modification of the contract "
       "is worth [M 3 $3].",
       {"Acme / Coast Office / 10 / awarded"}},
  };
  for (const auto& [text, lines] : cases) {
    CAPTURE(text);
    CHECK(lines_of(text) == lines);
  }
}

TEST_CASE("who denies it denies what the sentence before reports, and nothing further off") {
  const TextCase cases[] = {
      {"[A Coast Office] has signed a [M 800 $800] contract with [V Acme], a newspaper said. The "
       "office denies it.",
       {"Acme / Coast Office / 800 / denied"}},
      {"[A Coast Office] has a [M 800 $800] contract with [V Acme], a newspaper said. The office "
       "denied the report.",
       {"Acme / Coast Office / 800 / denied"}},
      {"[A Coast Office] signed a [M 800 $800] contract with [V Acme]. Staff said that they were "
       "watched. The office denies it.",
       {"Acme / Coast Office / 800 / signed"}},
      {"[A Coast Office] signed a [M 800 $800] contract with [V Acme]. The firm denies it broke "
       "the "
       "law.",
       {"Acme / Coast Office / 800 / signed"}},
      {"[A Coast Office] signed a [M 800 $800] contract with [V Acme], invoices show. The office "
       "denies it.",
       {"Acme / Coast Office / 800 / signed"}},
  };
  for (const auto& [text, lines] : cases) {
    CAPTURE(text);
    CHECK(lines_of(text) == lines);
  }
}

TEST_CASE("a deal that papers show is not denied by who denies it") {
  const TextCase cases[] = {
      {"[A Coast Office] paid [V Acme] [M 800 $800], invoices show. The sheriff denied having a "
       "contract with the firm.",
       {"Acme / Coast Office / 800 / signed"}},
      {"According to records [A Coast Office] signed a [M 800 $800] contract with [V Acme]. There "
       "is no such contract, a spokesman said.",
       {"Acme / Coast Office / 800 / signed"}},
      {"[A Coast Office] denies that it has a contract with [V Acme].",
       {"Acme / Coast Office / - / denied"}},
      {"[A Coast Office] is to sign a [M 800 $800] contract with [V Acme], records show. The "
       "council rejected the contract.",
       {"Acme / Coast Office / 800 / denied"}},
  };
  for (const auto& [text, lines] : cases) {
    CAPTURE(text);
    CHECK(lines_of(text) == lines);
  }
}

TEST_CASE("options are no term, and the term with all of them is told beside it") {
  struct Case {
    std::string_view deal;
    std::string_view longest;
  };
  const Case cases[] = {
      {"a [T P1Y one-year] contract with four option years", "P5Y"},
      {"a [T P1Y one-year] contract with an option year", "P2Y"},
      {"a [T P2Y two-year] contract with three [T P1Y one-year] extension options", "P5Y"},
      {"a contract with a [T P1Y one-year] base period and 4 [T P12M 12-month] options", "P5Y"},
      {"a [T P6M six-month] contract with six option months", "P1Y"},
      {"a [T P1Y one-year] contract with an option to buy more", "-"},
      {"a [T P1Y one-year] contract", "-"},
      {"a [T P30D 30-day] contract with two option years", "-"},
  };
  for (const auto& [deal, longest] : cases) {
    CAPTURE(deal);
    const auto claims = claims_of(MarkedText{"[A Coast Office] signed " + std::string{deal} +
                                             " with [V Acme], worth [M 800 $800]."});
    REQUIRE(claims.size() == 1);
    std::string told = "-";
    for (const FieldEvidence& field : claims[0].fields) {
      if (field.field == "options") told = field.value;
    }
    CHECK(told == longest);
    CHECK(claims[0].term != longest);
  }
}

}  // namespace stakeout
