#include <doctest/doctest.h>

#include "sample.h"

using namespace stakeout;
using namespace stakeout::sample;

namespace {

// A store with one alert, number 1, about one article.
struct AlertedStore {
  TemporaryFolder directory;
  std::filesystem::path file = directory.file();
  Store store{file};

  AlertedStore() {
    store.sync_entities(watchlist(), monday);
    ArticleRecord record = article(add_page(store, "one"), "Words.", "2024-10-07");
    record.facts.mentions = {mention(EntityKind::vendor, "Lantern Works")};
    store.save_article(record, monday);
  }
};

const Recipient desk = {"daily", "mail", "desk@example.org"};

}  // namespace

TEST_CASE("an alert goes to a recipient once, whatever became of it") {
  AlertedStore s;
  CHECK(s.store.queue_deliveries(desk, {1}, "<1@host>") == 1);
  CHECK(s.store.queue_deliveries(desk, {1}, "<2@host>") == 0);
  CHECK(s.store.queue_deliveries({"daily", "mail", "other@example.org"}, {1}, "<1@host>") == 1);
  const auto due = s.store.deliveries_due(monday);
  REQUIRE(due.size() == 2);
  CHECK(due[0].message_id == "<1@host>");
  s.store.save_deliveries({due[0].id}, DeliveryState::sending, "", {}, monday);
  s.store.save_deliveries({due[0].id}, DeliveryState::sent, "", {}, monday);
  CHECK(s.store.deliveries_due(monday).size() == 1);
  CHECK(s.store.queue_deliveries(desk, {1}, "<3@host>") == 0);
  CHECK(rows(s.file, "SELECT state, attempts, sent_at FROM v_deliveries ORDER BY id") ==
        Lines{"sent|1|2024-10-07T06:00:00Z", "queued|0|NULL"});
}

TEST_CASE(
    "a delivery that a crash left half-way is due again, one that failed waits for its time") {
  AlertedStore s;
  s.store.queue_deliveries(desk, {1}, "<1@host>");
  s.store.save_deliveries({1}, DeliveryState::sending, "", {}, monday);
  CHECK(s.store.deliveries_due(monday).at(0).state == "sending");
  s.store.save_deliveries({1}, DeliveryState::queued, "421 try later", monday + 60, monday);
  CHECK(s.store.deliveries_due(monday).empty());
  CHECK(s.store.deliveries_due(monday + 60).at(0).attempts == 1);
  s.store.save_deliveries({1}, DeliveryState::failed, "550 no such user", {}, monday);
  CHECK(s.store.deliveries_due(monday + 3600).empty());
}

TEST_CASE("a claim that was mailed and proves wrong makes a correction") {
  AlertedStore s;
  ArticleRecord record = article(add_page(s.store, "two"), "More words.", "2024-10-07",
                                 {claim("Lantern Works", "Rail Police")});
  s.store.save_article(record, monday);
  Reader reader{s.file};
  const auto alert = std::get<std::int64_t>(
      reader.rows("SELECT id FROM v_alerts WHERE kind = 'new_contract'").rows.at(0).at(0));
  s.store.queue_deliveries(desk, {alert}, "<1@host>");
  s.store.save_deliveries({1}, DeliveryState::sent, "", {}, monday);
  CHECK(s.store.reject_claim(1, "a rumour", monday));
  CHECK(rows(s.file, "SELECT kind, details FROM v_alerts WHERE kind = 'correction'") ==
        Lines{"correction|Rail Police: a rumour"});
  CHECK(rows(s.file, "SELECT count(*) FROM v_alerts WHERE kind = 'new_contract'") == Lines{"1"});
}
