// The states that a text reports of a deal, and when they came about.
#include <doctest/doctest.h>

#include "tests/extractors/facts/claim_lines.h"

using namespace stakeout;

namespace {

Lines history_of(const Claim& claim) {
  Lines lines;
  for (const StatusReport& report : claim.history) {
    lines.push_back(std::string{word_of(report.status)} + (report.again ? " again " : " ") +
                    day(report.on));
  }
  return lines;
}

// Of the one deal of a text that came out on September 1, 2024.
Lines history(std::string_view marked) {
  const auto claims = claims_of(MarkedText{marked}, "2024-09-01");
  REQUIRE(claims.size() == 1);
  return history_of(claims[0]);
}

constexpr std::string_view deal =
    "[A Coast Office] gave [V Acme] a [M 800 $800] contract on [D 2024-02-01 February 1]. ";

Lines history_after(std::string_view rest) {
  auto lines = history(std::string{deal} + std::string{rest});
  REQUIRE_FALSE(lines.empty());
  CHECK(lines.front() == "awarded 2024-02-01");
  lines.erase(lines.begin());
  return lines;
}

}  // namespace

TEST_CASE("an award that is upheld is told again, and is no day of signing") {
  const auto claims = claims_of(
      MarkedText{
          "[V Acme] remains the winner of a [M 800 $800] contract, the [A Coast Office] said "
          "on [D 2024-08-30 Friday]."},
      "2024-09-01");
  REQUIRE(claims.size() == 1);
  CHECK(history_of(claims[0]).back() == "awarded again 2024-08-30");
  CHECK_FALSE(claims[0].signed_on);
  CHECK(claims[0].status == Status::awarded);
}

TEST_CASE("who turns down a protest upholds the award, and does not deny the contract") {
  CHECK(history_after("The office rejected a protest over the contract.") ==
        Lines{"awarded again -"});
  CHECK(history_after("It turned down the loser's appeal.") == Lines{"awarded again -"});
  CHECK(history_after("The council rejected the contract.") == Lines{"denied -"});
}

TEST_CASE("a state takes the day on which it was told, or that the next sentence gives it") {
  CHECK(history_after(
            "The agency said on [D 2024-08-27 Tuesday] that it had terminated the contract.") ==
        Lines{"cancelled 2024-08-27"});
  CHECK(history_after("The agency terminated the contract. The decision is of [D 2024-08-20 August "
                      "20].") == Lines{"cancelled 2024-08-20"});
  CHECK(history_after(
            "The agency told reporters on [D 2024-08-27 Tuesday] that the contract had been "
            "terminated, effective [D 2024-12-31 December 31].") == Lines{"cancelled 2024-08-27"});
  // What was said long before does not say when it was.
  CHECK(
      history_after("The agency said, in a letter of [D 2024-03-01 March 1] signed by its director "
                    "and sent to all, that work had been halted.") == Lines{"stop_work -"});
}

TEST_CASE("of two days around one state the nearer one counts") {
  CHECK(
      history_after("The stop-work order, of [D 2024-04-12 April 12], was lifted on [D 2024-06-03 "
                    "June 3].") == Lines{"stop_work 2024-04-12", "resumed 2024-06-03"});
  CHECK(history_after("In [D 2024-04 April] or [D 2024-05 May] the order was lifted on "
                      "[D 2024-05-03 May 3].") == Lines{"resumed 2024-05-03"});
}

TEST_CASE("a state that came about twice is told twice, in the order of the days") {
  CHECK(history_after(
            "[V Acme] had the contract extended on [D 2024-08-05 August 5]. The contract with "
            "[V Acme] was first extended on [D 2024-05-05 May 5].") ==
        Lines{"extended 2024-05-05", "extended 2024-08-05"});
}

TEST_CASE("a text of one deal may speak of its changes by \"the contract\" and \"it\"") {
  CHECK(history_after("On [D 2024-05-05 May 5] the contract was extended by a year.") ==
        Lines{"extended 2024-05-05"});
  CHECK(history_after("On [D 2024-08-15 August 15] the agency terminated it.") ==
        Lines{"cancelled 2024-08-15"});
  // What the company does is no state of the deal.
  CHECK(history_after("The firm said it no longer worked with others.").empty());
}

