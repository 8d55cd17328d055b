#include "extractors/facts/claims.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "extractors/facts/rule_notes.h"
#include "tests/extractors/facts/claim_lines.h"

namespace stakeout {

TEST_CASE("who buys from whom is read off the verb and the prepositions") {
  struct Case {
    std::string_view text;
    Lines lines;
  };
  const Case cases[] = {
      {"[A Coast Office] awarded [V Acme] a [M 5000000 $5 million] contract.",
       {"Acme / Coast Office / 5000000 / awarded"}},
      {"[V Acme] won a [M 5000000 $5 million] contract from [A Coast Office].",
       {"Acme / Coast Office / 5000000 / awarded"}},
      {"A [M 5000000 $5 million] contract was awarded to [V Acme] by [A Coast Office].",
       {"Acme / Coast Office / 5000000 / awarded"}},
      {"[A Coast Office] paid [V Acme] [M 90000 $90,000] for drones.",
       {"Acme / Coast Office / 90000 / signed"}},
      {"[A Coast Office] plans to buy drones from [V Acme] for [M 90000 $90,000].",
       {"Acme / Coast Office / 90000 / proposed"}},
      {"[A Coast Office] has bought drones from [V Acme].", {"Acme / Coast Office / - / signed"}},
      {"Die [A Kuestenwache] schloss mit [V Acme] einen Vertrag ueber [M 7000 7.000 Dollar].",
       {"Acme / Kuestenwache / 7000 / signed"}},
      {"[A Coast Office] a retenu [V Acme] pour un contrat de [M 7000 7000 dollars].",
       {"Acme / Coast Office / 7000 / awarded"}},
  };
  for (const auto& [text, lines] : cases) {
    CAPTURE(text);
    CHECK(lines_of(text) == lines);
  }
}

TEST_CASE("a rival, a loser or a past employer is no party") {
  struct Case {
    std::string_view text;
    Lines lines;
  };
  const Case cases[] = {
      {"[A Coast Office] chose [V Acme] over [V Bolt] for a [M 5000000 $5 million] contract.",
       {"Acme / Coast Office / 5000000 / awarded"}},
      {"Unlike its rival [V Bolt], [V Acme] has a [M 800 $800] deal with [A Coast Office].",
       {"Acme / Coast Office / 800 / signed"}},
      {"[V Bolt] lost. The [M 800 $800] contract with [A Coast Office] went to [V Acme].",
       {"Acme / Coast Office / 800 / awarded"}},
  };
  for (const auto& [text, lines] : cases) {
    CAPTURE(text);
    CHECK(lines_of(text) == lines);
  }
}

TEST_CASE("a sentence that tells of others takes no party from the text before it") {
  struct Case {
    std::string_view text;
    Lines lines;
  };
  const Case cases[] = {
      {"[A Coast Office] awarded [V Acme] a [M 5000000 $5 million] contract. San Felipe police "
       "bought "
       "drones for [M 700 $700].",
       {"Acme / Coast Office / 5000000 / awarded"}},
      {"[A Guardia Norte] compró drones a [V Acme]. [A Aduana] firmó con Talleres Unidos un "
       "contrato "
       "por [M 700 700 euros].",
       {"Acme / Guardia Norte / - / signed", "- / Aduana / 700 / signed"}},
      {"[A Coast Office] signed a [M 700 $700] contract for boats.\n\n[V Acme] has cancelled its "
       "contract "
       "with [A Harbour Office].",
       {"- / Coast Office / 700 / signed", "Acme / Harbour Office / - / cancelled"}},
      {"[V Acme] won a [M 5000000 $5 million] contract from [A Coast Office]. Its rival Nordlicht "
       "won "
       "a [M 700 $700] contract from [A Fire Office].",
       {"Acme / Coast Office / 5000000 / awarded", "- / Fire Office / 700 / awarded"}},
      {"[V Acme] has a contract with [A Coast Office]. Nordlicht signed a [M 700 $700] contract "
       "with "
       "[A Fire Office].",
       {"Acme / Coast Office / - / signed", "- / Fire Office / 700 / signed"}},
      {"[V Acme] has a contract with [A Coast Office]. [A Fire Office] awarded a [M 700 $700] "
       "contract "
       "to Nordlicht.",
       {"Acme / Coast Office / - / signed", "- / Fire Office / 700 / awarded"}},
      // The same with words that point back, or with nobody else.
      {"[A Coast Office] awarded [V Acme] a [M 5000000 $5 million] contract. The [A Fire Office] "
       "paid "
       "the company [M 700 $700] in May.",
       {"Acme / Coast Office / 5000000 / awarded", "Acme / Fire Office / 700 / signed"}},
  };
  for (const auto& [text, lines] : cases) {
    CAPTURE(text);
    CHECK(lines_of(text) == lines);
  }
}

TEST_CASE("a loser's offer and a payment that never was are no deal's value") {
  CHECK(lines_of("[A Coast Office] replaced [V Bolt], whose contract was worth [M 800 $800], with "
                 "boats from [V Acme].") == Lines{"Acme / Coast Office / - / signed"});
  CHECK(lines_of("[A Coast Office] never paid [V Acme] the [M 800 $800].").empty());
  CHECK(
      lines_of("[A Guardia] ha comprato da [V Acme] per [M 900 900 euro], mentre [V Bolt] ha perso "
               "con un'offerta di [M 800 800 euro].") == Lines{"Acme / Guardia / 900 / signed"});
}

TEST_CASE("money that is no contract value never makes a claim") {
  CHECK(lines_of("[A Privacy Office] fined [V Acme] [P 5000000 $5 million].").empty());
  CHECK(lines_of("[V Acme] sells drones in many countries, said [A Coast Office].").empty());
  CHECK(lines_of("The president signed an executive order; [V Acme] and [A Coast Office] did not "
                 "comment.")
            .empty());
}

TEST_CASE("sentences about one deal make one claim") {
  struct Case {
    std::string_view text;
    Lines lines;
  };
  const Case cases[] = {
      {"[A Coast Office] has signed a contract with [V Acme]. The deal is worth [M 800 $800].",
       {"Acme / Coast Office / 800 / signed"}},
      {"[A Coast Office] signs [M 800 $800] deal with [V Acme]\nThe contract with [V Acme], worth "
       "[M 800 $800], was signed by [A Coast Office].",
       {"Acme / Coast Office / 800 / signed"}},
      {"[A Coast Office] awarded [V Acme] a [M 800 $800] contract. It obligates [M 80 $80] now.",
       {"Acme / Coast Office / 800 / awarded"}},
      {"A [M 800 $800] contract of [A Coast Office] is out. The winner is [V Acme].",
       {"Acme / Coast Office / 800 / signed"}},
  };
  for (const auto& [text, lines] : cases) {
    CAPTURE(text);
    CHECK(lines_of(text) == lines);
  }
}

TEST_CASE("several deals are kept apart") {
  CHECK(
      lines_of("[A Coast Office] signed a [M 800 $800] contract with [V Acme]. An earlier contract "
               "between the two, from [D 2017 2017], was for [M 50 $50].") ==
      Lines{"Acme / Coast Office / 800 / signed", "Acme / Coast Office / 50 / signed"});
  CHECK(lines_of("[V Acme] has contracts with [A Coast Office] and [A Harbor Office].") ==
        Lines{"Acme / Coast Office / - / signed", "Acme / Harbor Office / - / signed"});
  CHECK(lines_of("[A Coast Office] bought drones from [V Acme] for [M 800 $800]. [A Harbor Office] "
                 "paid [V Bolt] [M 9000 $9,000] for boats.") ==
        Lines{"Acme / Coast Office / 800 / signed", "Bolt / Harbor Office / 9000 / signed"});
}

TEST_CASE("an award number is known by its shape or by the words before it") {
  struct Case {
    std::string_view number;
    std::string_view award_id;
  };
  const Case cases[] = {
      {"contract 70Z09925C00417", "70Z09925C00417"},
      {"order 12F09925C0000112", "12F09925C0000112"},
      {"contract (W999DY-24-C-0012)", "W999DY-24-C-0012"},
      {"order 2099H5-23-F-00123", "2099H5-23-F-00123"},
      {"schedule GS-99F-0119Y", "GS-99F-0119Y"},
      {"contract number XYZ-2024-17", "XYZ-2024-17"},
      {"contract No. 4600099999", "4600099999"},
      {"contract of 4600099999 pages", "-"},
      {"form XYZ-2024-17", "-"},
  };
  for (const auto& [number, award_id] : cases) {
    CAPTURE(number);
    const auto claims =
        claims_of(MarkedText{"[A Coast Office] signed a [M 800 $800] deal with [V Acme], " +
                             std::string{number} + ", last year."});
    REQUIRE(claims.size() == 1);
    CHECK(claims[0].award_id.value_or("-") == award_id);
  }
}

TEST_CASE("what shops, studios, clubs and unions agree on makes no claim") {
  CHECK(lines_of("The retailer bought cameras from [V Acme] for [M 800 $800].").empty());
  CHECK(lines_of("The union and [A Coast Office] signed a contract on pay worth [M 800 $800].")
            .empty());
  CHECK(lines_of("The rapper signed a [M 800 $800] deal. [A Coast Office] had paid him.").empty());
  CHECK(lines_of("The studio signed a [M 800 $800] deal for a film on [A Coast Office].").empty());
}

TEST_CASE("a sentence that names nobody goes on about the deal before it") {
  const auto claims = claims_of(MarkedText{
      "[A Coast Office] signed a [M 800 $800] contract with [V Acme]. It runs for [T P3Y three "
      "years]. It was signed in [D 2024-05 May]."});
  REQUIRE(claims.size() == 1);
  CHECK(claims[0].term == "P3Y");
  CHECK(day(claims[0].signed_on) == "2024-05");
}

TEST_CASE("records and the rows of tables are read by their labels") {
  const auto record = claims_of(
      MarkedText{"Contractor: [V Acme]\nAgency: [A Coast Office]\nAmount: [M 800 $800]\nAward ID: "
                 "70Z09925C00417\nStart date: [D 2024-05-02 2024-05-02]\nEnd date: [D 2025-05-01 "
                 "2025-05-01]"});
  REQUIRE(record.size() == 1);
  CHECK(line_of(record[0]) == "Acme / Coast Office / 800 / signed");
  CHECK(record[0].award_id == "70Z09925C00417");
  CHECK(day(record[0].starts_on) == "2024-05-02");
  CHECK(day(record[0].ends_on) == "2025-05-01");

  CHECK(lines_of("Date | Supplier | Buyer | Value\n[D 2024-05-02 2024-05-02] | [V Acme] | "
                 "[A Coast Office] | [M 800 $800]\n[D 2024-06-02 2024-06-02] | [V Bolt] | "
                 "[A Border Office] | [M 900 $900]") ==
        Lines{"Acme / Coast Office / 800 / signed", "Bolt / Border Office / 900 / signed"});
  CHECK(lines_of("Company: [V Acme]\nAuthority: [A Coast Office]\nDate: [D 2024-05-02 2024-05-02]\n"
                 "Fine: [P 800 $800]")
            .empty());
  CHECK(lines_of("Company | Authority | Fine\n[V Acme] | [A Coast Office] | [P 800 $800]").empty());
}

TEST_CASE("a vote to come and a vote against are told apart from a renewal") {
  CHECK(lines_of("[A Coast Office] is to vote on a [M 800 $800] renewal for [V Acme].") ==
        Lines{"Acme / Coast Office / 800 / proposed"});
  CHECK(lines_of("[A Coast Office] turned down a [M 800 $800] contract with [V Acme].") ==
        Lines{"Acme / Coast Office / 800 / denied"});
}

TEST_CASE("a price told in a few words is that of the deal before it") {
  CHECK(lines_of("[A Coast Office] renewed its licence from [V Acme]. Price: [M 800 $800].") ==
        Lines{"Acme / Coast Office / 800 / signed"});
}

TEST_CASE("as many award numbers as suppliers stand in the order of these") {
  const auto claims = claims_of(MarkedText{
      "[V Bolt LLC], Dale, Ohio; and [V Cord Corp.], Elm, Iowa, have been awarded a [M 900 $900] "
      "contract. [A Bolt Command] is the contracting activity (W123AB-24-D-0002 and "
      "W123AB-24-D-0003)."});
  REQUIRE(claims.size() == 2);
  CHECK(claims[0].award_id == "W123AB-24-D-0002");
  CHECK(claims[1].award_id == "W123AB-24-D-0003");
}

TEST_CASE("a ceiling is the value of a deal that has no other") {
  CHECK(lines_of("[V Acme] won a contract with a ceiling of [M 800 $800] from [A Coast Office].") ==
        Lines{"Acme / Coast Office / 800 / awarded"});
  CHECK(lines_of("[V Acme] won [M 500 $500] from [A Coast Office]; the contract has a ceiling of "
                 "[M 800 $800].") == Lines{"Acme / Coast Office / 500 / awarded"});
}

TEST_CASE("each seller of a shared award has a deal without a sum, too") {
  CHECK(lines_of("[A Coast Office] awarded the contract to [V Acme], [V Bolt] and [V Cord].") ==
        Lines{"Acme / Coast Office / - / awarded", "Bolt / Coast Office / - / awarded",
              "Cord / Coast Office / - / awarded"});
}

TEST_CASE("what nobody knows to have been bought makes no claim") {
  CHECK(lines_of("Lawmakers ask how much [A Coast Office] has spent on [V Acme].").empty());
  CHECK(lines_of("[A Coast Office] never bought drones from [V Acme].").empty());
}

TEST_CASE("an award notice is read paragraph by paragraph") {
  const auto claims = claims_of(MarkedText{
      "NAVY\n\n"
      "[V Acme Hulls Inc.], Portville, Maine, is awarded a [M 12345678 $12,345,678] "
      "firm-fixed-price "
      "contract for hulls. Funds of [M 500 $500] will be obligated at the time of award. Work is "
      "expected to be completed by [D 2027-06 June 2027]. [A Hull Command], Portville, Maine, is "
      "the "
      "contracting activity (N12345-24-C-0001).\n\n"
      "[V Bolt LLC], Dale, Ohio (W123AB-24-D-0002); and [V Cord Corp.], Elm, Iowa "
      "(W123AB-24-D-0003), "
      "have been awarded a [M 900 $900] modification to their contract. [A Bolt Command] is the "
      "contracting activity."});
  REQUIRE(claims.size() == 3);
  CHECK(line_of(claims[0]) == "Acme Hulls Inc. / Hull Command / 12345678 / awarded");
  CHECK(claims[0].award_id == "N12345-24-C-0001");
  CHECK(day(claims[0].ends_on) == "2027-06");
  CHECK(line_of(claims[1]) == "Bolt LLC / Bolt Command / 900 / modified");
  CHECK(claims[1].award_id == "W123AB-24-D-0002");
  CHECK(line_of(claims[2]) == "Cord Corp. / Bolt Command / 900 / modified");
  CHECK(claims[2].award_id == "W123AB-24-D-0003");
}

TEST_CASE("what opens with an article names no supplier of a notice") {
  CHECK(lines_of(
            "[A Coast Office] awarded [V Acme] a [M 800 $800] contract. The five-year, "
            "firm-fixed-price deal was awarded by the contracting office of [A Coast Office].") ==
        Lines{"Acme / Coast Office / 800 / awarded"});
}

TEST_CASE("a raise is told by its outcome, not by the step or by what was there before") {
  CHECK(
      lines_of("[A Coast Office] raised the ceiling of its contract with [V Acme] by [M 300 $300] "
               "to [M 800 $800]. The contract was originally worth [M 500 $500].") ==
      Lines{"Acme / Coast Office / 800 / modified"});
}

TEST_CASE("names that stand in another clause than the sum are no parties of it") {
  for (const std::string_view text : {
           "[A Coast Office] has spent [M 300 $300] on boats; [V Acme] was not mentioned.",
           "[V Acme] signed a [M 300 $300] deal with [V Bolt], while [A Coast Office] looked on.",
           "[V Acme] signed a [M 300 $300] agreement with [V Bolt], whose buyers are [A Coast "
           "Office].",
           "The market is worth [M 300 $300] a year, and [V Acme] leads it.",
       }) {
    CAPTURE(text);
    CHECK(lines_of(text).empty());
  }
}

TEST_CASE("a fine or sales in the sentence are told of, not the contract that they come from") {
  CHECK(lines_of(
            "[A Coast Office] fined [V Acme] [P 300 $300] over contracts with [A Harbor Office].")
            .empty());
}

TEST_CASE("without a buyer a sale is told where the words call it a deal") {
  CHECK(lines_of("[V Acme] won a [M 300 $300] contract.") == Lines{"Acme / - / 300 / awarded"});
  CHECK(lines_of("A captain who joined [V Acme] sold a boat for [M 300 $300].").empty());
}

TEST_CASE("what is added to a contract is not its value") {
  CHECK(lines_of("[A Coast Office] added [M 300 $300] to its contract with [V Acme].") ==
        Lines{"Acme / Coast Office / - / modified"});
}

TEST_CASE("a sum in a sentence that names nobody and speaks of no deal makes none") {
  CHECK(lines_of("[A Coast Office] signed a [M 800 $800] contract with [V Acme].\n\nNobody knows "
                 "who pays the lawyers' [M 300 $300].") ==
        Lines{"Acme / Coast Office / 800 / signed"});
}

TEST_CASE("of two rivals the one that is spoken of is the side of the deal") {
  CHECK(lines_of("[A Coast Office] paid [V Acme]'s rival [V Bolt] [M 800 $800].") ==
        Lines{"Bolt / Coast Office / 800 / signed"});
}

TEST_CASE("the subject of a sentence may stand far before its verb") {
  CHECK(lines_of("[V Acme Ltd.] (NASDAQ: ACME), a maker of boats with offices in nine countries "
                 "on two continents, said today that it has won an order of [M 800 $800].") ==
        Lines{"Acme Ltd. / - / 800 / awarded"});
}

TEST_CASE("several sums of one sentence go to the vendors right behind them") {
  CHECK(lines_of("[A Coast Office] signed for [M 800 $800] with [V Acme], for [M 300 $300] with [V "
                 "Bolt], whose boats are fast, and for [M 200 $200] with [V Cobalt].") ==
        Lines{"Acme / Coast Office / 800 / signed", "Bolt / Coast Office / 300 / signed",
              "Cobalt / Coast Office / 200 / signed"});
}

TEST_CASE("a list may repeat its preposition") {
  CHECK(lines_of("[A Coast Office] awarded a [M 800 $800] contract to [V Acme] and to [V Bolt].") ==
        Lines{"Acme / Coast Office / 800 / awarded", "Bolt / Coast Office / 800 / awarded"});
}

TEST_CASE("whom the agency picked may stand before it") {
  CHECK(
      lines_of("[V Acme] said on Friday that [A Coast Office] had picked it for an agreement. Its "
               "ceiling is [M 800 $800].") == Lines{"Acme / Coast Office / 800 / signed"});
}

TEST_CASE("what goes to a vendor comes from the agency that is spoken of") {
  CHECK(lines_of("[A Coast Office] asked for boats. The work has gone to [V Acme].") ==
        Lines{"Acme / Coast Office / - / awarded"});
}

TEST_CASE("a former deal has the sum that it had") {
  CHECK(lines_of("[A Coast Office] signed a [M 800 $800] contract with [V Acme]; the old one had "
                 "been worth [M 300 $300].") ==
        Lines{"Acme / Coast Office / 800 / signed", "Acme / Coast Office / 300 / signed"});
}

TEST_CASE("labels without a field part no record") {
  CHECK(lines_of("Customer: [A Coast Office]\nSupplier: [V Acme]\nItem: boats\nTotal: [M 800 "
                 "$800]") == Lines{"Acme / Coast Office / 800 / signed"});
}

TEST_CASE("a place may buy where the text speaks of a public body without a name") {
  CHECK(lines_of(
            "Springfield agreed on Friday to pay [M 800 $800] to [V Acme] for boats. The council "
            "waived bids.") == Lines{"Acme / - / 800 / signed"});
  CHECK(lines_of("Springfield agreed on Friday to pay [M 800 $800] to [V Acme] for boats. Nobody "
                 "waived bids.")
            .empty());
  CHECK(lines_of("[V Acme] makes boats. The mayor extended the city's [M 800 $800] contract.") ==
        Lines{"Acme / - / 800 / extended"});
  CHECK(lines_of("[V Acme] and [V Bolt] make boats. The mayor extended the city's [M 800 $800] "
                 "contract.")
            .empty());
}

TEST_CASE("a clause about a vendor ends at its comma") {
  CHECK(lines_of(
            "[V Acme], whose shares fell on their first day, has won a [M 800 $800] contract.") ==
        Lines{"Acme / - / 800 / awarded"});
}

TEST_CASE("a row of buyers before the verb has a deal each") {
  CHECK(lines_of("[V Acme] has several customers. [A Coast Office], [A Harbor Office] and [A River "
                 "Office] all have contracts with it.") ==
        Lines{"Acme / Coast Office / - / signed", "Acme / Harbor Office / - / signed",
              "Acme / River Office / - / signed"});
}

TEST_CASE("a row of names may end with others") {
  CHECK(lines_of("[A Coast Office], [A Harbor Office] ([A Harbor Office]) and others had bought "
                 "boats from [V Acme].") ==
        Lines{"Acme / Coast Office / - / signed", "Acme / Harbor Office / - / signed"});
}

TEST_CASE("a verb of deals outweighs a weak noun in its sentence") {
  CHECK(lines_of("[A Coast Office] picked [V Acme] to look after its boats; the losers found the "
                 "price too low, which nobody else in the whole wide harbor did.") ==
        Lines{"Acme / Coast Office / - / awarded"});
}

TEST_CASE("every field of a claim has its words and its rule") {
  const MarkedText marked{
      "Nobody asked. [A Coast Office=U.S. Coast Office] signed a [T P2Y two-year], [M 800 $800] "
      "contract with [V Acme] in [D 2024-03 March 2024]. More follows."};
  const auto claims = claims_of(marked);
  REQUIRE(claims.size() == 1);
  CHECK(claims[0].agency == "U.S. Coast Office");
  CHECK(claims[0].quote ==
        "Coast Office signed a two-year, $800 contract with Acme in March 2024.");
  CHECK(marked.text.substr(claims[0].evidence.start, claims[0].evidence.length()) ==
        claims[0].quote);
  std::string fields;
  std::string ties;
  for (const FieldEvidence& field : claims[0].fields) {
    fields += field.field + " ";
    CAPTURE(field.rule);
    CHECK_FALSE(note_of_rule(field.rule).empty());
    ties += "[" + field.tie + "]";
    CHECK(marked.text.substr(field.tie_span.start, field.tie_span.length()) == field.tie);
    CHECK(marked.text.substr(field.span.start, field.span.length()) == field.quote);
  }
  CHECK(fields == "vendor agency amount term signed status ");
  CHECK(ties == "[with][signed][contract][contract][signed][]");
  REQUIRE(claims[0].sentences.size() == 1);
  CHECK(claims[0].sentences[0].start == claims[0].evidence.start);
}

TEST_CASE("a rule is told with the table that holds it") {
  CHECK(note_of_rule("preposition").starts_with("data/deal_rules.tsv: a preposition"));
  CHECK(note_of_rule("seller-wins") == "data/deal_verbs.tsv: a verb of deals (seller awarded)");
  CHECK(note_of_rule("ends-cue, year of signing and term").ends_with("signing and term imply"));
  CHECK(note_of_rule("no-such-rule").empty());
}

}  // namespace stakeout
