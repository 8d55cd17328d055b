#include "extractors/facts/facts.h"

#include <string>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

const MentionFinder& finder() {
  static const MentionFinder mentions{Watchlist{{
      {EntityKind::vendor, "Acme Optics", "spyware", {}, "", "", {}, ""},
      {EntityKind::agency, "Coast Office", "border", {}, "", "", {}, ""},
  }}};
  return mentions;
}

Facts facts_of(std::string_view text) {
  return extract_facts(text, {finder(), std::nullopt});
}

}  // namespace

TEST_CASE("an empty text has no facts") {
  const Facts facts = facts_of("");
  CHECK(facts.mentions.empty());
  CHECK(facts.money.empty());
  CHECK(facts.claims.empty());
}

TEST_CASE("offsets count code points of the text as it is") {
  const Facts facts = facts_of("\n  Çà et là: Acme Optics, €5 million.");
  REQUIRE(facts.mentions.size() == 1);
  CHECK(facts.mentions[0].span == Span{13, 24});
  REQUIRE(facts.money.size() == 1);
  CHECK(facts.money[0].span == Span{26, 36});
}

TEST_CASE("a telephone number and a round count are no money") {
  CHECK(facts_of("Call Acme Optics at +1 555 010 0199. It has 1000's of friends.").money.empty());
}

TEST_CASE("ill-formed UTF-8 does no harm") {
  const Facts facts = facts_of("\xFF\xC3 Acme Optics \xE2\x82");
  REQUIRE(facts.mentions.size() == 1);
  CHECK(facts.mentions[0].text == "Acme Optics");
}

}  // namespace stakeout
