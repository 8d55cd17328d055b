// What was told of a contract is not told again, and stays told, whatever comes later.
#include "storage/told_changes.h"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "tests/storage/alert_store.h"

namespace stakeout {
namespace {

// An article of its own about one deal.
struct Told {
  const char* name;
  const char* published;
  Status status;
  const char* day;  // of the change; empty: not told
};

Claim claim_of(const Told& told) {
  Claim c = deal(500, told.status);
  c.quote = std::string{"Told by "} + told.name + ".";
  const bool has_day = *told.day != '\0';
  if (told.status == Status::signed_ && has_day) c.signed_on = date(told.day);
  if (told.status != Status::signed_) {
    c.history = {{told.status, has_day ? std::optional{date(told.day)} : std::nullopt, c.quote}};
  }
  return c;
}

// A store with a reader, who is sent what there is after each article, or in the end.
struct ToldStore : AlertStore {
  bool sends = true;

  explicit ToldStore(bool sends_each = true) : sends{sends_each} {
    store.sync_subscriptions({reader("all@example.org")});
  }
  SavedArticle save_on(const std::string& name, const std::string& published,
                       std::vector<Claim> claims, const std::string& text = "") {
    const ArticleRecord record = article(add_page(store, name, now), text.empty() ? name : text,
                                         published, std::move(claims));
    const SavedArticle saved = store.save_article(record, now);
    if (sends) send_what_is_due();
    now = now + std::int64_t{3600};
    return saved;
  }
  void save_told(const Told& told) { save_on(told.name, told.published, {claim_of(told)}); }
  [[nodiscard]] Lines changes() const {
    return rows(file, "SELECT details FROM v_alerts WHERE kind = 'contract_changed' ORDER BY id");
  }
  [[nodiscard]] Lines history() const {
    return rows(file,
                "SELECT field, before, after FROM v_contract_events WHERE before IS NOT NULL "
                "ORDER BY position");
  }
};

const std::vector<Told> timeline = {
    {"a", "2024-02-02", Status::signed_, "2024-02-01"},
    {"b", "2024-03-02", Status::stop_work, "2024-03-01"},
    {"c", "2024-04-02", Status::resumed, "2024-04-01"},
    {"d", "2024-06-02", Status::stop_work, "2024-06-01"},
    {"e", "2024-07-02", Status::resumed, "2024-07-01"},
    {"f", "2024-09-02", Status::cancelled, "2024-09-01"},
};

// The articles in ten orders.
std::vector<std::vector<Told>> orders() {
  std::vector<std::vector<Told>> all;
  for (unsigned seed = 1; seed <= 10; ++seed) {
    std::mt19937 random{seed};
    all.push_back(timeline);
    std::shuffle(all.back().begin(), all.back().end(), random);
  }
  return all;
}

}  // namespace

TEST_CASE("each change is told once, in whichever order its articles arrive") {
  for (const auto& articles : orders()) {
    ToldStore s;
    for (const Told& told : articles) s.save_told(told);
    CAPTURE(std::string{articles.front().name});
    CHECK(rows(s.file, "SELECT count(*) FROM v_contracts") == Lines{"1"});
    // The first signing is no change: it is told where it is the first thing that is known.
    CHECK(rows(s.file,
               "SELECT a.url, count(*) FROM v_alerts l JOIN v_articles a ON a.id = l.article_id "
               "WHERE l.kind LIKE '%contract%' AND a.url NOT LIKE '%/a' GROUP BY 1 ORDER BY 1") ==
          Lines{"https://news.example/b|1", "https://news.example/c|1", "https://news.example/d|1",
                "https://news.example/e|1", "https://news.example/f|1"});
    CHECK(s.corrections().empty());
  }
}

TEST_CASE("what waits to be sent is the same in whichever order the articles arrived") {
  for (const auto& articles : orders()) {
    ToldStore s{false};
    for (const Told& told : articles) s.save_told(told);
    CAPTURE(std::string{articles.front().name});
    CHECK(rows(s.file,
               "SELECT a.url, l.kind, l.details FROM v_alerts l JOIN v_articles a ON a.id = "
               "l.article_id WHERE l.kind LIKE '%contract%' ORDER BY 1") ==
          Lines{"https://news.example/a|new_contract|NULL",
                "https://news.example/b|contract_changed|status: signed → stop_work",
                "https://news.example/c|contract_changed|status: stop_work → resumed",
                "https://news.example/d|contract_changed|status: resumed → stop_work",
                "https://news.example/e|contract_changed|status: stop_work → resumed",
                "https://news.example/f|contract_changed|status: resumed → cancelled"});
  }
}

TEST_CASE("an older article that arrives late tells its own change, and none a second time") {
  ToldStore s;
  s.save_told(timeline[0]);
  s.save_told(timeline[3]);
  CHECK(s.changes() == Lines{"status: signed → stop_work"});
  s.save_told(timeline[1]);
  CHECK(s.changes() == Lines{"status: signed → stop_work"});  // one state, not left meanwhile
  s.save_told(timeline[2]);
  CHECK(s.history().size() == 3);
  CHECK(s.changes() == Lines{"status: signed → stop_work", "status: signed → stop_work",
                             "status: stop_work → resumed"});
  CHECK(rows(s.file,
             "SELECT DISTINCT a.url FROM v_alerts l JOIN v_articles a ON a.id = l.article_id WHERE "
             "l.kind = 'contract_changed' ORDER BY l.id") ==
        Lines{"https://news.example/d", "https://news.example/b", "https://news.example/c"});
}

TEST_CASE("the day of a told change that becomes known later makes no other change of it") {
  ToldStore s;
  s.save_told(timeline[0]);
  s.save_told({"b", "2024-03-20", Status::stop_work, ""});
  s.save_told({"c", "2024-03-21", Status::stop_work, "2024-03"});
  s.save_told({"d", "2024-03-22", Status::stop_work, "2024-03-04"});
  CHECK(s.history() == Lines{"status|signed|stop_work"});
  CHECK(s.changes() == Lines{"status: signed → stop_work"});
}

TEST_CASE("a told change stays told when its article takes it back and others report it") {
  ToldStore s;
  s.save_told(timeline[0]);
  s.save_told(timeline[1]);
  s.save_told({"c", "2024-03-03", Status::stop_work, "2024-03-01"});
  s.save_on("b", "2024-03-02", {}, "Nothing of note.");
  CHECK(s.history() == Lines{"status|signed|stop_work"});
  CHECK(s.changes() == Lines{"status: signed → stop_work"});
}

TEST_CASE("a told sum that was corrected stays in history when others take up the new one") {
  struct Case {
    const char* what;
    bool b_told_old_sum;
    const char* corrected;  // the article
  };
  const Case cases[] = {{"the first one", false, "a"},
                        {"the first of two", true, "a"},
                        {"the second of two", true, "b"}};
  for (const Case& c : cases) {
    CAPTURE(c.what);
    for (const bool sends : {true, false}) {
      ToldStore s{sends};
      s.save_on("a", "2024-10-01", {deal(2'000'000)});
      if (c.b_told_old_sum) s.save_on("b", "2024-10-02", {deal(2'000'000)});
      const std::string published = *c.corrected == 'a' ? "2024-10-01" : "2024-10-02";
      s.save_on(c.corrected, published, {deal(2'400'000)}, "Corrected.");
      const Lines history = {"amount|2000000|2400000"};
      const Lines changes = {"amount: 2000000 → 2400000"};
      CHECK(s.history() == history);
      CHECK(s.changes() == changes);
      for (const char* name : {"c", "d", "e", "f"}) {
        s.save_on(name, "2024-10-04", {deal(2'400'000)});
        CHECK(s.history() == history);
        CHECK(s.changes() == changes);
      }
      CHECK(rows(s.file, "SELECT amount, claims FROM v_contracts") ==
            Lines{c.b_told_old_sum ? "2400000|6" : "2400000|5"});
      CHECK(s.corrections().empty());
    }
  }
}

TEST_CASE("a told correction stays when an older article turns up that had the new sum") {
  ToldStore s;
  s.save_on("a", "2024-10-02", {deal(2'000'000)});
  s.save_on("a", "2024-10-02", {deal(2'400'000)}, "Corrected.");
  s.save_on("b", "2024-10-01", {deal(2'400'000)});
  s.save_on("c", "2024-10-01", {deal(2'398'500)});
  CHECK(s.history() == Lines{"amount|2000000|2400000"});
  CHECK(s.changes() == Lines{"amount: 2000000 → 2400000"});
  CHECK(rows(s.file, "SELECT amount FROM v_contracts") == Lines{"2398500"});
}

TEST_CASE("a sum that was raised stays raised when most articles tell only the new one") {
  ToldStore s;
  Claim raised = deal(365'000, Status::modified);
  raised.history = {{Status::modified, date("2024-01-09"), "Raised."}};
  raised.signed_on = date("2023-05-15");
  Claim first = deal(250'000);
  first.signed_on = date("2023-05-15");
  s.save_on("a", "2023-05-16", {first});
  s.save_on("b", "2024-01-10", {raised});
  const Lines history = s.history();
  const Lines changes = s.changes();
  CHECK(std::find(history.begin(), history.end(), "amount|250000|365000") != history.end());
  for (const char* name : {"c", "d", "e"}) s.save_on(name, "2024-03-01", {deal(365'000)});
  CHECK(s.history() == history);
  CHECK(s.changes() == changes);
}

TEST_CASE("a correction that the article takes back is a change of its own") {
  ToldStore s;
  s.save_on("a", "2024-10-02", {deal(2'000'000)});
  s.save_on("a", "2024-10-02", {deal(2'400'000)}, "Corrected.");
  s.save_on("a", "2024-10-02", {deal(2'000'000)}, "Corrected again.");
  s.save_on("a", "2024-10-02", {deal(2'400'000)}, "Corrected for good.");
  CHECK(s.changes() == Lines{"amount: 2000000 → 2400000", "amount: 2400000 → 2000000",
                             "amount: 2000000 → 2400000"});
}

TEST_CASE("what comes true after a false report of it was corrected is told") {
  struct Case {
    const char* what;
    const char* reported;
    const char* day;
    bool is_true;  // it is not the old report once more
  };
  const Case cases[] = {
      {"with its day", "2024-10-12", "2024-10-11", true},
      {"without a day", "2024-10-12", "", true},
      {"on the day of the correction", "2024-10-07T20:00:00Z", "2024-10-07", true},
      {"of a day before the correction", "2024-10-12", "2024-10-05", false}};
  for (const Case& c : cases) {
    CAPTURE(c.what);
    ToldStore s;
    s.save_told(timeline[0]);
    s.save_told({"b", "2024-10-05", Status::cancelled, ""});
    s.save_on("b", "2024-10-05", {deal(500)}, "Corrected.");
    const Lines corrected = {"status: signed → cancelled", "status: cancelled → signed"};
    CHECK(s.changes() == corrected);
    s.save_told({"c", c.reported, Status::cancelled, c.day});
    Lines changes = corrected;
    if (c.is_true) changes.emplace_back("status: signed → cancelled");
    CHECK(s.changes() == changes);
    CHECK(rows(s.file, "SELECT status FROM v_contracts") ==
          Lines{c.is_true ? "cancelled" : "signed"});
  }
}

TEST_CASE("a told sum stands until more stories tell another one, and that is told") {
  const auto signing = [](std::int64_t dollars) {
    Claim c = deal(dollars);
    c.signed_on = date("2024-09-30");
    return c;
  };
  ToldStore s;
  s.save_on("a", "2024-10-01", {signing(5'000'000)});
  s.save_on("b", "2024-10-02", {signing(4'200'000)});
  CHECK(rows(s.file, "SELECT amount FROM v_contracts") == Lines{"5000000"});
  CHECK(s.changes().empty());
  for (const char* name : {"c", "d", "e"}) {
    s.save_on(name, "2024-10-03", {signing(4'200'000)});
    CHECK(rows(s.file, "SELECT amount FROM v_contracts") == Lines{"4200000"});
    CHECK(s.changes() == Lines{"amount: 5000000 → 4200000"});
    CHECK(s.history() == Lines{"amount|5000000|4200000"});
  }
}

TEST_CASE("a plan that comes to light after the deal changes neither its sum nor what was told") {
  for (const bool sends : {true, false}) {
    CAPTURE(sends);
    ToldStore s{sends};
    Claim made = deal(3'600'000);
    made.signed_on = date("2024-10-04");
    s.save_on("a", "2024-10-05", {made});
    Claim plan = deal(4'000'000, Status::proposed);
    plan.history = {{Status::proposed, std::nullopt, "It could cost about $4 million."}};
    s.save_on("plan", "2024-10-01", {plan});
    made.value = usd(3'900'000);
    s.save_on("c", "2024-10-06", {made});
    CHECK(rows(s.file, "SELECT amount, status FROM v_contracts") == Lines{"3600000|signed"});
    CHECK(s.changes().empty());
    CHECK(rows(s.file,
               "SELECT a.url FROM v_alerts l JOIN v_articles a ON a.id = l.article_id WHERE l.kind "
               "= 'new_contract'") == Lines{"https://news.example/a"});
  }
}

TEST_CASE("what two contracts told is told once when an article shows that they are one") {
  ToldStore s;
  const auto stopped = [&](std::int64_t dollars) {
    Claim c = claim_of(timeline[1]);
    c.value = usd(dollars);
    return c;
  };
  for (const std::int64_t dollars : {500, 900}) {
    const std::string name = std::to_string(dollars);
    s.save_on(name, "2024-02-02", {deal(dollars)});
    s.save_on(name + "-stop", "2024-03-02", {stopped(dollars)});
  }
  CHECK(s.changes().size() == 2);
  REQUIRE(s.store.merge_contracts(1, 2, s.now));
  s.save_on("late", "2024-03-03", {stopped(900)});
  CHECK(rows(s.file, "SELECT count(*) FROM v_contracts") == Lines{"1"});
  // Three stories tell the other sum now.
  CHECK(s.changes() ==
        Lines{"status: signed → stop_work", "status: signed → stop_work", "amount: 500 → 900"});
}

TEST_CASE("a contract that is split and merged again has the alerts that it had") {
  for (const bool sends : {true, false}) {
    ToldStore s{sends};
    CAPTURE(sends);
    s.save_told(timeline[0]);
    s.save_told(timeline[1]);
    s.save_told(timeline[2]);
    const auto alerts = [&] {
      return rows(s.file,
                  "SELECT id, kind, contract_id, article_id, details FROM v_alerts WHERE kind LIKE "
                  "'%contract%' OR kind = 'correction' ORDER BY id");
    };
    const auto deliveries = [&] {
      return rows(s.file, "SELECT alert_id, recipient, state FROM v_deliveries ORDER BY 1");
    };
    const Lines before = alerts();
    const Lines queued = deliveries();
    const Lines history = s.history();
    CHECK(before.size() == 3);
    for (const std::int64_t claim : {2, 1, 3}) {
      CAPTURE(claim);
      REQUIRE(s.store.split_claim(claim, s.now));
      const auto contracts = rows(s.file, "SELECT id FROM v_contracts ORDER BY id");
      REQUIRE(contracts.size() == 2);
      CHECK(contracts.front() == "1");
      REQUIRE(s.store.merge_contracts(1, std::stoll(contracts.back()), s.now));
      CHECK(s.history() == history);
      CHECK(alerts() == before);
      CHECK(deliveries() == queued);
      CHECK(rows(s.file, "SELECT count(*) FROM v_quiet_alerts") == Lines{"0"});
    }
  }
}

TEST_CASE("a merge of two contracts that is undone claim by claim leaves both as they were told") {
  for (const bool sends : {true, false}) {
    CAPTURE(sends);
    ToldStore s{sends};
    const auto claim_on = [](std::int64_t dollars, Status status, const char* day) {
      Claim c = claim_of({"", "", status, day});
      c.value = usd(dollars);
      return c;
    };
    s.save_on("a", "2024-03-04", {claim_on(2'000'000, Status::signed_, "2024-03-03")});
    s.save_on("b", "2024-06-13", {claim_on(900'000, Status::signed_, "2024-06-12")});
    s.save_on("c", "2024-07-21", {claim_on(900'000, Status::stop_work, "2024-07-20")});
    const auto told = [&] {
      return rows(s.file,
                  "SELECT l.id, l.contract_id, l.kind, l.details, d.state FROM v_alerts l JOIN "
                  "v_deliveries d ON d.alert_id = l.id WHERE l.kind LIKE '%contract%' ORDER BY 1");
    };
    const Lines before = told();
    CHECK(before.size() == 3);
    REQUIRE(s.store.merge_contracts(1, 2, s.now));
    REQUIRE(s.store.split_claim(2, s.now));
    REQUIRE(s.store.split_claim(3, s.now));
    CHECK(rows(s.file, "SELECT id, amount, status FROM v_contracts ORDER BY id") ==
          Lines{"1|2000000|signed", "2|900000|stop_work"});
    CHECK(told() == before);
    CHECK(rows(s.file, "SELECT count(*) FROM v_quiet_alerts") == Lines{"0"});
    s.save_on("d", "2024-07-24", {claim_on(2'000'000, Status::stop_work, "2024-07-23")});
    CHECK(told().size() == 4);
  }
}

TEST_CASE("an article that goes back and forth is followed there and back once") {
  ToldStore s;
  s.save_on("a", "2024-10-01", {deal(700'000)});
  for (int times = 0; times < 4; ++times) {
    s.save_on("a", "2024-10-01", {}, "Shelves, in revision " + std::to_string(times) + ".");
    CHECK(rows(s.file, "SELECT count(*) FROM v_contracts") == Lines{"0"});
    s.save_on("a", "2024-10-01", {deal(700'000)}, "Deal, in revision " + std::to_string(times));
    CHECK(rows(s.file, "SELECT id FROM v_contracts") == Lines{"1"});
  }
  CHECK(rows(s.file,
             "SELECT key FROM alerts WHERE kind IN ('new_contract', 'correction') AND key LIKE "
             "'contract:%' ORDER BY id") ==
        Lines{"contract:1:new", "contract:1:withdrawn", "contract:1:stands"});
}

TEST_CASE("an event is told by the change that is most like it") {
  struct Case {
    const char* what;
    std::int64_t article;
    const char* told_day;
    const char* event_day;
    std::int64_t source;
    bool is_told;
  };
  const Case cases[] = {
      {"the same", 1, "2024-03-01", "2024-03-01", 1, true},
      {"told by another article", 1, "2024-03-01", "2024-03-01", 2, true},
      {"a few days apart", 1, "2024-03-01", "2024-03-06", 2, true},
      {"weeks apart", 1, "2024-03-01", "2024-03-20", 2, false},
      {"weeks apart, by the same article", 1, "2024-03-01", "2024-03-20", 1, true},
      {"a day that was not known", 1, "", "2024-02-20", 2, true},
      {"a day that was not known, long ago", 1, "", "2023-02-20", 2, false},
  };
  const auto maybe_date = [](const char* day) {
    return *day == '\0' ? std::nullopt : std::optional{date(day)};
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    DealEvent event;
    event.field = "status";
    event.before = "signed";
    event.after = "stop_work";
    event.happened_on = maybe_date(c.event_day);
    event.reported_at = "2024-03-02";
    event.sources = {{c.source, false}};
    ToldChange told;
    told.article = c.article;
    told.field = "status";
    told.before = "signed";
    told.after = "stop_work";
    told.happened_on = maybe_date(c.told_day);
    told.reported_at = "2024-03-02";
    CHECK(match_told({event}, {told}).front().has_value() == c.is_told);
  }
}

}  // namespace stakeout
