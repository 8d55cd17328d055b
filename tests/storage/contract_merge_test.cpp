#include "storage/contract_merge.h"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "storage/claim_threads.h"
#include "storage/deal_reasons.h"
#include "storage/deal_rules.h"
#include "tests/storage/deal_claims.h"

using namespace stakeout;
using namespace stakeout::sample;

TEST_CASE("two claims are of one deal when nothing speaks against it") {
  const std::string day = "2024-10-07";
  const DealClaim plain = report(day);
  const DealClaim two_million = with_amount(report(day), 2'000'000);
  struct Case {
    const char* what;
    DealClaim a, b;
    bool same;
  };
  const Case cases[] = {
      {"nothing but the parties", plain, report(day), true},
      {"an agency and the body above it", plain, report(day, {ministry}), true},
      {"two bodies side by side", plain, report(day, {rail, ministry}), false},
      {"an agency that is not known", plain, report(day, {}), true},
      {"equal amounts", two_million, with_amount(report(day), 2'000'000), true},
      {"a rounded amount", two_million, with_amount(report(day), 1'987'654), true},
      {"amounts that only start alike", two_million, with_amount(report(day), 2'600'000), false},
      {"an amount and none", two_million, plain, true},
      {"the day and the month of signing", signed_on(plain, "2024-09-27"),
       signed_on(report(day), "2024-09"), true},
      {"signed in other years", signed_on(plain, "2023"), signed_on(report(day), "2024-09"), false},
      {"signed three days apart", signed_on(plain, "2024-09-27"),
       signed_on(report(day), "2024-09-30"), true},
      {"one award number, two spellings", award(plain, "70-AB 12"), award(report(day), "70AB12"),
       true},
      {"two award numbers", award(two_million, "70AB12"),
       award(with_amount(report(day), 2'000'000), "70AB13"), false},
      {"one award number, other amounts", award(two_million, "7"),
       award(with_amount(report(day), 9'000'000), "7"), true},
      {"reported as signed before it was signed", in_state(report("2023-01-05"), Status::signed_),
       signed_on(report(day), "2024-09-27"), false},
      {"a plan, then the deal", in_state(report("2024-01-01"), Status::proposed),
       in_state(report(day), Status::signed_), true},
      {"a plan after the deal", in_state(report("2024-12-01"), Status::proposed),
       in_state(report(day), Status::signed_), false},
      {"a plan beside a cancelled deal", in_state(report("2024-01-01"), Status::proposed),
       in_state(report(day), Status::cancelled), false},
      {"a plan that was denied", in_state(report("2024-01-01"), Status::proposed),
       in_state(report(day), Status::denied), true},
      {"approved and signed a month apart, for one sum", signed_on(two_million, "2024-08-27"),
       signed_on(with_amount(report(day), 2'000'000), "2024-09-27"), true},
      {"signed a month apart, for sums that are alike", signed_on(two_million, "2024-08-27"),
       signed_on(with_amount(report(day), 1'987'654), "2024-09-27"), false},
      {"signed on one day, a tenth apart", signed_on(two_million, "2024-09-27"),
       signed_on(with_amount(report(day), 2'200'000), "2024-09-27"), true},
      {"signed on one day, half as much again", signed_on(two_million, "2024-09-27"),
       signed_on(with_amount(report(day), 3'000'000), "2024-09-27"), false},
      {"signed, and renewed on a later day", signed_on(two_million, "2023-09-27"),
       renewed(report(day), "2024-09-27"), true},
      {"signed, and renewed for the same sum", signed_on(two_million, "2023-09-27"),
       renewed(with_amount(report(day), 2'000'000), "2024-09-27"), true},
      {"signed, and renewed for another sum", signed_on(two_million, "2023-09-27"),
       renewed(with_amount(report(day), 3'000'000), "2024-09-27"), false},
      {"renewed before it was signed", signed_on(two_million, "2024-09-27"),
       renewed(report(day), "2023-09-27"), false},
  };
  for (const auto& [what, a, b, same] : cases) {
    CAPTURE(what);
    CHECK(may_be_one_deal(a, b) == same);
    CHECK(may_be_one_deal(b, a) == same);
  }
}

