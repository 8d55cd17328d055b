#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "extractors/facts/claims.h"
#include "tests/extractors/facts/claim_lines.h"

namespace stakeout {

TEST_CASE("the status is the last state that the text reports") {
  struct Case {
    std::string_view rest;
    std::string_view status;
  };
  const Case cases[] = {
      {"", "signed"},
      {"The contract is under review.", "under_review"},
      {"A stop-work order was issued so that the contract could be put under review.", "stop_work"},
      {"A stop-work order followed. Now the agency has lifted the stop-work order.", "resumed"},
      {"The agency terminated the contract.", "cancelled"},
      {"The agency could cancel the contract.", "signed"},
      {"The contract has expired.", "expired"},
      {"The contract has not expired.", "signed"},
      {"The agency let its contract with the firm lapse.", "expired"},
      {"There is no such contract, a spokesman said.", "denied"},
      {"A judge told the agency to stop work under the contract.", "stop_work"},
      {"The match resumed when the rain was over.", "signed"},
      {"The agency halted the work. It resumed when the review was over.", "resumed"},
      {"The contract was reactivated.", "resumed"},
      {"The agency refused to cancel the contract.", "signed"},
      {"Lawmakers want the Coast Office to cancel the contract.", "signed"},
      {"The contract can be terminated at any time.", "signed"},
      {"Der Vertrag kann um ein Jahr verlängert werden.", "signed"},
      {"Le contrat peut être prolongé d'un an.", "signed"},
      {"El contrato puede ser prorrogado un año.", "signed"},
  };
  for (const auto& [rest, status] : cases) {
    CAPTURE(rest);
    const auto claims = claims_of(MarkedText{
        "[A Coast Office] signed a [M 800 $800] contract with [V Acme]. " + std::string{rest}});
    REQUIRE(claims.size() == 1);
    CHECK(word_of(claims[0].status.value()) == status);
  }
}

TEST_CASE("a day of signing stays one beside a report that has a day of its own") {
  const auto claims =
      claims_of(MarkedText{"[V Acme] signed a [M 800 $800] contract with [A Coast Office] on [D "
                           "2024-02-24 February 24], "
                           "according to a record published late on [D 2024-03-01 Friday]."});
  REQUIRE(claims.size() == 1);
  REQUIRE(claims[0].signed_on);
  CHECK(to_string(*claims[0].signed_on) == "2024-02-24");
}

TEST_CASE("the states of a deal are told in their order, each with the day that stands by it") {
  const auto history = [](std::string_view rest) {
    const auto claims =
        claims_of(MarkedText{"[A Coast Office] signed a [M 800 $800] contract with [V Acme] on "
                             "[D 2024-02-01 February 1, 2024]. " +
                             std::string{rest}},
                  "2024-09-01");
    REQUIRE(claims.size() == 1);
    Lines lines;
    for (const StatusReport& report : claims[0].history) {
      lines.push_back(std::string{word_of(report.status)} + " " + day(report.on));
    }
    return lines;
  };
  CHECK(history("") == Lines{"signed 2024-02-01"});
  CHECK(history("On [D 2024-08-30 August 30] the agency lifted the stop-work order, which it had "
                "sent out on [D 2024-03-08 March 8].") ==
        Lines{"signed 2024-02-01", "resumed 2024-08-30"});
  CHECK(history("It sent out a stop-work order on [D 2024-03-08 March 8]. The contract has since "
                "been terminated.") ==
        Lines{"signed 2024-02-01", "stop_work 2024-03-08", "cancelled -"});
  // The pause that an order to stop work brings is that stop.
  CHECK(history("On [D 2024-03-08 March 8] the contract was frozen by a stop-work order.") ==
        Lines{"signed 2024-02-01", "stop_work 2024-03-08"});
  // A date that belongs to another noun or verb is no day of the state.
  CHECK(history("The work was halted under her [D 2023-03 March 2023] order.") ==
        Lines{"signed 2024-02-01", "stop_work -"});
  CHECK(history("It lifted the stop-work order imposed [D 2023 last year].") ==
        Lines{"signed 2024-02-01", "resumed -"});
  // Nothing has happened yet on a day to come.
  CHECK(history("The agency terminated the contract on [D 2024-12-31 December 31, 2024].") ==
        Lines{"signed 2024-02-01", "cancelled -"});
}

TEST_CASE("dates and terms go to the field that the words beside them name") {
  const auto claims = claims_of(MarkedText{
      "[A Coast Office] signed a [T P2Y two-year], [M 800 $800] contract with [V Acme] in "
      "[D 2024-03 March 2024]. The contract starts on [D 2024-04-01 April 1, 2024] and "
      "runs until [D 2026-03-31 March 31, 2026]. [V Acme] was founded in [D 1999 1999]."});
  REQUIRE(claims.size() == 1);
  CHECK(claims[0].term == "P2Y");
  CHECK(day(claims[0].signed_on) == "2024-03");
  CHECK(day(claims[0].starts_on) == "2024-04-01");
  CHECK(day(claims[0].ends_on) == "2026-03-31");
}

TEST_CASE("the words for a term are known in other languages") {
  const std::string_view cases[] = {
      "[A Kuestenwache] schloss mit [V Acme] einen Vertrag, der [M 800 $800] kostet und [T P3Y "
      "drei "
      "Jahre] gilt. Der Vertrag hat eine Laufzeit von [T P3Y drei Jahren].",
      "[A Coast Office] a conclu avec [V Acme] un contrat de [M 800 $800] pour une duree de "
      "[T P3Y trois ans].",
      "[A Coast Office] ha adjudicado a [V Acme] un contrato de [M 800 $800] con vigencia de "
      "[T P3Y tres anos].",
      "[A Coast Office] ha assegnato a [V Acme] un appalto da [M 800 $800] della durata di "
      "[T P3Y tre anni].",
      "[A Coast Office] ha firmato con [V Acme] un contratto [T P3Y triennale] da [M 800 $800].",
      "[A Coast Office] a conclu avec [V Acme] un contrat de [T P3Y trois ans] et de [M 800 $800].",
      "[A Coast Office] assinou com [V Acme] um contrato de [M 800 $800] por um prazo de "
      "[T P3Y tres anos].",
      "[A Kustwacht] tekende met [V Acme] een contract van [M 800 $800] met een looptijd van "
      "[T P3Y drie jaar].",
  };
  for (const std::string_view text : cases) {
    CAPTURE(text);
    const auto claims = claims_of(MarkedText{text});
    REQUIRE(claims.size() == 1);
    CHECK(claims[0].term == "P3Y");
  }
}

TEST_CASE("a last day without a year takes the year of signing and term") {
  struct Case {
    std::string_view text;
    std::string_view ends;
  };
  const Case cases[] = {
      {"A [T P1Y one-year] [M 800 $800] contract that [V Acme] signed in [D 2021-10 October 2021] "
       "with [A Coast Office] is under review. The contract runs out on October 4.",
       "2022-10-04"},
      {"A [T P1Y one-year] [M 800 $800] contract that [V Acme] signed in [D 2021-10 October 2021] "
       "with [A Coast Office] is under review. The contract runs out on [D 2021-10-04 October 4].",
       "2022-10-04"},
      {"A [M 800 $800] contract that [V Acme] signed with [A Coast Office] runs out on October 4.",
       "-"},
  };
  for (const auto& [text, ends] : cases) {
    CAPTURE(text);
    const auto claims = claims_of(MarkedText{text});
    REQUIRE(claims.size() == 1);
    CHECK(day(claims[0].ends_on) == ends);
  }
}

TEST_CASE("two deals with one sum stay two when they were signed on other days") {
  CHECK(lines_of("[A Coast Office] signed a [M 800 $800] contract with [V Acme] in [D 2019 2019]. "
                 "In [D 2021 2021] [A Coast Office] signed a [M 800 $800] contract with [V Acme].")
            .size() == 2);
  CHECK(lines_of("On [D 2021-05-03 May 3] [A Coast Office] paid [V Acme] [M 800 $800] for a "
                 "licence. On [D 2021-08-09 August 9] [A Border Office] paid [V Acme] [M 800 $800] "
                 "for a licence.") ==
        Lines{"Acme / Coast Office / 800 / signed", "Acme / Border Office / 800 / signed"});
  CHECK(lines_of("[A Coast Office] signed a [M 800 $800] contract with [V Acme] in [D 2021 2021]. "
                 "The [M 800 $800] contract with [V Acme] was signed in [D 2021-05 May].")
            .size() == 1);
}

TEST_CASE("the day of signing goes before the day of the announcement") {
  const auto claims = claims_of(
      MarkedText{"A [M 800 $800] contract with [V Acme], announced on [D 2024-05-06 May 6], was "
                 "signed by [A Coast Office] on [D 2024-05-02 May 2]."});
  REQUIRE(claims.size() == 1);
  CHECK(day(claims[0].signed_on) == "2024-05-02");
}

TEST_CASE("a term and a sum before the word for the deal are both its own") {
  const auto claims = claims_of(MarkedText{
      "[A Coast Office] approved a [T P5Y five-year], [M 1900000 $1.9 million] agreement with "
      "[V Acme]."});
  REQUIRE(claims.size() == 1);
  CHECK(claims[0].term == "P5Y");
}

TEST_CASE("a day of signing may stand far from its verb, and the day of an order is none") {
  const auto signed_on = [](std::string_view text) {
    const auto claims = claims_of(MarkedText{text}, "2025-03-12");
    return claims.size() == 1 ? day(claims[0].signed_on) : "no claim";
  };
  CHECK(
      signed_on("[V Acme] signed a [M 800 $800], [T P2Y two-year] contract with [A Coast Office of "
                "the Western Harbours and Rivers] on [D 2025-02-24 February 24, 2025].") ==
      "2025-02-24");
  CHECK(signed_on(
            "[A Coast Office] signed a [M 800 $800] contract with [V Acme]. A stop-work order "
            "followed. The order, dated [D 2025-03-03 March 3, 2025], gives it a month.") == "-");
}

TEST_CASE("a date without a verb of its own is that of the deal whose word stands near") {
  const auto claims = claims_of(MarkedText{
      "The largest contract between [V Acme] and [A Coast Office], in [D 2015 2015], was for "
      "[M 800 $800]."});
  REQUIRE(claims.size() == 1);
  CHECK(day(claims[0].signed_on) == "2015");
}

TEST_CASE("a day that opens a sentence is that of the state that it tells") {
  const auto claims = claims_of(
      MarkedText{"[A Coast Office] signed a [M 800 $800] contract with [V Acme]. On [D 2025-03-10 "
                 "Monday], the ministry that oversees it and its boats issued a stop-work order."},
      "2025-03-12");
  REQUIRE(claims.size() == 1);
  REQUIRE(claims[0].history.size() == 2);
  CHECK(day(claims[0].history[1].on) == "2025-03-10");
}

TEST_CASE("the only deal of a text runs from and to the days that a sentence apart tells") {
  const auto claims = claims_of(MarkedText{
      "[A Coast Office] signed a [M 800 $800] contract with [V Acme].\n\nBoats are slow.\n\n"
      "The agreement takes effect on [D 2025-03-10 March 10] and expires on [D 2026-03-09 March 9, "
      "2026]. The dock opened on [D 2024-03-10 March 10, 2024]."});
  REQUIRE(claims.size() == 1);
  CHECK(day(claims[0].starts_on) == "2025-03-10");
  CHECK(day(claims[0].ends_on) == "2026-03-09");
}

TEST_CASE("of two days in a sentence the one nearer to the deal is that of its signing") {
  const auto claims = claims_of(MarkedText{
      "In [D 2024-08 August 2024] auditors found that [A Coast Office] had handed [V Acme] [M 800 "
      "$800] in [D 2019 2019]."});
  REQUIRE(claims.size() == 1);
  CHECK(day(claims[0].signed_on) == "2019");
}

TEST_CASE("of two days of signing that agree the closer one counts") {
  const auto claims = claims_of(MarkedText{
      "[A Coast Office] signed a [M 800 $800] contract with [V Acme] in [D 2024 2024]. The "
      "contract "
      "was signed on [D 2024-03-04 March 4, 2024], not on [D 2023-03-04 March 4, 2023]."});
  REQUIRE(claims.size() == 1);
  CHECK(day(claims[0].signed_on) == "2024-03-04");
}

TEST_CASE("a contract is extended in the sentence that names its vendor, or in its own") {
  CHECK(lines_of("[A Coast Office] extended its contract with [V Acme]. The contract is worth "
                 "[M 800 $800].") == Lines{"Acme / Coast Office / 800 / extended"});
  CHECK(lines_of("[A Coast Office] signed a [M 800 $800] contract with [V Acme]. It also extended "
                 "the opening hours.") == Lines{"Acme / Coast Office / 800 / signed"});
}

TEST_CASE("the day of an end or of telling is no day of signing") {
  const std::string_view texts[] = {
      "[V Acme] won a [M 800 $800] contract from [A Coast Office], officials said on [D 2024-05-03 "
      "Friday].",
      "[A Coast Office] disclosed its [M 800 $800] contract with [V Acme] on [D 2024-05-03 "
      "Friday].",
      "[A Kuestenwache] hatte den Vertrag ueber [M 800 800 Dollar] mit [V Acme] am [D 2024-05-03 "
      "Freitag] bekannt gemacht.",
      "[A Coast Office] cancelled its [M 800 $800] contract with [V Acme] on [D 2024-05-03 May 3, "
      "2024] and will pay a fee.",
  };
  for (const std::string_view text : texts) {
    CAPTURE(text);
    const auto claims = claims_of(MarkedText{text}, "2024-05-06");
    REQUIRE(claims.size() == 1);
    CHECK(day(claims[0].signed_on) == "-");
  }
}

TEST_CASE("the end of one deal is no day of the deal that follows it") {
  const auto claims = claims_of(
      MarkedText{"[A Coast Office] cancelled its [M 800 $800] contract with [V Bolt] on [D "
                 "2024-05-03 May 3, 2024] and will pay [V Acme] [M 9000 $9,000] instead."},
      "2024-05-06");
  REQUIRE(claims.size() == 2);
  CHECK(day(claims[0].ends_on) == "2024-05-03");
  CHECK(day(claims[1].signed_on) == "-");
  CHECK(day(claims[1].ends_on) == "-");
}

TEST_CASE("an award keeps its own day beside those who tell of it") {
  const auto claims =
      claims_of(MarkedText{"[A Coast Office] awarded [V Acme] a [M 800 $800] contract on [D "
                           "2024-05-03 Friday], officials said."},
                "2024-05-06");
  REQUIRE(claims.size() == 1);
  CHECK(day(claims[0].signed_on) == "2024-05-03");
}

TEST_CASE("a term is counted from the day behind it") {
  for (const std::string_view lead : {"from", "as of", "starting", "ab", "vom", "a partir de"}) {
    CAPTURE(lead);
    const auto claims = claims_of(
        MarkedText{"[A Coast Office] signed a [M 800 $800] contract with [V Acme] for [T P3Y three "
                   "years] " +
                   std::string{lead} + " [D 2025-01-01 January 1, 2025]."},
        "2024-05-06");
    REQUIRE(claims.size() == 1);
    CHECK(day(claims[0].starts_on) == "2025-01-01");
    CHECK(day(claims[0].signed_on) == "-");
  }
}

}  // namespace stakeout