TEST_CASE("the end of what held a deal up is no end of the deal") {
  const auto claims = claims_of(
      MarkedText{
          "[A Coast Office] gave [V Acme] a [M 800 $800] contract. The review of the contract "
          "with [V Acme] ended on [D 2024-08-15 August 15]."},
      "2024-09-01");
  REQUIRE(claims.size() == 1);
  CHECK(claims[0].status == Status::resumed);
  CHECK_FALSE(claims[0].ends_on);
}

TEST_CASE("a ceiling that is lifted is a change, and lifts no order") {
  CHECK(history_after("The ceiling of the contract with [V Acme] was lifted in "
                      "[D 2024-08 August].") == Lines{"modified 2024-08"});
}

TEST_CASE("the planned successor of a deal that is over is a deal of its own") {
  const auto lines = [](std::string_view rest) {
    Lines all;
    for (const Claim& claim : claims_of(
             MarkedText{"[A Coast Office] said on [D 2024-08-27 Tuesday] that it had cancelled its "
                        "[M 800 $800] contract with [V Acme]. " +
                        std::string{rest}},
             "2024-09-01")) {
      all.push_back(line_of(claim));
    }
    return all;
  };
  const std::string ended = "Acme / Coast Office / 800 / cancelled";
  CHECK(lines("It now plans to turn to several vendors, and will ask [V Bolt] and [V Acme] for "
              "offers.") == Lines{ended, "Acme / Coast Office / - / proposed"});
  CHECK(
      lines("Its successor is to be bigger. Offers will be invited from [V Bolt] and [V Cord].") ==
      Lines{ended, "Bolt / Coast Office / - / proposed"});
  // Nobody is asked, or nothing is planned.
  CHECK(lines("There will be no successor, [V Bolt] was told.") == Lines{ended});
  CHECK(lines("[V Bolt] had been invited to bid as well.") == Lines{ended});
}

TEST_CASE("where no deal is over there is no successor") {
  CHECK(
      lines_of(
          "[A Coast Office] signed a [M 800 $800] contract with [V Acme]. It will ask [V Bolt] for "
          "offers for its successor.") == Lines{"Acme / Coast Office / 800 / signed"});
}

TEST_CASE("a vote or a word of one, or of a few, denies no contract") {
  const std::string approved =
      "The [A Coast Council] approved a [M 800 $800] contract with [V Acme] on [D 2024-08-28 "
      "Wednesday]. ";
  const Lines signed_only{"signed 2024-08-28"};
  CHECK(history(approved + "Councilor Jo Lane voted against it.") == signed_only);
  CHECK(history(approved + "Two members voted against the contract.") == signed_only);
  CHECK(history(approved + "Three of the nine members voted against it.") == signed_only);
  CHECK(history(approved + "The mayor said he rejected the contract.") == signed_only);
  const Lines denied{"signed 2024-08-28", "denied -"};
  CHECK(history(approved + "Five of the nine members voted against the contract.") == denied);
  CHECK(history(approved + "The mayor vetoed the contract.") == denied);
  CHECK(history(approved + "The board rejected the contract.") == denied);
}

TEST_CASE("what is only asked for has not come about, and to reject it rejects no contract") {
  CHECK(history_after("Critics called for the contract to be cancelled.").empty());
  CHECK(history_after("A judge rejected a bid to end the contract.").empty());
  CHECK(history_after("An amendment to cancel the contract was rejected.").empty());
  CHECK(history_after("A union sued in a bid to have the contract voided.").empty());
  CHECK(history_after("Die Opposition forderte, dass der Vertrag gekündigt wird.").empty());
  CHECK(history_after("The board approved a motion to cancel the contract.") ==
        Lines{"cancelled -"});
  CHECK(history_after("After calls to end it, the office cancelled the contract.") ==
        Lines{"cancelled -"});
}

TEST_CASE("a denial before the signing is no last word, and that of another version is none") {
  const std::string approved =
      "The [A Coast Council] approved a [M 800 $800] contract with [V Acme] on [D 2024-08-28 "
      "Wednesday]. ";
  CHECK(history(approved + "The council had rejected the contract in [D 2024-05 May].") ==
        Lines{"denied 2024-05", "signed 2024-08-28"});
  CHECK(history(approved + "The council had rejected the contract twice.") ==
        Lines{"signed 2024-08-28"});
  CHECK(history(approved + "It had voted down an earlier version of the contract.") ==
        Lines{"signed 2024-08-28"});
  // What somebody says in the past is news.
  CHECK(history(approved + "The office said that the council had rejected the contract.") ==
        Lines{"signed 2024-08-28", "denied -"});
}