TEST_CASE("a sum that was raised ties those who tell it to those who told the sum before") {
  const DealClaim begun = signed_on(with_amount(report("2023-05-16"), 250), "2023-05-15");
  DealClaim raised =
      in_state(signed_on(with_amount(report("2024-01-10"), 365), "2023-05"), Status::modified);
  const DealClaim after = with_amount(report("2025-02-20"), 365);
  const DealClaim other = with_amount(report("2025-02-20"), 500);
  CHECK(group_deals({begun, raised, after}, {}).size() == 1);
  CHECK(group_deals({after, raised, begun}, {}).size() == 1);
  CHECK(group_deals({begun, raised, other}, {}).size() == 2);
  CHECK(group_deals({begun, after}, {}).size() == 2);
}

TEST_CASE("sums that are near each other are of one deal only where they were told at once") {
  const DealClaim signed_53 = signed_on(with_amount(report("2024-06-04"), 53), "2024-06-03");
  const DealClaim near = with_amount(report("2024-06-05"), 49);
  CHECK(group_deals({signed_53, near}, {}).size() == 1);
  CHECK(group_deals({near, signed_53, with_amount(report("2024-08-05"), 49)}, {}).size() == 1);
  CHECK(group_deals({signed_53, with_amount(report("2024-06-05"), 29)}, {}).size() == 2);
  CHECK(group_deals({signed_53, with_amount(report("2024-06-25"), 49)}, {}).size() == 2);
  CHECK(group_deals({signed_53, signed_on(near, "2024-05-03")}, {}).size() == 2);
  CHECK(group_deals({signed_53, near}, {{0, 1, false}}).size() == 2);
  DealClaim beside = near;
  beside.revision = signed_53.revision;
  beside.article = signed_53.article;
  CHECK(group_deals({signed_53, beside, with_amount(report("2024-06-05"), 49)}, {}).size() == 2);
}

TEST_CASE("each claim says what ties it to its deal") {
  struct Case {
    DealClaim claim;
    const char* reason;
  };
  const DealClaim first =
      award(signed_on(with_amount(report("2024-06-04"), 5'300'000), "2024-06-03"), "AB-12");
  const Case cases[] = {
      {award(report("2024-07-04"), "ab12"), "the award number"},
      {signed_on(with_amount(report("2024-07-04"), 5'300'000), "2024-06"),
       "the sum and the day of signing"},
      {with_amount(report("2024-07-04"), 5'300'000), "the sum"},
      {with_amount(report("2024-07-04"), 5'000'000), "the sum, rounded"},
      {with_amount(report("2024-06-05"), 4'900'000), "a sum near that, told otherwise"},
      {signed_on(report("2024-07-04"), "2024-06-03"), "the day of signing"},
      {signed_on(report("2024-07-04"), "2024-06-05"), "signed within 2 days of the deal"},
      {report("2024-07-04"), "the parties, and nothing against it"},
      {report("2024-07-04", {}), "a party, and nothing against it"},
  };
  const std::string of = " of article " + std::to_string(first.article);
  for (const auto& [claim, reason] : cases) {
    CAPTURE(reason);
    const std::vector<DealClaim> claims = {first, claim};
    auto reasons = reasons_of(claims, {0, 1}, {});
    CHECK(reasons.front() == "the first report");
    reasons.back().erase(reasons.back().find(of), of.size());
    CHECK(reasons.back() == reason);
    CHECK(reasons_of(claims, {0, 1}, {{1, 0, true}}).back() == "a person's word: the deal" + of);
    CHECK(reasons_of(claims, {1}, {{1, 0, false}}).front() ==
          "the first report; by a person's word not the deal" + of);
  }
}

