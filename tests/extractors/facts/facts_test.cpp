#include "extractors/facts/facts.h"

#include <set>
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

// "Bdca": a name of its own for each number below 26^3.
std::string name_of(std::size_t number) {
  std::string name = "B";
  for (int i = 0; i < 3; ++i, number /= 26) name += static_cast<char>('a' + number % 26);
  return name;
}

// `count` sentences, each of which states a deal of its own.
std::string many_deals(std::size_t count, std::string_view end) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += name_of(i) + " Inc. won a $" + std::to_string(5 + 7 * i) +
            " million contract from the Coast Office" + std::string{end};
  }
  return text;
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

TEST_CASE("a page of four hundred deals loses none") {
  const Facts facts = facts_of(many_deals(400, ".\n"));
  std::set<std::string> vendors;
  for (const Claim& claim : facts.claims) vendors.insert(claim.vendor.value_or(""));
  CHECK(facts.claims.size() == 400);
  CHECK(vendors.size() == 400);
}

TEST_CASE("of a text of six thousand deals the first thousand are kept") {
  const Facts facts = facts_of(many_deals(6000, ".\n"));
  CHECK(facts.mentions.size() == 10'000);
  CHECK(facts.money.size() == 6000);
  REQUIRE(facts.claims.size() == 1000);
  CHECK(facts.claims.front().vendor == name_of(0) + " Inc.");
  CHECK(facts.claims.back().vendor == name_of(999) + " Inc.");
}

TEST_CASE("deals by the thousand on one line make a thousand claims at most") {
  for (const std::string_view end : {". ", " and "}) {
    CAPTURE(end);
    const Facts facts = facts_of(many_deals(2000, end));
    CHECK(facts.claims.size() > 800);
    CHECK(facts.claims.size() <= 1000);
  }
}

TEST_CASE("a deal beyond the first hundred thousand tokens makes no claim") {
  const std::string deal = "Acme Optics won a $5 million contract from the Coast Office.\n";
  const auto behind = [&](std::size_t words) {
    std::string text;
    for (std::size_t i = 0; i < words; ++i) text += "grass\n";
    return facts_of(text + deal);
  };
  CHECK(behind(99'000).claims.size() == 1);
  const Facts facts = behind(100'000);
  CHECK(facts.claims.empty());
  CHECK(facts.mentions.size() == 2);
  CHECK(facts.money.size() == 1);
}

TEST_CASE("a claim quotes no more than the words around, however long the line is") {
  std::string text;
  while (text.size() < 100'000) text += "the long grass ";
  text += "Acme Optics won a $5 million contract from the Coast Office ";
  while (text.size() < 200'000) text += "and the grass ";
  const Facts facts = facts_of(text);
  REQUIRE(facts.claims.size() == 1);
  CHECK(facts.claims[0].vendor == "Acme Optics");
  CHECK(facts.claims[0].quote.size() < 20'000);
}

}  // namespace stakeout
