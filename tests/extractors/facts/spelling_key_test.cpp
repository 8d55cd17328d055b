#include "extractors/facts/spelling_key.h"

#include <doctest/doctest.h>

#include "extractors/facts/alias_risk.h"

namespace stakeout {

TEST_CASE("the spellings of one name have one key, and other names have others") {
  CHECK(spelling_key("Acme Optics") == spelling_key("The ACME-Optics, Inc."));
  CHECK(spelling_key("Ácme Optics GmbH") == spelling_key("acme optics"));
  CHECK(spelling_key("Acme Optics") != spelling_key("Acme"));
  CHECK(spelling_key("Inc.") != "");
  CHECK(spelling_key(",") == "");
}

TEST_CASE("a legal suffix is cut off with its comma, and nothing else is") {
  CHECK(without_legal_suffix("Acme Optics, Inc.") == "Acme Optics");
  CHECK(without_legal_suffix("Acme Optics GmbH") == "Acme Optics");
  CHECK(without_legal_suffix("Acme U.S.") == "Acme U.S.");
  CHECK(without_legal_suffix("Inc.") == "Inc.");
  CHECK(without_legal_suffix("") == "");
}

TEST_CASE("short, common and ambiguous names are risky, and names of their own are not") {
  for (const char* risky : {"", "!", "AO", "Circles", "ice", "Palantir", "National Services"}) {
    CAPTURE(risky);
    CHECK(risk_of_alias(risky).has_value());
  }
  for (const char* good : {"Lanternfish", "DHS", "Acme Optics", "Central Intelligence Agency"}) {
    CAPTURE(good);
    CHECK_FALSE(risk_of_alias(good).has_value());
  }
}

}  // namespace stakeout
