// Who is told of what, and why: alerts and the deliveries that are written with them.
#include <doctest/doctest.h>

#include "tests/storage/sample.h"

namespace stakeout {
using namespace sample;
namespace {

struct AlertStore {
  TemporaryFolder directory;
  std::filesystem::path file = directory.file();
  Store store{file};
  Timestamp now = monday;

  AlertStore() { store.sync_entities(watchlist(), monday); }

  SavedArticle save(const std::string& name, const std::string& text,
                    const std::vector<std::string>& vendors, std::vector<StoryLink> copies = {}) {
    ArticleRecord record = article(add_page(store, name, now), text, "2024-10-07");
    for (const std::string& vendor : vendors)
      record.facts.mentions.push_back(mention(EntityKind::vendor, vendor));
    record.copies_of = std::move(copies);
    return store.save_article(record, now);
  }
  SavedArticle save_claim(const std::string& name, const std::string& text, Claim c,
                          std::vector<StoryLink> copies = {}) {
    ArticleRecord record = article(add_page(store, name, now), text, "2024-10-07", {std::move(c)});
    record.copies_of = std::move(copies);
    return store.save_article(record, now);
  }
  // The feed is read; the page of its one entry is stored.
  SavedArticle read_feed(std::int64_t feed, const std::string& link) {
    FeedUpdate update;
    update.feed_id = feed;
    FeedEntry entry;
    entry.entry.link = entry.canonical_url = link;
    update.entries = {entry};
    store.save_feed(update, now);
    const auto pages = store.pages_pending(now, 10);
    REQUIRE(pages.size() == 1);
    ArticleRecord record = article(pages[0].article_id, "Text of " + link, "2024-10-07");
    record.facts.mentions = {mention(EntityKind::vendor, "Lantern Works")};
    return store.save_article(record, now);
  }

