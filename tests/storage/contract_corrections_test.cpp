#include <algorithm>

#include <doctest/doctest.h>

#include "sample.h"

using namespace stakeout;
using namespace stakeout::sample;

namespace {

// A store whose articles are fetched again a day later, and another day later.
struct CorrectedStore {
  TemporaryFolder directory;
  std::filesystem::path file = directory.file();
  Store store{file};
  Timestamp now = monday;

  CorrectedStore() { store.sync_entities(watchlist(), monday); }

  SavedArticle save(const std::string& name, const std::string& text, std::vector<Claim> claims) {
    const ArticleRecord record =
        article(add_page(store, name, now), text, "2024-10-07", std::move(claims));
    return store.save_article(record, now);
  }

  void next_day() { now = now + std::int64_t{24 * 3600}; }

  void send_all() { send_all_alerts(file, now); }

  [[nodiscard]] Lines contracts() const {
    return rows(file, "SELECT id, vendor, agency, amount, status, claims FROM v_contracts");
  }
  [[nodiscard]] Lines changes() const {
    return rows(file,
                "SELECT contract_id, field, before, after, happened_on, reported_at, article_id, "
                "quote FROM v_contract_events WHERE before IS NOT NULL ORDER BY id");
  }
  [[nodiscard]] Lines alerts() const {
    return rows(file,
                "SELECT kind, contract_id, details FROM v_alerts WHERE kind LIKE '%contract%' OR "
                "kind = 'correction' ORDER BY id");
  }
};

Claim deal(std::int64_t dollars, Status status = Status::signed_) {
  Claim c = claim("Glasshouse Systems", "Quay Bureau");
  c.value = usd(dollars);
  c.status = status;
  c.quote = "They agreed on " + std::to_string(dollars) + ".";
  return c;
}

}  // namespace

