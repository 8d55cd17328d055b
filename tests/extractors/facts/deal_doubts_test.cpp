#include "extractors/facts/deal_doubts.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/extractors/facts/claim_lines.h"

namespace stakeout {

TEST_CASE("what was not signed, is denied or only expected is no deal") {
  const std::string_view texts[] = {
      "[A Coast Office] has not signed a [M 800 $800] contract with [V Acme].",
      "[A Coast Office] hasn't yet signed a new five-year, [M 800 $800] contract with [V Acme].",
      "[A Coast Office] did not award a [M 800 $800] contract to [V Acme].",
      "[A Coast Office] has yet to sign a [M 800 $800] deal with [V Acme].",
      "[V Acme] was never awarded the [M 800 $800] contract with [A Coast Office].",
      "[V Acme] has denied that it signed a [M 800 $800] contract with [A Coast Office].",
      "[V Acme] denied it had won a [M 800 $800] contract from [A Coast Office].",
      "It is not true that [A Coast Office] signed a [M 800 $800] contract with [V Acme].",
      "No [M 800 $800] contract has been signed between [V Acme] and [A Coast Office].",
      "A [M 800 $800] contract with [V Acme] was not signed by [A Coast Office].",
      "[A Coast Office] has not signed a contract with [V Acme].",
      "[A Kuestenwache] hat den Vertrag ueber [M 800 800 Dollar] mit [V Acme] nicht "
      "unterschrieben.",
      "[A Guardia Norte] no ha firmado un contrato de [M 800 800 dolares] con [V Acme].",
      "[A Guardia Norte] non ha firmato un contratto da [M 800 800 dollari] con [V Acme].",
      "[V Acme] n'a pas obtenu un contrat de [M 800 800 dollars] avec [A Garde Nord].",
      "[V Acme] rose, as analysts expect a [M 800 $800] contract with [A Coast Office].",
      "Analysts expect [V Acme] to win a [M 800 $800] contract with [A Coast Office].",
      "[V Acme] hopes for a [M 800 $800] contract from [A Coast Office].",
      "[V Acme] is eyeing a large new contract with [A Coast Office].",
      "If [V Acme] wins the [M 800 $800] contract with [A Coast Office], it will hire.",
      "[V Acme] hofft auf einen Vertrag ueber [M 800 800 Dollar] mit [A Kuestenwache].",
      "[V Acme] espera un contrato de [M 800 800 dolares] con [A Guardia Norte].",
  };
  for (const std::string_view text : texts) {
    CAPTURE(text);
    CHECK(lines_of(text) == Lines{});
  }
}

TEST_CASE("a doubt about something else leaves a deal what it is") {
  const std::string_view texts[] = {
      "[V Acme] denied wrongdoing after it was awarded a [M 800 $800] contract by [A Coast "
      "Office].",
      "[A Coast Office] awarded [V Acme] a [M 800 $800] contract that has not yet been paid.",
      "As expected, [A Coast Office] awarded [V Acme] a [M 800 $800] contract.",
      "[V Acme] was awarded a [M 800 $800] contract by [A Coast Office], more than analysts "
      "expected.",
  };
  for (const std::string_view text : texts) {
    CAPTURE(text);
    CHECK(lines_of(text) == Lines{"Acme / Coast Office / 800 / awarded"});
  }
  const std::string_view signed_texts[] = {
      "[A Coast Office] expects the [M 800 $800] contract with [V Acme] to save lives.",
      "Critics say [A Coast Office] should not have signed a [M 800 $800] contract with [V Acme].",
      "The [M 800 $800] contract with [V Acme] was not signed by [A Coast Office] until May.",
      "A [M 800 $800] contract that was not put out to tender was signed with [V Acme] by [A Coast "
      "Office].",
      "[A Coast Office] not only signed a [M 800 $800] contract with [V Acme] but paid for boats.",
      "Although it held no tender, [A Coast Office] signed a [M 800 $800] contract with [V Acme].",
      "[A Coast Office] signed a contract with [V Acme] that shall in no event exceed [M 800 "
      "$800].",
      "[V Acme] did not say how it won a [M 800 $800] contract from [A Coast Office].",
      "[A Coast Office] did not deny that it signed a [M 800 $800] contract with [V Acme].",
      "[A Coast Office] hopes to fly drones under a [M 800 $800] contract with [V Acme].",
  };
  for (const std::string_view text : signed_texts) {
    CAPTURE(text);
    CHECK(lines_of(text) == Lines{"Acme / Coast Office / 800 / signed"});
  }
}

TEST_CASE("what a vendor is expected to win from an agency is proposed") {
  for (const std::string_view verb : {"is expected to win", "is likely to get", "could win"}) {
    CAPTURE(verb);
    CHECK(lines_of("[V Acme] " + std::string{verb} +
                   " a [M 800 $800] contract from [A Coast Office].") ==
          Lines{"Acme / Coast Office / 800 / proposed"});
  }
}

}  // namespace stakeout