TEST_CASE("two claims of one text are two deals, and a third joins the one it is like") {
  std::vector<DealClaim> claims = {
      with_amount(report("2024-10-07"), 2'000'000), with_amount(report("2024-10-07"), 5'000'000),
      with_amount(report("2024-10-09"), 5'000'000), report("2024-10-10")};
  claims[1].revision = claims[0].revision;
  claims[1].article = claims[0].article;
  const auto groups = group_deals(claims, {});
  REQUIRE(groups.size() == 2);
  for (const auto& group : groups) {
    const std::size_t expected = claims[group[0]].value == usd(2'000'000) ? 1 : 3;
    CHECK(group.size() == expected);
  }
}

TEST_CASE("a claim of one party makes a deal only with an amount or a number") {
  CHECK(group_deals({report("2024-10-07", {})}, {}).empty());
  CHECK(group_deals({with_amount(report("2024-10-07", {}), 100)}, {}).size() == 1);
  CHECK(
      group_deals({report("2024-10-07", {}), with_amount(report("2024-10-07"), 100)}, {}).size() ==
      1);
}

TEST_CASE("what no current text says is no deal") {
  DealClaim old = report("2024-10-07");
  old.current = false;
  CHECK(group_deals({old}, {}).empty());
}

TEST_CASE("a person's rulings outrank the rules") {
  const std::vector<DealClaim> claims = {with_amount(report("2024-10-07"), 2'000'000),
                                         with_amount(report("2024-10-07"), 5'000'000),
                                         with_amount(report("2024-10-08"), 5'000'000)};
  CHECK(group_deals(claims, {}).size() == 2);
  CHECK(group_deals(claims, {{0, 1, true}}).size() == 1);
  CHECK(group_deals(claims, {{2, 1, false}}).size() == 3);
}

TEST_CASE("of contradicting values the one of most stories counts, then the most precise") {
  std::vector<DealClaim> claims = {
      signed_on(with_amount(report("2024-10-01"), 2'000'000), "2024"),
      signed_on(with_amount(report("2024-10-02"), 1'987'654), "2024-09-27"),
      signed_on(with_amount(report("2024-10-03"), 2'000'000), "2024-09")};
  const MergedDeal deal = merged(claims);
  CHECK(deal.value == usd(1'987'654));  // all agree, as far as they go
  CHECK(deal.signed_on == date("2024-09-27"));

  claims[1].term = "P2Y";
  claims[0].term = claims[2].term = "P1Y";
  CHECK(merged(claims).term == "P1Y");
  claims[2].story = claims[0].story;  // a copy does not count again; now the first report does
  CHECK(merged(claims).term == "P1Y");
}

TEST_CASE("a modification changes amount and end, with the old values kept") {
  DealClaim before = signed_on(with_amount(report("2024-10-01"), 2'000'000), "2024-09-27");
  before.ends_on = date("2025-09-27");
  DealClaim after = in_state(signed_on(with_amount(report("2025-06-01"), 3'500'000), "2024-09-27"),
                             Status::modified);
  after.ends_on = date("2026-09-27");
  CHECK(may_be_one_deal(before, after));
  const MergedDeal deal = merged({before, after});
  CHECK(deal.value == usd(3'500'000));
  CHECK(deal.ends_on == date("2026-09-27"));
  CHECK(told(deal.events) == Lines{"status - > signed 2024-09-27", "status signed > modified -",
                                   "amount 2000000000 > 3500000000 -",
                                   "ends_on 2025-09-27 > 2026-09-27 -"});
}