  void send_what_is_due() {
    for (const Delivery& delivery : store.deliveries_due(now))
      store.save_deliveries({delivery.id}, DeliveryState::sent, "", {}, now);
  }
  // Those that wait.
  [[nodiscard]] Lines corrections() const {
    return rows(file,
                "SELECT d.recipient, l.details FROM v_deliveries d JOIN v_alerts l ON l.id = "
                "d.alert_id WHERE l.kind = 'correction' AND d.state = 'queued' ORDER BY 1, 2");
  }
  [[nodiscard]] Lines told(const std::string& kind) const {
    return rows(file, "SELECT title FROM v_alerts WHERE kind = '" + kind + "' ORDER BY id");
  }
  [[nodiscard]] Lines deliveries() const {
    return rows(file,
                "SELECT d.recipient, l.kind, d.state FROM v_deliveries d JOIN v_alerts l ON l.id = "
                "d.alert_id ORDER BY d.recipient, l.id");
  }
};

Claim deal(std::int64_t dollars, Status status = Status::signed_) {
  Claim c = claim("Lantern Works", "Rail Police");
  c.value = usd(dollars);
  c.status = status;
  c.fields.push_back({"status", "signed", "has signed", {20, 30}, "status-verb"});
  return c;
}

Subscription reader(const std::string& address) {
  Subscription subscription;
  subscription.to = {"daily", "mail", address};
  return subscription;
}

}  // namespace

TEST_CASE("an alert says which words of the article raised it, and what found them") {
  AlertStore s;
  s.save_claim("one", "Lantern Works and the Rail Police", deal(500));
  CHECK(rows(s.file,
             "SELECT kind, words, start, \"end\", rule, quote FROM v_alerts ORDER BY kind, id") ==
        Lines{"new_contract|Lantern Works|0|13|test|Lantern Works and Rail Police have a deal.",
              "new_mention|Lantern Works|0|13|name|Lantern Works is in the news.",
              "new_mention|Rail Police|0|11|name|Rail Police is in the news."});
  Claim changed = deal(500, Status::stop_work);
  changed.fields.back() = {"status", "stop_work", "stopped", {4, 11}, "status-word"};
  changed.quote = "They stopped it.";
  s.save_claim("two", "They stopped it.", changed);
  CHECK(rows(s.file,
             "SELECT details, words, start, \"end\", rule, quote FROM v_alerts WHERE kind = "
             "'contract_changed'") ==
        Lines{"status: signed → stop_work|stopped|4|11|status-word|They stopped it."});
}

TEST_CASE("a story tells of an entity once, and a copy of what it adds only") {
  AlertStore s;
  const SavedArticle first = s.save("one", "The first text.", {"Lantern Works"});
  CHECK(first.alerts.told == 1);
  const StoryLink copy{first.article_id, 1, "same text"};
  CHECK(s.save("two", "A copy.", {"Lantern Works"}, {copy}).alerts.told == 0);
  CHECK(s.save("three", "More.", {"Lantern Works", "Glasshouse Systems"}, {copy}).alerts.told == 1);
  CHECK(s.told("new_mention") ==
        Lines{"Lantern Works: Article 1", "Glasshouse Systems: Article 3"});
}

TEST_CASE("what a feed has when it is first read is the past, and counted") {
  AlertStore s;
  s.store.sync_feeds({{"https://a.example/feed", "", {}}, {"https://b.example/feed", "", {}}},
                     monday);
  const SavedArticle past = s.read_feed(1, "https://news.example/old");
  CHECK(past.alerts.told == 0);
  CHECK(past.alerts.quiet == 1);
  CHECK(s.told("new_mention").empty());
  CHECK(rows(s.file, "SELECT title, words FROM v_quiet_alerts") ==
        Lines{"Lantern Works: Article 1|Lantern Works"});
  SUBCASE("what it gets later is news") {
    CHECK(s.read_feed(1, "https://news.example/new").alerts.told == 1);
  }
  SUBCASE("what another feed has only just got is news, whichever was read first") {
    s.read_feed(2, "https://news.example/its-own");
    s.store.sync_feeds({{"https://a.example/feed", "", {}},
                        {"https://b.example/feed", "", {}},
                        {"https://c.example/feed", "", {}}},
                       monday);
    FeedUpdate update;
    update.feed_id = 3;
    FeedEntry entry;
    entry.entry.link = entry.canonical_url = "https://news.example/both";
    update.entries = {entry};
    s.store.save_feed(update, s.now);
    CHECK(s.read_feed(1, "https://news.example/both").alerts.told == 1);
  }
  SUBCASE("a change of it is news") {
    ArticleRecord record = article(past.article_id, "Text of another kind", "2024-10-07");
    record.facts.mentions = {mention(EntityKind::vendor, "Lantern Works"),
                             mention(EntityKind::vendor, "Glasshouse Systems")};
    record.changes = {{"old", "of another kind"}};
    CHECK(s.store.save_article(record, s.now).alerts.told == 2);
    CHECK(s.told("new_mention") == Lines{"Glasshouse Systems: Article 1"});
    CHECK(s.told("article_changed") == Lines{"Article 1"});
  }
}

TEST_CASE("of texts that are older than a name on the watchlist nobody is told, but how many") {
  AlertStore s;
  const SavedArticle old = s.save("one", "Mill Street Data sells maps.", {});
  auto names = watchlist();
  names.push_back(vendor("Mill Street Data"));
  s.store.sync_entities(names, s.now);
  Facts facts;
  facts.mentions = {mention(EntityKind::vendor, "Mill Street Data")};
  const StoredText text = s.store.text(old.revision_id).value();
  const auto raised = s.store.save_reading(text, {text.text, {}, facts, "2"}, false, s.now);
  REQUIRE(raised.has_value());
  CHECK(raised->told == 0);
  CHECK(raised->quiet == 1);
  CHECK(s.save("three", "Mill Street Data again.", {"Mill Street Data"}).alerts.told == 1);
}

TEST_CASE("a name on no watchlist that has part in a contract is told of once") {
  AlertStore s;
  const auto unlisted = [](std::int64_t dollars) {
    Claim c = claim("Mill Street Data", "Rail Police");
    c.vendor_listed = false;
    c.value = usd(dollars);
    return c;
  };
  const auto save = [&](const std::string& name, std::int64_t dollars) {
    ArticleRecord record =
        article(add_page(s.store, name), name, "2024-10-07", {unlisted(dollars)});
    for (Mention& m : record.facts.mentions) m.listed = m.name != "Mill Street Data";
    s.store.save_article(record, monday);
  };
  save("one", 100);
  save("two", 900);
  CHECK(rows(s.file, "SELECT title, words FROM v_alerts WHERE kind = 'unlisted_name'") ==
        Lines{"Mill Street Data: Article 1|Mill Street Data"});
}

TEST_CASE("the same change in another copy of a story is told once") {
  AlertStore s;
  const SavedArticle one = s.save("one", "The price is 5.", {"Lantern Works"});
  const SavedArticle two =
      s.save("two", "The price: 5.", {"Lantern Works"}, {{one.article_id, 1, "copy"}});
  for (const SavedArticle& saved : {one, two}) {
    ArticleRecord record =
        article(saved.article_id, "Now it is 7: " + std::to_string(saved.article_id), "2024-10-07");
    record.facts.mentions = {mention(EntityKind::vendor, "Lantern Works")};
    record.changes = {{"5", "7"}};
    s.store.save_article(record, s.now);
  }
  CHECK(rows(s.file, "SELECT details FROM v_alerts WHERE kind = 'article_changed'") ==
        Lines{"5 → 7"});
}

TEST_CASE("a delivery is written with its alert, for everybody whose filters let it through") {
  AlertStore s;
  Subscription all = reader("all@example.org");
  Subscription glass = reader("glass@example.org");
  glass.vendors = {"glasshouse systems"};
  Subscription deals = reader("deals@example.org");
  deals.kinds = {"new_contract", "contract_changed"};
  Subscription rails = reader("rails@example.org");
  rails.agencies = {"Rail Police"};
  Subscription quays = reader("quays@example.org");
  quays.agencies = {"Harbour Ministry"};  // the bureau's parent
  Subscription spies = reader("spies@example.org");
  spies.categories = {"spyware"};
  spies.kinds = {"new_mention"};
  s.store.sync_subscriptions({all, glass, deals, rails, quays, spies});
  s.save_claim("one", "Lantern Works has signed with the Rail Police", deal(500));
  CHECK(s.deliveries() ==
        Lines{"all@example.org|new_contract|queued", "all@example.org|new_mention|queued",
              "all@example.org|new_mention|queued", "deals@example.org|new_contract|queued",
              "rails@example.org|new_contract|queued", "rails@example.org|new_mention|queued",
              "spies@example.org|new_mention|queued"});
  s.save_claim("two", "Glasshouse Systems and the Quay Bureau",
               claim("Glasshouse Systems", "Quay Bureau"));
  CHECK(rows(s.file,
             "SELECT recipient, count(*) FROM v_deliveries WHERE recipient LIKE 'g%' OR recipient "
             "LIKE 'q%' GROUP BY 1 ORDER BY 1") ==
        Lines{"glass@example.org|2", "quays@example.org|2"});
  SUBCASE("what waits for somebody who is no longer in the settings waits until he is again") {
    const std::size_t due = s.store.deliveries_due(s.now).size();
    s.store.sync_subscriptions({});
    CHECK(s.store.deliveries_due(s.now).empty());
    Subscription renamed = all;
    renamed.to.digest = "weekly";
    s.store.sync_subscriptions({renamed});
    CHECK(s.store.deliveries_due(s.now).empty());
    s.save_claim("three", "Lantern Works and the Quay Bureau",
                 claim("Lantern Works", "Quay Bureau"));
    CHECK(rows(s.file, "SELECT count(*) > 0 FROM v_deliveries WHERE digest = 'weekly'") ==
          Lines{"1"});
    s.store.sync_subscriptions({all, glass, deals, rails, quays, spies});
    CHECK(s.store.deliveries_due(s.now).size() == due);
  }
  SUBCASE("what is taken back before it is sent is not delivered") {
    REQUIRE(s.store.reject_claim(1, "a rumour", s.now));
    CHECK(rows(s.file,
               "SELECT count(*) FROM v_deliveries d JOIN v_alerts l ON l.id = d.alert_id WHERE "
               "l.kind = 'new_contract' AND l.title LIKE 'Lantern%'") == Lines{"0"});
  }
}

TEST_CASE("nobody gets a delivery of the past") {
  AlertStore s;
  s.store.sync_subscriptions({reader("all@example.org")});
  s.store.sync_feeds({{"https://a.example/feed", "", {}}}, monday);
  s.read_feed(1, "https://news.example/old");
  CHECK(s.deliveries().empty());
}

TEST_CASE("a correction goes to those who were sent what it corrects, and to nobody else") {
  AlertStore s;
  Subscription deals = reader("deals@example.org");
  deals.kinds = {"new_contract"};
  Subscription rails = reader("rails@example.org");
  rails.agencies = {"Rail Police"};
  s.store.sync_subscriptions({deals, rails});
  s.save_claim("one", "Lantern Works has signed with the Rail Police", deal(500));
  s.send_what_is_due();
  Subscription late = reader("late@example.org");
  s.store.sync_subscriptions({deals, rails, late});
  SUBCASE("a person rejects the claim") {
    REQUIRE(s.store.reject_claim(1, "a rumour", s.now));
    CHECK(s.corrections() == Lines{"deals@example.org|Rail Police, USD 500: a rumour",
                                   "rails@example.org|Rail Police, USD 500: a rumour"});
    s.send_what_is_due();
    REQUIRE(s.store.restore_claim(1, s.now));
    CHECK(s.corrections() == Lines{"deals@example.org|Rail Police, USD 500: stands after all",
                                   "rails@example.org|Rail Police, USD 500: stands after all"});
  }
  SUBCASE("the article takes it back") {
    ArticleRecord record = article(1, "They only met.", "2024-10-07");
    s.store.save_article(record, s.now);
    CHECK(rows(s.file,
               "SELECT recipient FROM v_deliveries d JOIN v_alerts l ON l.id = d.alert_id WHERE "
               "l.kind = 'correction' ORDER BY 1") ==
          Lines{"deals@example.org", "rails@example.org"});
  }
  SUBCASE("a mention is rejected that only one of them was sent") {
    const auto id = rows(s.file, "SELECT id FROM v_mentions WHERE name = 'Rail Police'");
    REQUIRE(s.store.reject_mention(std::stoll(id.at(0)), "a band", s.now));
    CHECK(s.corrections() == Lines{"rails@example.org|not named there: a band"});
  }
}

TEST_CASE("the id of a story that was merged into another is never given to a third") {
  AlertStore s;
  s.save("one", "The first text.", {"Lantern Works"});
  const SavedArticle two = s.save("two", "Another text.", {"Glasshouse Systems"});
  send_all_alerts(s.store, s.file, s.now);
  ArticleRecord record = article(two.article_id, "The first text, too.", "2024-10-07");
  record.facts.mentions = {mention(EntityKind::vendor, "Glasshouse Systems"),
                           mention(EntityKind::vendor, "Lantern Works")};
  record.copies_of = {{1, 1, "copy"}};
  REQUIRE(s.store.save_article(record, s.now).story_id == 1);
  const SavedArticle three = s.save("three", "A third text.", {"Glasshouse Systems"});
  CHECK(three.story_id == 3);
  CHECK(three.alerts.told == 1);
}

TEST_CASE("a correction and a told change go with their story when it is merged") {
  AlertStore s;
  const SavedArticle one = s.save("one", "The first text.", {"Lantern Works"});
  const SavedArticle two = s.save("two", "The price is 5.", {"Glasshouse Systems"});
  ArticleRecord record = article(two.article_id, "The price is 7.", "2024-10-07");
  record.facts.mentions = {mention(EntityKind::vendor, "Glasshouse Systems")};
  record.changes = {{"5", "7"}};
  s.store.save_article(record, s.now);
  send_all_alerts(s.store, s.file, s.now);
  const auto id = rows(s.file, "SELECT id FROM v_mentions WHERE name = 'Glasshouse Systems'");
  REQUIRE(s.store.reject_mention(std::stoll(id.at(0)), "a shop", s.now));
  send_all_alerts(s.store, s.file, s.now);
  record.page.text += " It is a copy.";
  record.copies_of = {{one.article_id, 1, "copy"}};
  record.change = ChangeClass::minor;
  REQUIRE(s.store.save_article(record, s.now).story_id == one.story_id);
  SUBCASE("the correction is taken back") {
    const auto rejected = rows(s.file, "SELECT id FROM v_rejections WHERE kind = 'mention'");
    REQUIRE(s.store.restore_mention(std::stoll(rejected.at(0)), s.now));
    CHECK(rows(s.file, "SELECT details FROM v_alerts WHERE kind = 'correction' ORDER BY id") ==
          Lines{"not named there: a shop", "named there after all"});
  }
  SUBCASE("a copy changes in the same way") {
    ArticleRecord copy = article(one.article_id, "The price is 7.", "2024-10-07");
    copy.facts.mentions = {mention(EntityKind::vendor, "Lantern Works")};
    copy.changes = {{"5", "7"}};
    s.store.save_article(copy, s.now);
    CHECK(rows(s.file, "SELECT details FROM v_alerts WHERE kind = 'article_changed'") ==
          Lines{"5 → 7"});
  }
}

TEST_CASE("of two stories that become one the alert that waits stays, and not the quiet one") {
  AlertStore s;
  s.store.sync_subscriptions({reader("all@example.org")});
  s.store.sync_feeds({{"https://a.example/feed", "", {}}}, monday);
  const SavedArticle past = s.read_feed(1, "https://news.example/old");
  const SavedArticle fresh = s.save("fresh", "A fresh text.", {"Lantern Works"});
  CHECK(s.deliveries() == Lines{"all@example.org|new_mention|queued"});
  ArticleRecord record = article(fresh.article_id, "A fresh text, and more.", "2024-10-07");
  record.facts.mentions = {mention(EntityKind::vendor, "Lantern Works")};
  record.copies_of = {{past.article_id, 1, "copy"}};
  record.change = ChangeClass::minor;
  CHECK(s.store.save_article(record, s.now).story_id == past.story_id);
  CHECK(s.deliveries() == Lines{"all@example.org|new_mention|queued"});
  CHECK(rows(s.file, "SELECT count(*) FROM v_quiet_alerts") == Lines{"0"});
}

TEST_CASE("what is taken back before it was sent and raised again keeps its id") {
  AlertStore s;
  s.store.sync_subscriptions({reader("all@example.org")});
  s.save_claim("one", "Lantern Works has signed with the Rail Police", deal(500));
  const auto before = rows(s.file, "SELECT id, kind, title FROM v_alerts ORDER BY id");
  const auto queued = s.deliveries();
  REQUIRE(s.store.reject_claim(1, "a rumour", s.now));
  CHECK(rows(s.file, "SELECT id FROM v_alerts WHERE kind = 'new_contract'").empty());
  REQUIRE(s.store.restore_claim(1, s.now));
  CHECK(rows(s.file, "SELECT id, kind, title FROM v_alerts ORDER BY id") == before);
  CHECK(s.deliveries() == queued);
}

TEST_CASE("that a page is gone is told at the second look, taken back, and told again") {
  AlertStore s;
  s.store.sync_subscriptions({reader("all@example.org")});
  s.save("one", "Lantern Works is named.", {"Lantern Works"});
  s.send_what_is_due();
  const auto lose = [&] {
    s.store.save_page_failure({1, PageOutcome::gone, "HTTP 404", s.now + 60}, s.now);
  };
  lose();
  CHECK(s.told("article_gone").empty());
  s.store.save_page_failure({1, PageOutcome::failed, "HTTP 500", s.now + 60}, s.now);
  CHECK(s.told("article_gone").empty());
  lose();
  CHECK(s.told("article_gone").size() == 1);
  SUBCASE("nobody was sent it") {
    s.store.save_page_unchanged(1, {}, s.now);
    CHECK(s.told("article_gone").empty());
    CHECK(s.corrections().empty());
    lose();
    CHECK(s.told("article_gone").empty());
  }
  SUBCASE("it was sent") {
    s.send_what_is_due();
    s.store.save_page_unchanged(1, {}, s.now);
    CHECK(s.corrections() == Lines{"all@example.org|the page is there again"});
    lose();
    lose();
    CHECK(s.told("article_gone").size() == 2);
  }
  SUBCASE("for good, says its site") {
    s.store.save_page_unchanged(1, {}, s.now);
    s.store.save_page_failure({1, PageOutcome::gone, "HTTP 410", {}}, s.now);
    CHECK(s.told("article_gone").size() == 1);
  }
}

TEST_CASE("a change that an article makes again is told again") {
  AlertStore s;
  const SavedArticle one = s.save("one", "The price is 2.", {"Lantern Works"});
  const char* const values[] = {"2", "3", "2", "3"};
  for (std::size_t i = 1; i < 4; ++i) {
    ArticleRecord record =
        article(one.article_id, "The price is " + std::string{values[i]} + ".", "2024-10-07");
    record.facts.mentions = {mention(EntityKind::vendor, "Lantern Works")};
    record.changes = {{values[i - 1], values[i]}};
    s.store.save_article(record, s.now);
  }
  CHECK(rows(s.file, "SELECT details FROM v_alerts WHERE kind = 'article_changed' ORDER BY id") ==
        Lines{"2 → 3", "3 → 2", "2 → 3"});
}

TEST_CASE("a name on no watchlist goes with the claim that is rejected") {
  AlertStore s;
  s.store.sync_subscriptions({reader("all@example.org")});
  Claim c = claim("Mill Street Data", "Rail Police");
  c.vendor_listed = false;
  c.value = usd(100);
  ArticleRecord record = article(add_page(s.store, "one"), "Mill.", "2024-10-07", {c});
  for (Mention& m : record.facts.mentions) m.listed = m.name != "Mill Street Data";
  s.store.save_article(record, s.now);
  REQUIRE(s.told("unlisted_name").size() == 1);
  SUBCASE("before it was sent") {
    REQUIRE(s.store.reject_claim(1, "a rumour", s.now));
    CHECK(s.told("unlisted_name").empty());
    REQUIRE(s.store.restore_claim(1, s.now));
    CHECK(s.told("unlisted_name").size() == 1);
  }
  SUBCASE("after it was sent") {
    s.send_what_is_due();
    REQUIRE(s.store.reject_claim(1, "a rumour", s.now));
    CHECK(s.corrections() == Lines{"all@example.org|Rail Police, USD 100: a rumour",
                                   "all@example.org|has no part in a contract: a rumour"});
  }
}

TEST_CASE("past stays past, whatever looks at it again, and what comes anew is told") {
  AlertStore s;
  s.store.sync_feeds({{"https://a.example/feed", "", {}}, {"https://b.example/feed", "", {}}},
                     monday);
  s.read_feed(2, "https://news.example/any");
  const SavedArticle past = s.read_feed(1, "https://news.example/old");
  const auto text_of = [&](const std::string& name, const std::string& text) {
    ArticleRecord record = article(past.article_id, text, "2024-10-07");
    record.facts.mentions = {mention(EntityKind::vendor, "Lantern Works"),
                             mention(EntityKind::vendor, name)};
    return record;
  };
  SUBCASE("better extractors find another name in it") {
    const StoredText text = s.store.text(past.revision_id).value();
    const Facts facts = text_of("Glasshouse Systems", "").facts;
    REQUIRE(s.store.save_reading(text, {text.text, {}, facts, "2"}, false, s.now)->told == 0);
    CHECK(s.told("new_mention").empty());
  }
  SUBCASE("it is taken out of a story") {
    const SavedArticle other =
        s.save("other", "Text of it, too", {"Lantern Works"}, {{past.article_id, 1, "copy"}});
    CHECK(s.told("new_mention") ==
          Lines{"Lantern Works: Article " + std::to_string(other.article_id)});
    REQUIRE(s.store.reject_join(past.article_id, "another", s.now));
    CHECK(s.told("new_mention").size() == 1);
  }
  SUBCASE("a small change after a name came on the watchlist") {
    s.store.save_article(text_of("Lantern Works", "Mill Street Data sells."), s.now);
    auto names = watchlist();
    names.push_back(vendor("Mill Street Data"));
    s.store.sync_entities(names, s.now);
    ArticleRecord record = text_of("Mill Street Data", "Mill Street Data sells!");
    record.change = ChangeClass::minor;
    CHECK(s.store.save_article(record, s.now).alerts.told == 0);
  }
  SUBCASE("another feed gets it as news") {
    FeedUpdate update;
    update.feed_id = 2;
    FeedEntry entry;
    entry.entry.link = entry.canonical_url = "https://news.example/old";
    update.entries = {entry};
    s.store.save_feed(update, s.now);
    CHECK(s.told("new_mention") ==
          Lines{"Lantern Works: Article " + std::to_string(past.article_id)});
  }
}

TEST_CASE("of a page that robots.txt forbids the feed's new words are no past") {
  AlertStore s;
  s.store.sync_feeds({{"https://a.example/feed", "", {}}}, monday);
  FeedUpdate update;
  update.feed_id = 1;
  FeedEntry entry;
  entry.entry.link = entry.canonical_url = "https://news.example/old";
  update.entries = {entry};
  s.store.save_feed(update, s.now);
  ArticleRecord record = article(1, "Lantern Works sells.", "2024-10-07");
  record.from_feed = true;
  record.facts.mentions = {mention(EntityKind::vendor, "Lantern Works")};
  CHECK(s.store.save_article(record, s.now).alerts.told == 0);
  record.page.text = "Lantern Works and Glasshouse Systems sell.";
  record.facts.mentions.push_back(mention(EntityKind::vendor, "Glasshouse Systems"));
  CHECK(s.store.save_article(record, s.now).alerts.told == 1);
  CHECK(s.told("new_mention") == Lines{"Glasshouse Systems: Article 1"});
}

TEST_CASE("a mention that is rejected, restored and rejected again is corrected each time") {
  AlertStore s;
  s.save("one", "Lantern Works is named.", {"Lantern Works"});
  send_all_alerts(s.store, s.file, s.now);
  REQUIRE(s.store.reject_mention(1, "the street lamp", s.now));
  send_all_alerts(s.store, s.file, s.now);
  REQUIRE(s.store.restore_mention(1, s.now));
  send_all_alerts(s.store, s.file, s.now);
  REQUIRE(s.store.reject_mention(1, "the street lamp after all", s.now));
  CHECK(rows(s.file, "SELECT details FROM v_alerts WHERE kind = 'correction' ORDER BY id") ==
        Lines{"not named there: the street lamp", "named there after all",
              "not named there: the street lamp after all"});
}

TEST_CASE("an article that is taken out of a story is news of its own") {
  AlertStore s;
  const SavedArticle one = s.save("one", "The first text.", {"Lantern Works"});
  const SavedArticle two =
      s.save("two", "Another text.", {"Lantern Works"}, {{one.article_id, 1, "copy"}});
  CHECK(s.told("new_mention") == Lines{"Lantern Works: Article 1"});
  REQUIRE(s.store.reject_join(two.article_id, "another deal", s.now));
  CHECK(s.told("new_mention") == Lines{"Lantern Works: Article 1", "Lantern Works: Article 2"});
  REQUIRE(s.store.restore_join(two.article_id, s.now));
  CHECK(s.told("new_mention") == Lines{"Lantern Works: Article 1"});
}

}  // namespace stakeout
