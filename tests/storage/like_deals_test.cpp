// Deals of one pair that are like each other.
#include <algorithm>

#include <doctest/doctest.h>

#include "tests/storage/deal_claims.h"

using namespace stakeout;
using namespace stakeout::sample;

TEST_CASE("a term and the same with its options are of one deal, two terms of two") {
  const std::string day = "2024-10-07";
  const DealClaim base = with_term(report(day), "P1Y", "P5Y");
  struct Case {
    const char* what;
    DealClaim a, b;
    bool same;
  };
  const Case cases[] = {
      {"a base year with four option years, and five years", base, with_term(report(day), "P5Y"),
       true},
      {"in months", base, with_term(report(day), "P60M"), true},
      {"the base year alone", base, with_term(report(day), "P1Y"), true},
      {"another whole", base, with_term(report(day), "P3Y"), false},
      {"other options", base, with_term(report(day), "P2Y", "P4Y"), false},
      {"no options that are known", with_term(report(day), "P1Y"), with_term(report(day), "P5Y"),
       false},
      {"the end of the base year, and that of the options", ending(base, "2025-10-06"),
       ending(with_term(report(day), "P5Y"), "2029-10-06"), true},
      {"an end that no option leads to", ending(base, "2025-10-06"),
       ending(with_term(report(day), "P5Y"), "2027-10-06"), false},
      {"an end before that of the base year", ending(base, "2025-10-06"),
       ending(with_term(report(day), "P5Y"), "2021-10-06"), false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK(may_be_one_deal(c.a, c.b) == c.same);
    CHECK(may_be_one_deal(c.b, c.a) == c.same);
  }
}

TEST_CASE("two deals of one sum stay two where a text, a term or a number tells them apart") {
  const auto worth = [](const char* reported, const char* day, std::int64_t dollars = 1'000'000) {
    return signed_on(with_amount(report(reported), dollars), day);
  };
  const auto lasts = [](DealClaim c, const char* term) {
    c.term = term;
    return c;
  };
  const DealClaim early = worth("2024-10-02", "2024-10-01");
  const DealClaim late = worth("2024-11-01", "2024-10-31");
  // A text that tells both, and of each deal another.
  const auto told_by_one = [&](const DealClaim& a, DealClaim b) {
    b.article = a.article;
    b.revision = a.revision;
    return std::vector<DealClaim>{a, b};
  };
  struct Case {
    const char* what;
    std::vector<DealClaim> claims;
    std::vector<std::size_t> sizes;
  };
  std::vector<DealClaim> dated =
      told_by_one(worth("2024-11-05", "2024-10-01"), worth("2024-11-05", "2024-10-31"));
  dated.insert(dated.end(), {early, late});
  std::vector<DealClaim> summed = told_by_one(worth("2024-11-05", "2024-10-01", 4'000'000),
                                              worth("2024-11-05", "2024-10-01", 4'900'000));
  summed.insert(summed.end(), {worth("2024-10-02", "2024-10-01", 4'000'000),
                               worth("2024-10-02", "2024-10-01", 4'900'000)});
  const Case cases[] = {
      {"told apart by nothing", {early, late}, {2}},
      {"another term", {lasts(early, "P1Y"), lasts(late, "P3Y")}, {1, 1}},
      {"the same term in months", {lasts(early, "P1Y"), lasts(late, "P12M")}, {2}},
      {"another number", {award(early, "A-1"), award(late, "B-2")}, {1, 1}},
      {"a text tells both, with their days", dated, {2, 2}},
      {"a text tells both, with their sums", summed, {2, 2}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    std::vector<DealClaim> claims = c.claims;
    std::sort(claims.begin(), claims.end(),
              [](const auto& a, const auto& b) { return a.id < b.id; });
    do {
      std::vector<std::size_t> sizes;
      for (const auto& group : group_deals(claims, {})) {
        sizes.push_back(group.size());
        for (const std::size_t i : group) {
          const bool is_of_day =
              c.claims.size() < 4 || (claims[i].signed_on == claims[group.front()].signed_on &&
                                      claims[i].value == claims[group.front()].value);
          CHECK(is_of_day);
        }
      }
      CHECK(sizes == c.sizes);
    } while (std::next_permutation(claims.begin(), claims.end(),
                                   [](const auto& a, const auto& b) { return a.id < b.id; }));
  }
}
