// What was told: its corrections, what takes it back, and how it outlives merges of stories.
#include <algorithm>

#include <doctest/doctest.h>

#include "tests/storage/alert_store.h"

namespace stakeout {

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
    CHECK(s.corrections() == Lines{"deals@example.org|Rail Police, USD 500: taken back: a rumour",
                                   "rails@example.org|Rail Police, USD 500: taken back: a rumour"});
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
  send_all_alerts(s.file, s.now);
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
  send_all_alerts(s.file, s.now);
  const auto id = rows(s.file, "SELECT id FROM v_mentions WHERE name = 'Glasshouse Systems'");
  REQUIRE(s.store.reject_mention(std::stoll(id.at(0)), "a shop", s.now));
  send_all_alerts(s.file, s.now);
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
    CHECK(s.corrections() == Lines{"all@example.org|Rail Police, USD 100: taken back: a rumour",
                                   "all@example.org|has no part in a contract: a rumour"});
  }
}

TEST_CASE(
    "a name on no watchlist goes with the claim that its article drops, and comes back with it") {
  AlertStore s;
  s.store.sync_subscriptions({reader("all@example.org")});
  Claim c = claim("Mill Street Data", "Rail Police");
  c.vendor_listed = false;
  c.value = usd(100);
  const auto save = [&](const std::string& name, const std::string& text, bool names) {
    ArticleRecord record = article(add_page(s.store, name), text, "2024-10-07",
                                   names ? std::vector{c} : std::vector<Claim>{});
    for (Mention& m : record.facts.mentions) m.listed = m.name != "Mill Street Data";
    s.store.save_article(record, s.now);
  };
  save("one", "Mill.", true);
  REQUIRE(s.told("unlisted_name").size() == 1);
  SUBCASE("before it was sent") {
    save("one", "Nothing.", false);
    CHECK(s.told("unlisted_name").empty());
    save("one", "Mill again.", true);
    CHECK(s.told("unlisted_name").size() == 1);
  }
  SUBCASE("not as long as another names it") {
    save("two", "Mill, too.", true);
    save("one", "Nothing.", false);
    CHECK(s.told("unlisted_name").size() == 1);
    save("two", "Nothing, either.", false);
    CHECK(s.told("unlisted_name").empty());
  }
  SUBCASE("after it was sent") {
    s.send_what_is_due();
    save("one", "Nothing.", false);
    const auto has = [&](const std::string& line) {
      const Lines lines = s.corrections();
      return std::find(lines.begin(), lines.end(), line) != lines.end();
    };
    CHECK(has("all@example.org|has no part in a contract: its article says so no more"));
    s.send_what_is_due();
    save("one", "Mill again.", true);
    CHECK(
        has("all@example.org|has part in a contract after all; no more is sent if its articles "
            "change again"));
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
    s.save_entry(2, "https://news.example/old");
    CHECK(s.told("new_mention") ==
          Lines{"Lantern Works: Article " + std::to_string(past.article_id)});
  }
}

TEST_CASE("of a page that robots.txt forbids the feed's new words are no past") {
  AlertStore s;
  s.store.sync_feeds({{"https://a.example/feed", "", {}}}, monday);
  s.save_entry(1, "https://news.example/old");
  ArticleRecord record = article(1, "Lantern Works sells.", "2024-10-07");
  record.from_feed = true;
  record.facts.mentions = {mention(EntityKind::vendor, "Lantern Works")};
  CHECK(s.store.save_article(record, s.now).alerts.told == 0);
  record.page.text = "Lantern Works and Glasshouse Systems sell.";
  record.facts.mentions.push_back(mention(EntityKind::vendor, "Glasshouse Systems"));
  CHECK(s.store.save_article(record, s.now).alerts.told == 1);
  CHECK(s.told("new_mention") == Lines{"Glasshouse Systems: Article 1"});
}

}  // namespace stakeout
