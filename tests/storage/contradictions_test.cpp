#include <doctest/doctest.h>

#include "tests/storage/alert_store.h"

namespace stakeout {
namespace {

// What is told differently of the first contract, its cells parted by "|".
Lines contradictions_in(const std::filesystem::path& file) {
  Reader reader{file};
  Lines lines;
  for (const auto& row : reader.contradictions(1).rows) {
    std::string& line = lines.emplace_back();
    for (const Cell& cell : row) line += (line.empty() ? "" : "|") + as_text(cell);
  }
  return lines;
}

Claim told(std::int64_t dollars, const char* term, const char* signed_on) {
  Claim c = deal(dollars);
  c.term = term;
  c.signed_on = date(signed_on);
  return c;
}

}  // namespace

TEST_CASE("articles contradict each other where no two values may be the same") {
  AlertStore s;
  s.save_claim("one", "First.", told(2'000'000, "P1Y", "2024-10-02"));
  s.save_claim("two", "Second.", told(1'987'654, "P12M", "2024-10"));
  CHECK(contradictions_in(s.file).empty());
  s.save_claim("three", "Third.", told(2'200'000, "P1Y", "2024-10-03"));
  CHECK(contradictions_in(s.file) ==
        Lines{"amount|USD 2000000|2|https://news.example/one,https://news.example/two|1",
              "amount|USD 2200000|1|https://news.example/three|0",
              "signed_on|2024-10-02|2|https://news.example/one,https://news.example/two|1",
              "signed_on|2024-10-03|1|https://news.example/three|0"});
}

TEST_CASE("each field is told differently by itself, and asked of one contract after another") {
  struct Case {
    const char* field;
    void (*set)(Claim&, bool is_other);
  };
  const Case cases[] = {
      {"ends_on", [](Claim& c, bool o) { c.ends_on = date(o ? "2025-10-03" : "2025-10-02"); }},
      {"signed_on", [](Claim& c, bool o) { c.signed_on = date(o ? "2024-10-03" : "2024-10-02"); }},
      {"starts_on", [](Claim& c, bool o) { c.starts_on = date(o ? "2024-11-03" : "2024-11-02"); }},
      {"term", [](Claim& c, bool o) { c.term = o ? "P3Y" : "P2Y"; }},
  };
  for (const auto& [field, set] : cases) {
    CAPTURE(field);
    AlertStore s;
    for (const bool is_other : {false, true}) {
      Claim c = deal(2'000'000);
      set(c, is_other);
      s.save_claim(is_other ? "two" : "one", is_other ? "Second." : "First.", c);
    }
    Reader reader{s.file};
    for (int again = 0; again < 2; ++again) {
      std::vector<std::string> told;
      for (const auto& row : reader.contradictions(1).rows) told.push_back(as_text(row.at(0)));
      REQUIRE(rows(s.file, "SELECT count(*) FROM v_contracts") == Lines{"1"});
      CHECK(told == Lines{field, field});
      CHECK(reader.contradictions(99).rows.empty());
    }
  }
}

TEST_CASE("a sum that was put right before the end of a contract comes before that") {
  AlertStore s;
  s.save_claim("one", "First.", deal(2'000'000));
  s.store.save_article(article(1, "First, put right.", "2024-10-07", {deal(3'000'000)}), s.now);
  Claim over = deal(3'000'000, Status::cancelled);
  over.history = {{Status::cancelled, date("2024-10-20"), "They cancelled it."}};
  s.store.save_article(article(add_page(s.store, "two"), "Second.", "2024-10-21", {over}), s.now);
  CHECK(rows(s.file, "SELECT field, after FROM v_contract_events ORDER BY position") ==
        Lines{"status|signed", "amount|3000000", "status|cancelled"});
}

TEST_CASE(
    "what a contract was changed from and to is no contradiction, what was put right is one") {
  AlertStore s;
  Claim before = deal(2'000'000);
  before.award_id = "RP-7";
  s.save_claim("one", "First.", before);
  Claim after = before;
  after.value = usd(3'000'000);
  SUBCASE("a modification") {
    after.status = Status::modified;
    after.history = {{Status::modified, date("2024-10-05"), "They raised it."}};
    s.save_claim("two", "Second.", after);
    CHECK(rows(s.file, "SELECT field, cause FROM v_contract_events WHERE field = 'amount'") ==
          Lines{"amount|change"});
    CHECK(contradictions_in(s.file).empty());
  }
  SUBCASE("a correction") {
    s.save_claim("two", "Second.", before);
    s.store.save_article(article(1, "First, put right.", "2024-10-07", {after}), s.now);
    CHECK(rows(s.file,
               "SELECT field, before, after, cause FROM v_contract_events WHERE before IS "
               "NOT NULL") == Lines{"amount|2000000|3000000|correction"});
    CHECK(rows(s.file,
               "SELECT field, before, after, currency, cause FROM v_alerts WHERE kind = "
               "'contract_changed'") == Lines{"amount|2000000|3000000|USD|correction"});
    CHECK(contradictions_in(s.file).size() == 2);
  }
}

}  // namespace stakeout