TEST_CASE("a deal that a later revision words in another way stays that deal") {
  struct Case {
    const char* what;
    std::vector<DealClaim> before, after;
    std::vector<std::size_t> lengths;  // of the threads
  };
  const auto plain = [] { return report("2025-03-03"); };
  const auto worth = [&](std::int64_t dollars) { return with_amount(plain(), dollars); };
  const Case cases[] = {
      {"the same words", {worth(500)}, {worth(500)}, {2}},
      {"another amount", {worth(12'345)}, {worth(13'245)}, {2}},
      {"another amount under one number", {award(worth(500), "7")}, {award(worth(900), "7")}, {2}},
      {"another number for one amount", {award(worth(500), "7")}, {award(worth(500), "8")}, {2}},
      {"another number and amount", {award(worth(500), "7")}, {award(worth(900), "8")}, {1, 1}},
      {"another amount and day of signing",
       {signed_on(worth(500), "2024-01")},
       {signed_on(worth(900), "2025-02")},
       {1, 1}},
      {"a deal of another agency",
       {worth(500)},
       {with_amount(report("2025-03-03", {rail}), 500)},
       {1, 1}},
      {"a deal more", {worth(500)}, {worth(500), worth(900)}, {2, 1}},
      {"one of two corrected", {worth(500), worth(900)}, {worth(1'300), worth(500)}, {2, 2}},
      {"both of two corrected", {worth(500), worth(900)}, {worth(600), worth(2'000)}, {1, 1, 1, 1}},
      {"taken back", {worth(500)}, {}, {1}},
  };
  for (const auto& [what, before, after, lengths] : cases) {
    CAPTURE(what);
    std::vector<DealClaim> claims = before;
    for (DealClaim& c : claims) c.revision = 1, c.current = false;
    claims.insert(claims.end(), after.begin(), after.end());
    std::vector<const DealClaim*> pointers;
    for (DealClaim& c : claims) {
      c.article = 1;
      if (c.current) c.revision = 2;
      pointers.push_back(&c);
    }
    std::vector<std::size_t> found;
    for (const ClaimThread& thread : claim_threads(pointers)) found.push_back(thread.size());
    std::sort(found.rbegin(), found.rend());
    CHECK(found == lengths);
  }
}

namespace {

// The revisions of one article, by day.
std::vector<DealClaim> revisions(std::vector<DealClaim> claims) {
  for (DealClaim& c : claims) {
    c.article = c.story = claims.front().article;
    c.current = &c == &claims.back();
  }
  return claims;
}

std::vector<DealClaim> together(std::vector<DealClaim> a, const std::vector<DealClaim>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// The one deal that the claims make, in whichever order they come.
MergedDeal only_deal(std::vector<DealClaim> claims) {
  std::optional<MergedDeal> deal;
  std::sort(claims.begin(), claims.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  do {
    const auto groups = group_deals(claims, {});
    REQUIRE(groups.size() == 1);
    std::vector<const DealClaim*> members;
    for (const std::size_t i : groups.front()) members.push_back(&claims[i]);
    const MergedDeal found = merge_deal(members);
    if (deal) {
      CHECK(told(found.events) == told(deal->events));
      CHECK(found.value == deal->value);
    }
    deal = found;
  } while (std::next_permutation(claims.begin(), claims.end(),
                                 [](const auto& a, const auto& b) { return a.id < b.id; }));
  return *deal;
}

DealClaim lasting(DealClaim c, const std::string& term) {
  c.term = term;
  return c;
}

}  // namespace

TEST_CASE("an article that corrects itself changes the deal, with the old value kept") {
  const auto day = [](const char* d) { return report(d); };
  struct Case {
    const char* what;
    std::vector<DealClaim> claims;
    Lines events;
  };
  const auto worth = [&](const char* d, std::int64_t dollars) {
    return with_amount(day(d), dollars);
  };
  const std::vector<DealClaim> amount =
      revisions({worth("2025-03-03", 12'345), worth("2025-03-04", 13'245)});
  const Lines corrected = {"amount 12345000 > 13245000 -"};
  const Case cases[] = {
      {"an amount", amount, corrected},
      {"twice",
       revisions(
           {worth("2025-03-03", 12'345), worth("2025-03-04", 13'245), worth("2025-03-05", 13'254)}),
       {"amount 12345000 > 13245000 -", "amount 13245000 > 13254000 -"}},
      {"and then only its spelling",
       revisions(
           {worth("2025-03-03", 12'345), worth("2025-03-04", 13'245), worth("2025-03-05", 13'245)}),
       corrected},
      {"made more precise",
       revisions({worth("2025-03-03", 2'000'000), worth("2025-03-04", 1'987'654)}),
       {}},
      {"what others have copied", together(amount, {worth("2025-03-03", 12'345)}), corrected},
      {"before others reported it", together(amount, {worth("2025-03-05", 13'245)}), corrected},
      {"between others who say the one and the other",
       together(amount, {worth("2025-03-03", 12'345), worth("2025-03-05", 13'245)}), corrected},
      {"what two articles correct",
       together(amount, revisions({worth("2025-03-03", 12'345), worth("2025-03-05", 13'245)})),
       corrected},
      {"to what the others said all along",
       together(amount, {worth("2025-03-02", 13'245), worth("2025-03-03", 13'245)}),
       {}},
      {"an end",
       revisions({ending(worth("2025-03-03", 5), "2026-03-02"),
                  ending(worth("2025-03-04", 5), "2027-03-02")}),
       {"ends_on 2026-03-02 > 2027-03-02 -"}},
      {"a term",
       revisions({lasting(worth("2025-03-03", 5), "P1Y"), lasting(worth("2025-03-04", 5), "P2Y")}),
       {"term P1Y > P2Y -"}},
      {"a day of signing",
       revisions({signed_on(worth("2025-03-03", 5), "2025-01-03"),
                  signed_on(worth("2025-03-04", 5), "2025-02-03")}),
       {"status - > signed 2025-02-03", "signed_on 2025-01-03 > 2025-02-03 -"}},
      {"an award number",
       revisions({award(worth("2025-03-03", 5), "7"), award(worth("2025-03-04", 5), "8")}),
       {"award_id 7 > 8 -"}},
  };
  for (const auto& [what, claims, events] : cases) {
    CAPTURE(what);
    const MergedDeal deal = only_deal(claims);
    CHECK(told(deal.events) == events);
    for (const DealEvent& event : deal.events) {
      CHECK(event.sources.front() == EventSource{event.article, event.before.has_value()});
    }
  }
}

TEST_CASE("a state that an article takes back gives way to the one in its place") {
  const auto state = [](const char* day, Status s) { return in_state(report(day), s); };
  struct Case {
    const char* what;
    std::vector<DealClaim> claims;
    Lines events;
    Status status;
  };
  const std::vector<DealClaim> denied_end =
      revisions({state("2025-03-03", Status::cancelled), state("2025-03-04", Status::signed_)});
  const Case cases[] = {
      {"an end that was none",
       denied_end,
       {"status - > cancelled -", "status cancelled > signed -"},
       Status::signed_},
      {"and stays so in the next revision",
       revisions({state("2025-03-03", Status::cancelled), state("2025-03-04", Status::signed_),
                  state("2025-03-05", Status::signed_)}),
       {"status - > cancelled -", "status cancelled > signed -"},
       Status::signed_},
      {"an end that others report later",
       together(denied_end, {state("2025-05-05", Status::cancelled)}),
       {"status - > cancelled -", "status cancelled > signed -", "status signed > cancelled -"},
       Status::cancelled},
      {"an end that others reported before",
       together(denied_end, {state("2025-03-03", Status::cancelled)}),
       {"status - > cancelled -", "status cancelled > signed -"},
       Status::signed_},
      {"a signing that was a plan",
       revisions({state("2025-03-03", Status::signed_), state("2025-03-04", Status::proposed)}),
       {"status - > signed -", "status signed > proposed -"},
       Status::proposed},
      {"an end of a page that is dated later than it was corrected",
       revisions({state("2025-03-05", Status::cancelled), state("2025-03-04", Status::signed_)}),
       {"status - > cancelled -", "status cancelled > signed -"},
       Status::signed_},
      {"a stop that is news",
       revisions({state("2025-03-03", Status::signed_), state("2025-03-04", Status::stop_work)}),
       {"status - > signed -", "status signed > stop_work -"},
       Status::stop_work},
      {"an end that was a stop",
       revisions({state("2025-03-03", Status::cancelled), state("2025-03-04", Status::stop_work)}),
       {"status - > cancelled -", "status cancelled > stop_work -"},
       Status::stop_work},
  };
  for (const auto& [what, claims, events, status] : cases) {
    CAPTURE(what);
    const MergedDeal deal = only_deal(claims);
    CHECK(told(deal.events) == events);
    CHECK(deal.status == status);
    CHECK(deal.events.back().quote == claims.back().quote);
  }
}

TEST_CASE("what an article takes back is no deal, and no voice in one that others report") {
  DealClaim taken_back = in_state(with_amount(report("2025-03-03"), 500), Status::cancelled);
  taken_back.current = false;
  CHECK(group_deals({taken_back}, {}).empty());
  const std::vector<DealClaim> claims = {taken_back, with_amount(report("2025-03-04"), 500)};
  const auto groups = group_deals(claims, {});
  REQUIRE(groups.size() == 1);
  CHECK(groups.front() == std::vector<std::size_t>{1});
}

TEST_CASE("two deals of one text stay two through its revisions") {
  std::vector<DealClaim> claims = {with_amount(report("2025-03-03"), 500), report("2025-03-03"),
                                   with_amount(report("2025-03-04"), 500), report("2025-03-04")};
  for (std::size_t i = 0; i < claims.size(); ++i) {
    claims[i].article = claims[i].story = 1;
    claims[i].revision = i < 2 ? 1 : 2;
    claims[i].current = i >= 2;
  }
  CHECK(group_deals(claims, {}).size() == 2);
}

TEST_CASE("what cannot be one deal at first sight is not one at second sight") {
  std::mt19937 random{7};
  const auto chance = [&](unsigned of) { return random() % of == 0; };
  const auto day = [&] {
    std::string text = "2024-0" + std::to_string(1 + random() % 9);
    if (!chance(4)) text += "-1" + std::to_string(random() % 10);
    return text;
  };
  const auto any_claim = [&] {
    const std::vector<std::vector<std::int64_t>> lines = {
        {bureau, ministry}, {ministry}, {rail, ministry}, {}};
    DealClaim c = report(day() + "T08:00:00Z", lines[random() % lines.size()]);
    if (!chance(3)) c = with_amount(c, static_cast<std::int64_t>(18 + random() % 30) * 100'000);
    if (!chance(3)) c = signed_on(c, day());
    if (chance(2)) c = in_state(c, static_cast<Status>(random() % words_for<Status>.size()));
    if (chance(3)) c.history = {{c.status.value_or(Status::modified), date(day()), ""}};
    if (c.signed_on && c.status && chance(2)) c.history = {{*c.status, c.signed_on, ""}};
    if (chance(5)) c = award(c, chance(2) ? "W-1" : "W-2");
    return c;
  };
  int fitting = 0, refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    const DealClaim a = any_claim(), b = any_claim();
    const bool could = could_be_one_deal(a, b);
    refused += could ? 0 : 1;
    DealClaim like_a = b;
    if (a.value && b.value && amounts_are_near(*a.value, *b.value)) like_a.value = a.value;
    if (!may_be_one_deal(a, b) && !may_be_one_deal(a, like_a)) continue;
    ++fitting;
    CHECK(could);
  }
  CHECK(fitting > 500);
  CHECK(refused > 5'000);
}
