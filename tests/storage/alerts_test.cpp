// Who is told of what, and why: alerts and the deliveries that are written with them.
#include <doctest/doctest.h>

#include "tests/storage/alert_store.h"

namespace stakeout {

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
    s.save_entry(3, "https://news.example/both");
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

TEST_CASE(
    "a changed article tells the change that says most, and a copy with another one is told") {
  AlertStore s;
  const SavedArticle one = s.save("one", "The comittee pays 2.", {"Lantern Works"});
  const SavedArticle two =
      s.save("two", "A comittee pays 2.", {"Lantern Works"}, {{one.article_id, 1, "copy"}});
  const TextChange spelling{"comittee", "committee", 0};
  const auto change = [&](const SavedArticle& saved, std::vector<TextChange> changes) {
    ArticleRecord record =
        article(saved.article_id, "Now: " + std::to_string(saved.article_id) + changes.back().after,
                "2024-10-07");
    record.facts.mentions = {mention(EntityKind::vendor, "Lantern Works")};
    record.changes = std::move(changes);
    s.store.save_article(record, s.now);
  };
  change(one, {spelling, {"2", "9", 3}});
  change(two, {{"2", "9", 3}, {"coments", "comments", 0}});
  change(two, {spelling, {"Ann Roe", "Ann Poole", 2}});
  CHECK(rows(s.file, "SELECT details FROM v_alerts WHERE kind = 'article_changed' ORDER BY id") ==
        Lines{"2 → 9", "Ann Roe → Ann Poole"});
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
    const Lines waiting = s.deliveries();
    s.store.sync_subscriptions({});
    Subscription renamed = all;
    renamed.to.digest = "weekly";
    s.store.sync_subscriptions({renamed});
    CHECK(s.deliveries() == waiting);
    s.save_claim("three", "Lantern Works and the Quay Bureau",
                 claim("Lantern Works", "Quay Bureau"));
    CHECK(rows(s.file, "SELECT count(*) > 0 FROM v_deliveries WHERE digest = 'weekly'") ==
          Lines{"1"});
    CHECK(rows(s.file, "SELECT count(*) FROM v_deliveries WHERE digest = 'daily'") ==
          Lines{std::to_string(waiting.size())});
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

TEST_CASE("a contract that was past is told of when another story reports it, and once") {
  AlertStore s;
  s.store.sync_subscriptions({reader("all@example.org")});
  s.store.sync_feeds({{"https://a.example/feed", "", {}}}, monday);
  s.save_entry(1, "https://news.example/old");
  Claim stopped = deal(500, Status::stop_work);
  stopped.signed_on = date("2024-09-01");
  stopped.history = {{Status::stop_work, date("2024-10-01"), "Stopped."}};
  const SavedArticle past =
      s.store.save_article(article(1, "Of old.", "2024-10-02", {stopped}), s.now);
  const auto contracts = [&] {
    return rows(s.file,
                "SELECT kind, article_id FROM v_alerts WHERE kind LIKE '%contract%' ORDER BY id");
  };
  REQUIRE(contracts().empty());
  s.now = s.now + std::int64_t{3600};
  SUBCASE("a copy at another address is no news") {
    s.save_claim("copy", "Of old, again.", stopped, {{past.article_id, 1, "copy"}});
    CHECK(contracts().empty());
    SUBCASE("but a change that it adds is") {
      Claim ended = stopped;
      ended.status = Status::cancelled;
      ended.history.push_back({Status::cancelled, date("2024-10-05"), "Ended."});
      const SavedArticle more =
          s.save_claim("more", "Of old, and more.", ended, {{past.article_id, 1, "copy"}});
      CHECK(contracts() == Lines{"contract_changed|" + std::to_string(more.article_id)});
    }
  }
  SUBCASE("a change of the old article's words is no news of the contract") {
    s.store.save_article(article(1, "Of old, still.", "2024-10-02", {stopped}), s.now);
    CHECK(contracts().empty());
  }
  SUBCASE("a report of its own is news, and what was past of it is not") {
    const SavedArticle fresh = s.save_claim("fresh", "A report of its own.", deal(500));
    const Lines told = {"new_contract|" + std::to_string(fresh.article_id)};
    CHECK(contracts() == told);
    s.save_claim("third", "A third report.", stopped);
    CHECK(contracts() == told);
    CHECK(rows(s.file,
               "SELECT count(*) FROM v_deliveries d JOIN v_alerts l ON l.id = d.alert_id "
               "WHERE l.kind LIKE '%contract%'") == Lines{"1"});
  }
}

TEST_CASE("a mention that is rejected, restored and rejected again is corrected each time") {
  AlertStore s;
  s.save("one", "Lantern Works is named.", {"Lantern Works"});
  send_all_alerts(s.file, s.now);
  REQUIRE(s.store.reject_mention(1, "the street lamp", s.now));
  send_all_alerts(s.file, s.now);
  REQUIRE(s.store.restore_mention(1, s.now));
  send_all_alerts(s.file, s.now);
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

TEST_CASE("a join that is rejected and restored sends nothing twice, and nothing old") {
  AlertStore s;
  const auto queued = [&] {
    return rows(s.file,
                "SELECT d.recipient, l.title FROM v_deliveries d JOIN v_alerts l ON l.id = "
                "d.alert_id WHERE d.state = 'queued' ORDER BY 1, 2");
  };
  const auto told_twice = [&] {
    return rows(s.file,
                "SELECT d.recipient, l.kind, l.title FROM v_deliveries d JOIN v_alerts l ON l.id = "
                "d.alert_id GROUP BY 1, 2, 3 HAVING count(*) > 1");
  };
  const auto save_two = [&] {
    const SavedArticle one = s.save("one", "The first text.", {"Glasshouse Systems"});
    return s.save("two", "Another text.", {"Glasshouse Systems", "Lantern Works"},
                  {{one.article_id, 1, "copy"}});
  };
  SUBCASE("whoever reads only since then is told of none of it") {
    const SavedArticle two = save_two();
    s.store.sync_subscriptions({reader("late")});
    REQUIRE(s.store.reject_join(two.article_id, "another deal", s.now + 60));
    REQUIRE(s.store.restore_join(two.article_id, s.now + 120));
    CHECK(queued().empty());
    CHECK(s.told("new_mention") ==
          Lines{"Glasshouse Systems: Article 1", "Lantern Works: Article 2"});
  }
  SUBCASE("whoever was told is told of what is apart, once") {
    s.store.sync_subscriptions({reader("early")});
    const SavedArticle two = save_two();
    send_what_waits(s.file, s.now);
    REQUIRE(s.store.reject_join(two.article_id, "another deal", s.now + 60));
    CHECK(queued() == Lines{"early|Glasshouse Systems: Article 2"});
    SUBCASE("and not when it is back before it was sent") {}
    SUBCASE("and not again when it is taken out once more") {
      send_what_waits(s.file, s.now + 90);
      REQUIRE(s.store.restore_join(two.article_id, s.now + 120));
      REQUIRE(s.store.reject_join(two.article_id, "indeed", s.now + 180));
      CHECK(queued().empty());
    }
    REQUIRE(s.store.restore_join(two.article_id, s.now + 240));
    CHECK(queued().empty());
    CHECK(told_twice().empty());
  }
  SUBCASE("an article that takes a story's alert along leaves the other to be told of") {
    s.store.sync_subscriptions({reader("early")});
    const SavedArticle two = s.save("two", "Another text.", {"Lantern Works"});
    send_what_waits(s.file, s.now);
    s.save("three", "A third text.", {"Lantern Works"}, {{two.article_id, 1, "copy"}});
    REQUIRE(s.store.reject_join(two.article_id, "another deal", s.now + 60));
    CHECK(queued() == Lines{"early|Lantern Works: Article 2"});
    send_what_waits(s.file, s.now + 90);
    REQUIRE(s.store.restore_join(two.article_id, s.now + 120));
    CHECK(queued().empty());
    CHECK(told_twice().empty());
  }
}

TEST_CASE("a changed text is told to those who hear of no contract that it changed") {
  AlertStore s;
  Subscription texts = reader("texts");
  texts.kinds = {"article_changed"};
  Subscription others = reader("others");
  others.vendors = {"Glasshouse Systems"};
  const auto save = [&](Claim c, std::int64_t page) {
    ArticleRecord record =
        article(page, "Told as " + std::to_string(c.value->low()), "2024-10-07", {std::move(c)});
    record.change = ChangeClass::substantive;
    record.changes = {{"500", "700", 1}};
    s.store.save_article(record, s.now);
  };
  const auto waiting = [&] {
    return rows(s.file,
                "SELECT d.recipient, l.kind FROM v_deliveries d JOIN v_alerts l ON l.id = "
                "d.alert_id WHERE d.state = 'queued' ORDER BY 1, 2");
  };
  const std::int64_t page = add_page(s.store, "one", s.now);
  SUBCASE("each by the filters of his own") {
    s.store.sync_subscriptions({reader("all"), texts, others});
    save(deal(500), page);
    send_what_waits(s.file, s.now);
    save(deal(700), page);
    CHECK(waiting() == Lines{"all|contract_changed", "texts|article_changed"});
  }
  SUBCASE("and is no alert where everybody hears of the contract") {
    s.store.sync_subscriptions({reader("all"), others});
    save(deal(500), page);
    send_what_waits(s.file, s.now);
    save(deal(700), page);
    CHECK(waiting() == Lines{"all|contract_changed"});
    CHECK(s.told("article_changed").empty());
  }
}

}  // namespace stakeout
