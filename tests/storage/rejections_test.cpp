// What a person rejects, merges and splits, through copies, new fetches and new readings.
#include <doctest/doctest.h>

#include "tests/storage/sample.h"

namespace stakeout {
using namespace sample;
namespace {

struct RuledStore {
  TemporaryFolder directory;
  std::filesystem::path file = directory.path() / "test.db";
  Store store{file};
  Timestamp now = monday;

  RuledStore() { store.sync_entities(watchlist(), monday); }

  SavedArticle save(const std::string& name, const std::string& text, std::vector<Claim> claims,
                    std::vector<StoryLink> copies_of = {}) {
    ArticleRecord record =
        article(add_page(store, name, now), text, "2024-10-07", std::move(claims));
    record.copies_of = std::move(copies_of);
    return store.save_article(record, now);
  }

  // All texts of an article are read anew, with these claims.
  void read_again(std::int64_t article_id, const std::vector<Claim>& claims) {
    for (const StoredText& text : store.texts(100)) {
      if (text.article_id != article_id) continue;
      save_facts(store, text.revision_id,
                 article(article_id, text.text, text.published, claims).facts, "2", now);
    }
  }

  void send_all() { send_all_alerts(file, now); }

  [[nodiscard]] Lines contracts() const {
    return rows(file, "SELECT id, vendor, agency, amount, claims FROM v_contracts ORDER BY id");
  }
  [[nodiscard]] Lines claims() const {
    return rows(file, "SELECT id, contract_id FROM v_claims ORDER BY id");
  }
};

Claim deal(std::int64_t dollars, const std::string& vendor = "Glasshouse Systems",
           const std::string& agency = "Quay Bureau") {
  Claim c = claim(vendor, agency);
  if (dollars > 0) c.value = usd(dollars);
  c.status = Status::signed_;
  c.quote = "The bureau pays " + std::to_string(dollars) + " for glass.";
  return c;
}

const std::string why = "it is about windows";

}  // namespace

TEST_CASE("a rejected claim does not come back, however it is read or fetched again") {
  struct Case {
    const char* what;
    Claim again;
    bool comes_back;
  };
  const auto changed = [](auto change) {
    Claim c = deal(500);
    change(c);
    return c;
  };
  const Case cases[] = {
      {"the same", deal(500), false},
      {"moved", changed([](Claim& c) {
         c.evidence = {7, 31};
       }),
       false},
      {"a longer quote", changed([](Claim& c) { c.quote = "On Monday. " + c.quote; }), false},
      {"another quote", changed([](Claim& c) { c.quote = "So it does."; }), false},
      {"a term read out of it, too", changed([](Claim& c) { c.term = "P1Y"; }), false},
      {"another sum in the same words", changed([](Claim& c) { c.value = usd(700); }), false},
      {"no sum in the same words", changed([](Claim& c) { c.value.reset(); }), false},
      {"another agency in the same words", changed([](Claim& c) { c.agency = "Rail Police"; }),
       false},
      {"the vendor by another name", changed([](Claim& c) { c.vendor = "Glasshouse"; }), false},
      {"another deal of the two", changed([](Claim& c) {
         c.value = usd(900);
         c.quote = "Another 900 went to doors.";
       }),
       true},
      {"another deal with another vendor", changed([](Claim& c) {
         c.vendor = "Lantern Works";
         c.fields.clear();
         c.quote = "Lamps for 500.";
       }),
       true},
  };
  for (const Case& each : cases) {
    CAPTURE(each.what);
    const auto outcome = [&](bool fetched) {
      RuledStore s;
      s.save("one", "Glass.", {deal(500)});
      CHECK(s.store.reject_claim(1, why, s.now));
      CHECK(s.contracts().empty());
      if (fetched) {
        s.save("one", "Glass, they say.", {each.again});
      } else {
        s.read_again(1, {each.again});
      }
      return !s.contracts().empty();
    };
    CHECK(outcome(false) == each.comes_back);
    CHECK(outcome(true) == each.comes_back);
  }
}

TEST_CASE("what is rejected in one copy of a story is rejected in the others, whenever they come") {
  RuledStore s;
  s.save("one", "Glass.", {deal(500)});
  s.save("two", "Glass too.", {deal(500)}, {{1, 0.9, "test"}});
  s.save("other", "Unrelated.", {deal(500)});
  CHECK(s.contracts() == Lines{"1|Glasshouse Systems|Quay Bureau|500|3"});
  CHECK(s.store.reject_claim(2, why, s.now));
  s.save("three", "Glass as well.", {deal(500)}, {{1, 0.9, "test"}});
  CHECK(s.contracts() == Lines{"1|Glasshouse Systems|Quay Bureau|500|1"});
  CHECK(rows(s.file, "SELECT id, article_id, what, why FROM v_rejections ORDER BY id") ==
        Lines{"1|1|Glasshouse Systems / Quay Bureau, USD 500|" + why,
              "2|2|Glasshouse Systems / Quay Bureau, USD 500|" + why,
              "4|4|Glasshouse Systems / Quay Bureau, USD 500|" + why});
  CHECK(s.store.reject_join(4, "another event", s.now));
  CHECK(s.contracts() == Lines{"1|Glasshouse Systems|Quay Bureau|500|2"});
  CHECK(s.store.restore_claim(1, s.now));
  CHECK(s.contracts() == Lines{"1|Glasshouse Systems|Quay Bureau|500|4"});
  CHECK(rows(s.file, "SELECT kind, what FROM v_rejections") ==
        Lines{"join|no copy of article 1", "join|no copy of article 2"});
  CHECK(s.store.restore_join(4, s.now));
  CHECK(rows(s.file, "SELECT count(*) FROM v_rejections") == Lines{"0"});
  CHECK(rows(s.file, "SELECT articles FROM v_stories ORDER BY id") == Lines{"3", "1"});
}

TEST_CASE("what stands again is told of as before its rejection, under its ids") {
  for (const bool quiet : {false, true}) {
    CAPTURE(quiet);
    RuledStore s;
    ArticleRecord record =
        article(add_page(s.store, "one", s.now), "Glass.", "2024-10-07", {deal(500)});
    record.quiet = quiet;
    s.store.save_article(record, s.now);
    const auto alerts = [&](const char* columns) {
      return rows(s.file, "SELECT " + std::string{columns} + " FROM v_alerts ORDER BY kind, title");
    };
    const char* what = "id, kind, title, article_id, contract_id, details";
    const Lines before = alerts(what);
    CHECK(before.size() == (quiet ? 0 : 3));
    const Lines mentions = rows(s.file, "SELECT id FROM v_mentions");
    CHECK(s.store.reject_claim(1, why, s.now));
    for (const auto& id : mentions) CHECK(s.store.reject_mention(std::stoll(id), why, s.now));
    CHECK(alerts(what).empty());
    CHECK(s.store.restore_claim(1, s.now));
    for (const auto& id : mentions) CHECK(s.store.restore_mention(std::stoll(id), s.now));
    CHECK(alerts(what) == before);
  }
}

TEST_CASE("a rejection that is taken back brings the contract back under its number") {
  RuledStore s;
  s.save("one", "Glass.", {deal(500)});
  s.save("two", "Lamps.", {deal(300, "Lantern Works")});
  s.send_all();
  CHECK(s.store.reject_claim(1, why, s.now));
  CHECK(s.contracts() == Lines{"2|Lantern Works|Quay Bureau|300|1"});
  s.send_all();
  s.read_again(1, {deal(500)});
  CHECK(s.store.restore_claim(1, s.now));
  CHECK_FALSE(s.store.restore_claim(1, s.now));
  CHECK(s.contracts().front() == "1|Glasshouse Systems|Quay Bureau|500|1");
  CHECK(rows(s.file,
             "SELECT kind, contract_id, details FROM v_alerts WHERE kind IN "
             "('new_contract', 'correction') ORDER BY id") ==
        Lines{"new_contract|1|NULL", "new_contract|2|NULL",
              "correction|NULL|Quay Bureau, USD 500: taken back: " + why,
              "correction|NULL|Quay Bureau, USD 500: stands after all"});
}

TEST_CASE(
    "a rejected mention is rejected in the copies, and those who were told get a correction") {
  RuledStore s;
  s.save("one", "Glass.", {deal(500)});
  s.send_all();
  s.save("two", "Glass too.", {deal(500)}, {{1, 0.9, "test"}});
  const auto named = [&] {
    return rows(s.file, "SELECT article_id FROM v_mentions WHERE name = 'Glasshouse Systems'");
  };
  CHECK(s.store.reject_mention(1, why, s.now));
  CHECK(named().empty());
  s.save("three", "Glass as well.", {deal(500)}, {{2, 0.9, "test"}});
  CHECK(named().empty());
  s.save("other", "Unrelated.", {deal(500)});
  CHECK(named() == Lines{"4"});
  CHECK(rows(s.file, "SELECT details FROM v_alerts WHERE kind = 'correction'") ==
        Lines{"not named there: " + why});
  CHECK(s.store.restore_mention(
      std::stoll(rows(s.file, "SELECT min(id) FROM v_rejections").front()), s.now));
  CHECK(named().size() == 4);
}

TEST_CASE("a mention that stands after all is told of, as it was or for the first time") {
  RuledStore s;
  s.save("one", "Glass.", {deal(500)});
  const std::string alerts =
      "SELECT kind, details FROM v_alerts WHERE kind IN ('new_mention', 'correction') AND "
      "entity_id = 1 ORDER BY id";
  REQUIRE(rows(s.file, alerts) == Lines{"new_mention|NULL"});
  CHECK(s.store.reject_mention(1, why, s.now));
  CHECK(rows(s.file, alerts).empty());
  CHECK(s.store.restore_mention(1, s.now));
  CHECK(rows(s.file, alerts) == Lines{"new_mention|NULL"});

  s.send_all();
  CHECK(s.store.reject_mention(1, why, s.now));
  CHECK(rows(s.file, alerts) == Lines{"new_mention|NULL", "correction|not named there: " + why});
  CHECK(s.store.restore_mention(1, s.now));
  CHECK(rows(s.file, alerts) == Lines{"new_mention|NULL"});
  CHECK(s.store.reject_mention(1, why, s.now));
  s.send_all();
  CHECK(s.store.restore_mention(1, s.now));
  CHECK(rows(s.file, alerts) == Lines{"new_mention|NULL", "correction|not named there: " + why,
                                      "correction|named there after all"});
}

TEST_CASE("two articles that a person has parted are not joined again by a copy of both") {
  RuledStore s;
  s.save("one", "Glass.", {});
  s.save("two", "Glass too.", {}, {{1, 0.9, "test"}});
  CHECK(s.store.reject_join(1, why, s.now));
  s.save("three", "Glass as well.", {}, {{1, 0.7, "test"}, {2, 0.8, "test"}});
  CHECK(rows(s.file, "SELECT id, story_id FROM v_articles ORDER BY id") ==
        Lines{"1|2", "2|1", "3|1"});
}

TEST_CASE("merged and split contracts stay so when the claims are read otherwise") {
  RuledStore s;
  s.save("one", "Glass.", {deal(500)});
  s.save("two", "Panes.", {deal(900)});
  s.save("three", "Windows.", {deal(900)});
  CHECK(s.contracts().size() == 2);
  CHECK(s.store.merge_contracts(1, 2, s.now));
  CHECK(rows(s.file, "SELECT id, claims FROM v_contracts") == Lines{"1|3"});
  Claim again = deal(900);
  again.value = usd(950);
  s.read_again(2, {again});
  CHECK(rows(s.file, "SELECT id, claims FROM v_contracts") == Lines{"1|3"});

  CHECK(s.store.split_claim(3, s.now));
  CHECK(rows(s.file, "SELECT id, claims FROM v_contracts ORDER BY id") == Lines{"1|2", "2|1"});
  Claim longer = deal(900);
  longer.quote += " And frames.";
  s.read_again(3, {longer});
  CHECK(rows(s.file, "SELECT id, claims FROM v_contracts ORDER BY id") == Lines{"1|2", "2|1"});
  CHECK_FALSE(s.store.split_claim(3, s.now));

  s.save("four", "Lamps.", {deal(300, "Lantern Works")});
  CHECK_FALSE(s.store.merge_contracts(1, 4, s.now));
}

TEST_CASE("a contract keeps its number when its texts are read of another vendor, one by one") {
  RuledStore s;
  const auto fields = [](Claim c) {
    c.fields.clear();
    c.fields.push_back({"vendor", *c.vendor, "Glass", {0, 5}, "test"});
    return c;
  };
  for (const char* name : {"one", "two", "three"}) s.save(name, name, {fields(deal(500))});
  s.send_all();
  for (const std::int64_t id : {1, 2, 3}) {
    s.read_again(id, {fields(deal(500, "Lantern Works"))});
    CHECK(s.contracts().size() == (id < 3 ? 2 : 1));
  }
  CHECK(s.contracts() == Lines{"1|Lantern Works|Quay Bureau|500|3"});
  CHECK(rows(s.file, "SELECT contract_id, details FROM v_alerts WHERE kind = 'correction'") ==
        Lines{"1|vendor: Glasshouse Systems → Lantern Works"});
}

TEST_CASE("a pared text whose vendor is read by another name takes its contract along") {
  RuledStore s;
  s.save("one", "Glass. Read more.", {deal(500)});
  Claim renamed = deal(500, "Lantern Works");
  renamed.quote = deal(500).quote;
  const StoredText text = s.store.latest_text(1).value();
  Facts facts = article(1, text.text, text.published, {renamed}).facts;
  s.store.pare_text(text, {"Glass.", {{6, " Read more.", 3}}, facts, "2"}, s.now);
  CHECK(s.contracts() == Lines{"1|Lantern Works|Quay Bureau|500|1"});
}

TEST_CASE("claims and mentions say which version of the extractors read them") {
  RuledStore s;
  s.save("one", "Glass.", {deal(500)});
  CHECK(rows(s.file, "SELECT DISTINCT extractor FROM v_mentions") == Lines{"1.0"});
  s.read_again(1, {deal(500)});
  CHECK(rows(s.file, "SELECT DISTINCT extractor FROM v_mentions") == Lines{"2"});
  CHECK(rows(s.file, "SELECT DISTINCT extractor FROM v_claims") == Lines{"2"});
}

}  // namespace stakeout