TEST_CASE("a corrected amount changes the contract, once, with its quote and its day") {
  CorrectedStore s;
  s.save("one", "First.", {deal(12'345)});
  s.next_day();
  const SavedArticle saved = s.save("one", "Corrected.", {deal(13'245)});
  CHECK(saved.new_contracts == 0);
  CHECK(saved.changed_contracts == 1);
  const Lines contracts = {"1|Glasshouse Systems|Quay Bureau|13245|signed|1"};
  const Lines changes = {"1|amount|12345|13245|NULL|2024-10-08T06:00:00Z|1|They agreed on 13245."};
  const Lines alerts = {"new_contract|1|NULL", "contract_changed|1|amount: 12345 → 13245"};
  const auto check = [&] {
    CHECK(s.contracts() == contracts);
    CHECK(s.changes() == changes);
    CHECK(s.alerts() == alerts);
  };
  check();
  s.next_day();
  s.save("one", "Corrected, and a comma.", {deal(13'245)});
  check();
  const ArticleRecord again = article(1, "", "2024-10-07", {deal(13'245)});
  save_facts(s.store, saved.revision_id + 1, again.facts, "2.0", s.now);
  check();
}

TEST_CASE("a sum that is edited by a tenth is told, and one that is told more precisely is not") {
  struct Case {
    std::int64_t before;
    std::int64_t after;
    bool is_told;
  };
  for (const auto& [before, after, is_told] :
       {Case{30'000'000, 33'000'000, true}, Case{2'000'000, 2'200'000, true},
        Case{2'000'000, 1'987'654, false}}) {
    CAPTURE(after);
    CorrectedStore s;
    s.save("one", "First.", {deal(before)});
    s.send_all();
    s.next_day();
    s.save("one", "Edited.", {deal(after)});
    CHECK(rows(s.file, "SELECT amount FROM v_contracts") == Lines{std::to_string(after)});
    CHECK(
        rows(s.file, "SELECT before, after, cause FROM v_alerts WHERE kind = 'contract_changed'") ==
        (is_told ? Lines{std::to_string(before) + "|" + std::to_string(after) + "|correction"}
                 : Lines{}));
  }
}

TEST_CASE("a contract that is rejected and restored was first seen when it was") {
  CorrectedStore s;
  s.save("one", "First.", {deal(500)});
  const auto first_seen = rows(s.file, "SELECT first_seen_at, key FROM v_contracts");
  s.next_day();
  CHECK(s.store.reject_claim(1, "not a contract", s.now));
  CHECK(s.store.restore_claim(1, s.now));
  CHECK(rows(s.file, "SELECT first_seen_at, key FROM v_contracts") == first_seen);
}

TEST_CASE("a corrected contract does not depend on the order of the articles of a crawl") {
  const auto outcome = [](bool copy_first, bool late_first) {
    CorrectedStore s;
    const auto save_pair = [&](bool swapped, const char* other, std::int64_t its_amount,
                               const char* text, std::int64_t amount) {
      if (swapped) s.save(other, other, {deal(its_amount)});
      s.save("one", text, {deal(amount)});
      if (!swapped) s.save(other, other, {deal(its_amount)});
      s.next_day();
    };
    save_pair(copy_first, "two", 12'345, "First.", 12'345);
    save_pair(late_first, "three", 13'245, "Corrected.", 13'245);
    Lines all = rows(s.file, "SELECT amount, claims, stories FROM v_contracts");
    for (auto& line : rows(s.file, "SELECT field, before, after, quote FROM v_contract_events")) {
      all.push_back(std::move(line));
    }
    return all;
  };
  const Lines expected = outcome(false, false);
  CHECK(expected.front() == "13245|3|3");
  CHECK(std::count(expected.begin(), expected.end(), "amount|12345|13245|They agreed on 13245.") ==
        1);
  CHECK(outcome(true, false) == expected);
  CHECK(outcome(false, true) == expected);
  CHECK(outcome(true, true) == expected);
}

TEST_CASE("a state that a later revision reports, or takes back, is an event with an alert") {
  CorrectedStore s;
  s.save("one", "First.", {deal(500)});
  s.next_day();
  s.save("one", "Stopped.", {deal(500, Status::cancelled)});
  s.next_day();
  s.save("one", "Not stopped.", {deal(500)});
  CHECK(s.contracts() == Lines{"1|Glasshouse Systems|Quay Bureau|500|signed|1"});
  CHECK(s.alerts() == Lines{"new_contract|1|NULL", "contract_changed|1|status: signed → cancelled",
                            "contract_changed|1|status: cancelled → signed"});
}

TEST_CASE("a claim that is taken back leaves the contract to the articles that still report it") {
  CorrectedStore s;
  s.save("one", "First.", {deal(500, Status::cancelled)});
  s.save("two", "Second.", {deal(500)});
  s.send_all();
  s.next_day();
  s.save("one", "Nothing of note.", {});
  CHECK(s.contracts() == Lines{"1|Glasshouse Systems|Quay Bureau|500|signed|1"});
  CHECK(rows(s.file, "SELECT count(*) FROM v_alerts WHERE kind = 'correction'") == Lines{"0"});
}

TEST_CASE(
    "a contract that nobody was told of goes without a word, and another gets its own alert") {
  CorrectedStore s;
  s.save("one", "First.", {deal(500)});
  s.next_day();
  s.save("one", "Nothing of note.", {});
  CHECK(s.contracts().empty());
  CHECK(s.alerts().empty());
  s.save("two", "Second.", {deal(900)});
  CHECK(s.contracts() == Lines{"2|Glasshouse Systems|Quay Bureau|900|signed|1"});
  CHECK(s.alerts() == Lines{"new_contract|2|NULL"});
}

TEST_CASE("a contract that somebody was told of is taken back with a correction, once") {
  CorrectedStore s;
  s.save("one", "First.", {deal(500)});
  s.send_all();
  s.next_day();
  CHECK(s.save("one", "Nothing of note.", {}).alerts.told > 0);
  s.next_day();
  s.save("one", "Nothing of note, still.", {});
  CHECK(s.contracts().empty());
  CHECK(rows(s.file, "SELECT title, details, article_id FROM v_alerts WHERE kind = 'correction'") ==
        Lines{"Glasshouse Systems: Article 1|no article reports the contract any more: Quay "
              "Bureau, USD 500|1"});
  s.save("two", "Another deal.", {deal(900)});
  CHECK(s.alerts().back() == "new_contract|2|NULL");
}

TEST_CASE("a claim that a person rejects after it was sent raises one correction") {
  CorrectedStore s;
  s.save("one", "First.", {deal(500)});
  s.send_all();
  CHECK(s.store.reject_claim(1, "not a contract", s.now));
  CHECK(s.contracts().empty());
  CHECK(rows(s.file, "SELECT details FROM v_alerts WHERE kind = 'correction'") ==
        Lines{"Quay Bureau, USD 500: taken back: not a contract"});
}

TEST_CASE("who was told of two contracts that are one deal is told so, once") {
  CorrectedStore s;
  s.save("one", "First.", {deal(500)});
  s.save("two", "Second.", {deal(900)});
  s.send_all();
  CHECK(s.store.merge_contracts(1, 2, s.now));
  const auto corrections = [&] {
    return rows(s.file, "SELECT contract_id, details FROM v_alerts WHERE kind = 'correction'");
  };
  CHECK(corrections() ==
        Lines{"1|told as two contracts, of USD 500 and of USD 900, which are one: Quay Bureau, "
              "USD 500"});
  CHECK(rows(s.file,
             "SELECT count(*) FROM deliveries d JOIN v_alerts l ON l.id = d.alert_id WHERE l.kind "
             "= 'correction' AND d.state = 'queued'") == Lines{"1"});
  s.send_all();
  CHECK(s.store.split_claim(2, s.now));
  CHECK(corrections().size() == 2);
  CHECK(corrections().back() == "2|a contract of its own after all: Quay Bureau, USD 900");
}

TEST_CASE("a contract that goes into another raises no correction while nobody was told of it") {
  CorrectedStore s;
  s.save("one", "First.", {deal(500)});
  s.send_all();
  s.save("two", "Second.", {deal(900)});
  CHECK(s.store.merge_contracts(1, 2, s.now));
  CHECK(rows(s.file, "SELECT count(*) FROM v_alerts WHERE kind = 'correction'") == Lines{"0"});
}

TEST_CASE("an article that shows two mailed contracts to be one raises a correction") {
  CorrectedStore s;
  Claim first = deal(500);
  first.signed_on = date("2024-09-01");
  Claim second = deal(500);
  second.signed_on = date("2024-11-01");
  s.save("one", "First.", {first});
  s.save("two", "Second.", {second});
  REQUIRE(s.contracts().size() == 2);
  s.send_all();
  s.next_day();
  second.signed_on = date("2024-09-01");
  s.save("two", "Second, with another day.", {second});
  CHECK(s.contracts().size() == 1);
  CHECK(rows(s.file, "SELECT details FROM v_alerts WHERE kind = 'correction'") ==
        Lines{"told as two contracts, which are one: Quay Bureau, USD 500"});
}

TEST_CASE("that two contracts are one is told to those who were told of both, and to nobody else") {
  CorrectedStore s;
  s.save("one", "First.", {deal(500)});
  s.save("two", "Second.", {deal(900)});
  change(s.file,
         "INSERT INTO deliveries (alert_id, digest, channel, recipient) SELECT id, 'large', "
         "'mail', 'large@example.org' FROM v_alerts WHERE contract_id = 2");
  s.send_all();
  CHECK(s.store.merge_contracts(1, 2, s.now));
  CHECK(rows(s.file,
             "SELECT d.recipient FROM deliveries d JOIN v_alerts l ON l.id = d.alert_id WHERE "
             "l.kind = 'correction'") == Lines{"desk@example.org"});
}

TEST_CASE("the key of a contract is that of what was told first, and where") {
  const auto key_of = [](const std::string& text, const Claim& claim) {
    CorrectedStore s;
    s.save("page", text, {claim});
    return rows(s.file, "SELECT key FROM v_contracts").at(0);
  };
  CHECK(key_of("As told.", deal(500)) == key_of("As told.", deal(500)));
  CHECK(key_of("As told.", deal(500)) != key_of("A week later.", deal(500)));
  CHECK(key_of("As told.", deal(500)) != key_of("As told.", deal(900)));
}

TEST_CASE("what a person has put together stays together when a text is corrected") {
  CorrectedStore s;
  s.save("one", "First.", {deal(500)});
  s.save("two", "Second.", {deal(900)});
  CHECK(s.store.merge_contracts(1, 2, s.now));
  s.next_day();
  s.save("two", "Corrected.", {deal(1'300)});
  CHECK(rows(s.file, "SELECT id, claims FROM v_contracts") == Lines{"1|2"});
}

TEST_CASE("a person's word of two contracts outlives crawls, corrections and reading again") {
  struct Case {
    bool merges;
    Lines contracts;
    Lines reasons;
  };
  const Case cases[] = {
      {true,
       {"1|3"},
       {"1|a person's word: the deal of article 2", "1|a person's word: the deal of article 1",
        "1|the sum of article 1"}},
      {false,
       {"1|2", "2|1"},
       {"1|the first report; by a person's word not the deal of article 2",
        "2|the first report; by a person's word not the deal of article 1",
        "1|the sum of article 1"}},
  };
  for (const auto& [merges, contracts, reasons] : cases) {
    CAPTURE(merges);
    CorrectedStore s;
    s.save("one", "First.", {deal(500)});
    s.save("two", "Second.", {deal(merges ? 900 : 500)});
    CHECK((merges ? s.store.merge_contracts(1, 2, s.now) : s.store.split_claim(2, s.now)));
    s.next_day();
    s.save("three", "Third.", {deal(500)});
    const auto check = [&, &its_contracts = contracts, &its_reasons = reasons] {
      CHECK(rows(s.file, "SELECT id, claims FROM v_contracts ORDER BY id") == its_contracts);
      CHECK(rows(s.file, "SELECT contract_id, reason FROM v_claims ORDER BY article_id") ==
            its_reasons);
    };
    check();
    s.next_day();
    s.save("two", "Corrected.", {deal(merges ? 950 : 500)});
    check();
    for (const StoredText& text : s.store.texts(10)) {
      const std::int64_t sum = text.text == "Second." ? 900 : text.text == "Corrected." ? 950 : 500;
      const ArticleRecord record =
          article(1, text.text, text.published, {deal(merges ? sum : 500)});
      save_facts(s.store, text.revision_id, record.facts, "2.0", s.now);
    }
    check();
  }
}

TEST_CASE(
    "what two versions of the extractors read is no correction once all texts are read again") {
  CorrectedStore s;
  s.save("one", "First.", {deal(12'345)});
  s.next_day();
  s.save("one", "First, and a comma.", {deal(13'245)});
  CHECK(s.changes().size() == 1);
  for (const StoredText& text : s.store.texts(10)) {
    const ArticleRecord record = article(1, text.text, text.published, {deal(13'245)});
    save_facts(s.store, text.revision_id, record.facts, "2.0", s.now);
  }
  CHECK(s.contracts() == Lines{"1|Glasshouse Systems|Quay Bureau|13245|signed|1"});
  CHECK(s.changes().empty());
  CHECK(rows(s.file, "SELECT DISTINCT extractor FROM v_claims ORDER BY id") == Lines{"2.0"});
}

TEST_CASE("a claim that moves up the list takes nothing over from the one that was there") {
  CorrectedStore s;
  Claim other = claim("Axonova Ltd", "Canal Bureau");
  other.value = usd(777);
  other.status = Status::signed_;
  other.quote = "Axonova got 777.";
  const SavedArticle one = s.save("one", "Both.", {deal(12'345), other});
  s.save("two", "The first.", {deal(12'345)});
  s.send_all();
  const Lines claims =
      rows(s.file, "SELECT id, contract_id, vendor FROM v_claims WHERE id > 1 ORDER BY id");
  const Lines alerts = s.alerts();
  save_facts(s.store, one.revision_id, article(1, "Both.", "2024-10-07", {other}).facts, "2.0",
             s.now);
  CHECK(s.contracts() == Lines{"1|Glasshouse Systems|Quay Bureau|12345|signed|1",
                               "2|Axonova Ltd|Canal Bureau|777|signed|1"});
  CHECK(rows(s.file, "SELECT id, contract_id, vendor FROM v_claims ORDER BY id") == claims);
  CHECK(s.alerts() == alerts);
}

TEST_CASE("a claim that is read otherwise goes on in its row while enough of it is the same") {
  struct Case {
    const char* what;
    const char* vendor;
    const char* agency;
    std::int64_t sum;
    const char* quote;
    bool goes_on;
  };
  const Case cases[] = {
      {"the same", "Glasshouse Systems", "Quay Bureau", 100, "They agreed on 100.", true},
      {"another quote", "Glasshouse Systems", "Quay Bureau", 100, "So they agreed.", true},
      {"another sum", "Glasshouse Systems", "Quay Bureau", 120, "They agreed on 100.", true},
      {"another agency", "Glasshouse Systems", "Canal Bureau", 100, "They agreed on 100.", true},
      {"another agency and quote", "Glasshouse Systems", "Canal Bureau", 100, "So be it.", false},
      {"another sum and quote", "Glasshouse Systems", "Quay Bureau", 120, "So be it.", false},
      {"another vendor", "Axonova Ltd", "Quay Bureau", 100, "They agreed on 100.", true},
      {"another vendor and sum", "Axonova Ltd", "Quay Bureau", 120, "They agreed on 100.", false},
      {"another vendor and quote", "Axonova Ltd", "Quay Bureau", 100, "So be it.", false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CorrectedStore s;
    const SavedArticle saved = s.save("one", "Words.", {deal(100)});
    Claim again = claim(c.vendor, c.agency);
    again.value = usd(c.sum);
    again.quote = c.quote;
    save_facts(s.store, saved.revision_id, article(1, "Words.", "2024-10-07", {again}).facts, "2.0",
               s.now);
    CHECK(rows(s.file, "SELECT count(*) FROM v_claims WHERE id = 1") ==
          Lines{c.goes_on ? "1" : "0"});
    CHECK(rows(s.file, "SELECT count(*) FROM v_contracts WHERE id = 1") ==
          Lines{c.goes_on ? "1" : "0"});
    CHECK(rows(s.file, "SELECT vendor FROM v_contracts") == Lines{c.vendor});
  }
}
