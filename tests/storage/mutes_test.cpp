// What a reader's digest leaves out, whatever its filters let through.
#include "storage/mutes.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "storage/outbox.h"
#include "tests/storage/alert_store.h"

namespace stakeout {
namespace {

const Recipient desk{"daily", "mail", "desk@example.org"};

// A store with one reader, who has muted something.
struct MutedStore : AlertStore {
  explicit MutedStore(const Mutes& mutes) { mute(mutes); }

  void mute(const Mutes& mutes) {
    Subscription subscription;
    subscription.to = desk;
    subscription.mutes = mutes;
    store.sync_subscriptions({subscription});
  }
  // "kind: title" of what waits.
  [[nodiscard]] Lines waiting() const {
    return rows(file,
                "SELECT l.kind || ': ' || l.title FROM v_deliveries d JOIN v_alerts l ON l.id = "
                "d.alert_id WHERE d.state = 'queued' ORDER BY l.id");
  }
};

Mutes without_vendors(std::vector<std::string> names) {
  Mutes mutes;
  mutes.vendors = std::move(names);
  return mutes;
}

Mutes without_kinds(std::vector<std::string> kinds) {
  Mutes mutes;
  mutes.kinds = std::move(kinds);
  return mutes;
}

Mutes without_stories(std::vector<std::int64_t> stories) {
  Mutes mutes;
  mutes.stories = std::move(stories);
  return mutes;
}

Mutes from(std::int64_t dollars) {
  Mutes mutes;
  mutes.min_amount = dollars * Money::per_major;
  mutes.currency = "USD";
  return mutes;
}

}  // namespace

TEST_CASE("what a reader has muted is not queued for him") {
  struct Case {
    Mutes mutes;
    Lines waiting;
  };
  const std::string contract = "new_contract: Lantern Works / Rail Police";
  const std::string vendor = "new_mention: Lantern Works: Article 1";
  const std::string agency = "new_mention: Rail Police: Article 1";
  const std::string other = "new_mention: Glasshouse Systems: Article 2";
  const Case cases[] = {
      {{}, {contract, vendor, agency, other}},
      {without_vendors({"lantern works"}), {agency, other}},  // names are of any case
      {without_vendors({"Lantern Works", "Glasshouse Systems"}), {agency}},
      {without_vendors({"Rail Police", "a \"b\\c\"\n"}), {contract, vendor, agency, other}},
      {without_kinds({"new_mention", "article_gone"}), {contract}},
      {without_stories({1}), {other}},
      {without_stories({2, 77}), {contract, vendor, agency}},
      {from(500), {contract, vendor, agency, other}},
      {from(501), {vendor, agency, other}},
  };
  for (const Case& each : cases) {
    CAPTURE(mutes_text(each.mutes));
    MutedStore s{each.mutes};
    s.save_claim("one", "Lantern Works has signed with the Rail Police", deal(500));
    s.save("two", "Quite other words of another", {"Glasshouse Systems"});
    Lines told = s.waiting();
    std::ranges::sort(told);
    Lines expected = each.waiting;
    std::ranges::sort(expected);
    CHECK(told == expected);
  }
}

TEST_CASE("an alert of several vendors is muted when all of them are") {
  for (const bool both : {false, true}) {
    CAPTURE(both);
    MutedStore s{{}};
    const SavedArticle one = s.save("one", "Two vendors.", {"Lantern Works", "Glasshouse Systems"});
    s.send_what_is_due();
    s.mute(both ? without_vendors({"Lantern Works", "Glasshouse Systems"})
                : without_vendors({"Lantern Works"}));
    ArticleRecord record = article(one.article_id, "Two vendors, and more.", "2024-10-07");
    record.facts.mentions = {mention(EntityKind::vendor, "Lantern Works"),
                             mention(EntityKind::vendor, "Glasshouse Systems")};
    record.changes = {{"2", "9"}};
    s.store.save_article(record, s.now);
    CHECK(s.told("article_changed").size() == 1);
    CHECK(s.waiting().empty() == both);
  }
}

TEST_CASE("a contract whose sum is unknown or in another currency is below the least sum") {
  MutedStore s{from(100)};
  Claim unknown = deal(500);
  unknown.value.reset();
  Claim euros = claim("Glasshouse Systems", "Quay Bureau");
  euros.value = Money::exact(900'000, currency("EUR"));
  Claim range = claim("Glasshouse Systems", "Rail Police");
  range.value = Money::between(50'000, 150'000, currency("USD"));
  s.save_claim("one", "Of no known sum", unknown);
  s.save_claim("two", "In euros", euros);
  s.save_claim("three", "A range that reaches it", range);
  CHECK(rows(s.file,
             "SELECT l.title FROM v_deliveries d JOIN v_alerts l ON l.id = d.alert_id WHERE l.kind "
             "= 'new_contract'") == Lines{"Glasshouse Systems / Rail Police"});
}

TEST_CASE("a contract that was told of is followed, whatever its sum becomes") {
  for (const bool is_told : {false, true}) {
    CAPTURE(is_told);
    MutedStore s{is_told ? from(100) : from(1000)};
    const auto page =
        s.save_claim("one", "Lantern Works has signed with the Rail Police", deal(500));
    s.send_what_is_due();
    s.mute(from(1000));
    ArticleRecord record = article(page.article_id, "Lantern Works has signed, for less",
                                   "2024-10-08", {deal(500, Status::stop_work)});
    s.store.save_article(record, s.now + 60);
    REQUIRE(s.told("contract_changed").size() == 1);
    const Lines waiting = s.waiting();
    CHECK(std::any_of(waiting.begin(), waiting.end(), [](const std::string& line) {
            return line.starts_with("contract_changed: ");
          }) == is_told);
  }
}

TEST_CASE("what is muted after it was queued is not put into a message, and not shown") {
  MutedStore s{{}};
  Outbox outbox{s.file};
  s.save("one", "Words of their own about a vendor", {"Lantern Works"});
  REQUIRE(outbox.make_messages(desk, "h", false, s.now) == 1);
  s.save("two", "And quite other words of another", {"Glasshouse Systems"});
  const Mutes all = without_stories({1, 2});
  CHECK(Reader{s.file}.alerts_for(desk, {}) == std::vector<std::int64_t>{1, 2});
  // What is in a message may be on its way.
  CHECK(Reader{s.file}.alerts_for(desk, all) == std::vector<std::int64_t>{1});
  CHECK(Reader{s.file}.alerts_for(desk, all, s.now) == std::vector<std::int64_t>{1});
  CHECK(Reader{s.file}.alerts_for(desk, {}, s.now + 1).empty());
  CHECK(outbox.drop_muted(desk, all) == 1);
  CHECK(outbox.make_messages(desk, "h", false, s.now) == 0);
  CHECK(Reader{s.file}.alerts_for(desk, {}) == std::vector<std::int64_t>{1});
}

TEST_CASE("the mute of a story that was merged into another holds for that one") {
  MutedStore s{without_stories({3})};
  s.save("one", "The first text.", {"Lantern Works"});
  s.save("two", "A second text.", {"Lantern Works"});
  const SavedArticle three = s.save("three", "Another text.", {"Glasshouse Systems"});
  REQUIRE(three.story_id == 3);
  // The third becomes part of the second, and that of the first.
  ArticleRecord record = article(three.article_id, "A second text, too.", "2024-10-07");
  record.copies_of = {{2, 1, "copy"}};
  REQUIRE(s.store.save_article(record, s.now).story_id == 2);
  ArticleRecord second = article(2, "The first text, too.", "2024-10-07");
  second.copies_of = {{1, 1, "copy"}};
  REQUIRE(s.store.save_article(second, s.now).story_id == 1);
  s.send_what_is_due();
  s.save("four", "The first text again.", {"Glasshouse Systems"}, {{1, 1, "copy"}});
  CHECK(rows(s.file, "SELECT title FROM v_alerts WHERE story_id = 1 AND article_id = 4").size() ==
        1);
  CHECK(s.waiting().empty());
}

TEST_CASE("a correction of what was sent comes, whatever is muted by then") {
  MutedStore s{{}};
  s.save_claim("one", "Lantern Works has signed with the Rail Police", deal(500));
  s.send_what_is_due();
  Mutes all = without_vendors({"Lantern Works"});
  all.kinds = {"correction"};
  all.stories = {1};
  s.mute(all);
  REQUIRE(s.store.reject_claim(1, "a rumour", s.now));
  CHECK(s.corrections() == Lines{"desk@example.org|Rail Police, USD 500: taken back: a rumour"});
  CHECK(Outbox{s.file}.drop_muted(desk, all) == 0);
}

}  // namespace stakeout
