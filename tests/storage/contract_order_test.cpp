// Articles that arrive in another order tell of the same contracts and events.
#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "tests/storage/sample.h"

using namespace stakeout;
using namespace stakeout::sample;

namespace {

struct Told {
  std::string name;
  std::string published;
  Claim claim;
};

Claim deal(std::optional<Money> value, Status status, std::vector<StatusReport> history,
           const std::string& agency_name = "Quay Bureau") {
  Claim c = claim("Glasshouse Systems", agency_name);
  c.value = value;
  if (value) c.qualifier = Qualifier::exact;
  c.status = status;
  c.history = std::move(history);
  c.quote = "Told of " + std::string{word_of(status)} + ".";
  return c;
}

Claim signed_day(Claim c, std::string_view day) {
  c.signed_on = date(day);
  return c;
}

// Two deals of one pair with sums that are near each other, one that is stopped, goes on, is upheld
// and ends, with background of what came before, a rounded sum, and a plan after it.
std::vector<Told> coverage() {
  const auto on = [](Status status, const char* day) {
    return StatusReport{status, date(day), std::string{"On "} + day};
  };
  const StatusReport upheld{Status::awarded, date("2024-06-20"), "It stays.", true};
  std::vector<Told> all;
  const auto add = [&](const std::string& published, Claim c) {
    all.push_back({"a" + std::to_string(all.size()), published, std::move(c)});
  };
  add("2024-02-06", signed_day(deal(usd(2'200'000), Status::signed_, {}), "2024-02-01"));
  add("2024-02-09", deal(usd(2'198'400), Status::awarded, {on(Status::awarded, "2024-02")}));
  add("2024-03-04", signed_day(deal(usd(2'400'000), Status::signed_, {}), "2024-03-01"));
  add("2024-04-10", deal(usd(2'200'000), Status::stop_work, {on(Status::stop_work, "2024-04-08")}));
  add("2024-05-02", deal(usd(2'200'000), Status::under_review, {}));
  add("2024-06-21", deal(usd(2'200'000), Status::awarded, {upheld}));
  add("2024-07-03", deal(usd(2'200'000), Status::resumed,
                         {{Status::stop_work, std::nullopt, "It had been stopped."},
                          on(Status::resumed, "2024-07-01")}));
  add("2024-09-12", deal(usd(2'400'000), Status::cancelled, {on(Status::cancelled, "2024-09-10")}));
  add("2024-10-01",
      signed_day(deal(std::nullopt, Status::modified, {on(Status::modified, "2024-09-30")}),
                 "2024-02-01"));
  add("2024-11-05", deal(usd(2'200'000), Status::cancelled, {on(Status::cancelled, "2024-11-04")}));
  add("2024-11-06", deal(std::nullopt, Status::proposed, {}));
  return all;
}

// One deal whose sum was raised, told with the old and the new sum, with and without its days, and
// one of which two outlets give sums that differ.
std::vector<Told> coverage_of_sums() {
  const auto raised = [](const char* day) {
    return std::vector<StatusReport>{{Status::modified, date(day), "Raised."}};
  };
  std::vector<Told> all;
  const auto add = [&](const std::string& published, Claim c) {
    all.push_back({"b" + std::to_string(all.size()), published, std::move(c)});
  };
  add("2023-05-16", signed_day(deal(usd(250'000), Status::signed_, {}), "2023-05-15"));
  add("2023-05-20", deal(usd(250'000), Status::signed_, {}));
  add("2023-08-02", deal(usd(250'000), Status::under_review, {}));
  add("2024-01-10",
      signed_day(deal(usd(365'000), Status::modified, raised("2024-01-09")), "2023-05"));
  add("2024-01-12", deal(usd(365'000), Status::modified, {}));
  add("2024-03-01", deal(usd(250'000), Status::awarded, {}));
  add("2025-02-20", deal(usd(365'000), Status::cancelled, {}));
  add("2024-06-04", signed_day(deal(usd(53'000'000), Status::signed_, {}), "2024-06-03"));
  add("2024-06-05", deal(usd(49'000'000), Status::signed_, {}));
  add("2024-07-01", deal(usd(53'000'000), Status::signed_, {}));
  add("2024-07-02", deal(usd(49'000'000), Status::signed_, {}));
  return all;
}

// Deals of one vendor, many of which are like each other in some way.
std::vector<Told> random_coverage(unsigned seed) {
  std::mt19937 random{seed};
  const auto one_of = [&](const auto& choices) {
    return choices[std::uniform_int_distribution<std::size_t>{0, choices.size() - 1}(random)];
  };
  const std::vector<std::int64_t> sums = {0, 0, 2'000'000, 1'987'654, 2'200'000, 5'000'000, 60'000};
  const std::vector<std::string> days = {"",        "",           "2024-02-01", "2024-02-05",
                                         "2024-02", "2024-05-20", "2024-09-02"};
  const std::vector<std::string> agencies = {"Quay Bureau", "Quay Bureau", "Harbour Ministry",
                                             "Rail Police", ""};
  const std::vector<Status> states = {Status::signed_,  Status::awarded,   Status::modified,
                                      Status::extended, Status::cancelled, Status::proposed};
  const std::vector<std::string> reported = {"2024-02-07", "2024-05-22", "2024-06-30",
                                             "2024-09-05"};
  std::vector<Told> all;
  for (int i = 0; i < 24; ++i) {
    const std::int64_t sum = one_of(sums);
    const Status status = one_of(states);
    Claim c = deal(sum == 0 ? std::nullopt : std::optional{usd(sum)}, status, {}, one_of(agencies));
    if (const std::string day = one_of(days); !day.empty()) {
      c.signed_on = date(day);
      if (status == Status::modified) c.history = {{status, date(day), "Modified."}};
    }
    if (random() % 8 == 0) c.award_id = "W-" + std::to_string(random() % 3);
    all.push_back({"r" + std::to_string(i), one_of(reported), std::move(c)});
  }
  return all;
}

// What a reader sees once all have arrived, without numbers that say which came first.
Lines outcome(const std::vector<Told>& articles) {
  const TemporaryFolder directory;
  const auto file = directory.file();
  Store store{file};
  store.sync_entities(watchlist(), monday);
  Timestamp now = monday;
  for (const Told& told : articles) {
    const ArticleRecord record = article(add_page(store, told.name, now), "Words of " + told.name,
                                         told.published, {told.claim});
    store.save_article(record, now);
    now = now + std::int64_t{3600};
  }
  Lines lines =
      rows(file,
           "SELECT vendor, agency, amount, amount_max, qualifier, term, signed_on, starts_on, "
           "ends_on, status, award_id, claims FROM v_contracts ORDER BY status, amount");
  const Lines events =
      rows(file,
           "SELECT c.status, c.amount, e.position, e.field, e.before, e.after, e.happened_on, "
           "e.reported_at, e.quote, a.url FROM v_contract_events e JOIN v_contracts c ON c.id = "
           "e.contract_id JOIN articles a ON a.id = e.article_id ORDER BY c.status, c.amount, "
           "e.position");
  lines.insert(lines.end(), events.begin(), events.end());
  return lines;
}

}  // namespace

TEST_CASE("ten random orders of arrival give the same contracts, events and states") {
  std::vector<Told> articles = coverage();
  const Lines expected = outcome(articles);
  CHECK(std::ranges::count_if(expected, [](const std::string& line) {
          return line.starts_with("Glasshouse Systems");
        }) == 3);
  for (unsigned seed = 1; seed <= 10; ++seed) {
    CAPTURE(seed);
    std::mt19937 random{seed};
    std::shuffle(articles.begin(), articles.end(), random);
    CHECK(outcome(articles) == expected);
  }
}

TEST_CASE("a sum that was raised or is told differently makes one contract in every order") {
  std::vector<Told> articles = coverage_of_sums();
  const Lines expected = outcome(articles);
  CHECK(std::ranges::count_if(expected, [](const std::string& line) {
          return line.starts_with("Glasshouse Systems");
        }) == 2);
  for (unsigned seed = 1; seed <= 10; ++seed) {
    CAPTURE(seed);
    std::mt19937 random{seed};
    std::shuffle(articles.begin(), articles.end(), random);
    CHECK(outcome(articles) == expected);
  }
}

TEST_CASE("sorting all claims of a vendor anew changes nothing that articles brought one by one") {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const TemporaryFolder directory;
    const auto file = directory.file();
    Store store{file};
    store.sync_entities(watchlist(), monday);
    for (const Told& told : random_coverage(seed)) {
      store.save_article(article(add_page(store, told.name), "Words of " + told.name,
                                 told.published, {told.claim}),
                         monday);
    }
    const auto deals = [&] {
      return rows(file,
                  "SELECT group_concat(id) FROM (SELECT id, contract_id FROM v_claims WHERE "
                  "contract_id IS NOT NULL ORDER BY id) GROUP BY contract_id ORDER BY 1");
    };
    const Lines before = deals();
    CHECK(before.size() > 3);
    // A person's word has all claims sorted, and they are as before once it is taken back.
    REQUIRE(store.reject_claim(1, "not so", monday));
    REQUIRE(store.restore_claim(1, monday));
    CHECK(deals() == before);
  }
}

TEST_CASE("what articles tell differently of a contract is shown with who tells it") {
  const TemporaryFolder directory;
  Store store{directory.file()};
  store.sync_entities(watchlist(), monday);
  const auto save = [&](const std::string& name, std::int64_t dollars) {
    const Claim told = signed_day(deal(usd(dollars), Status::signed_, {}), "2024-02-01");
    store.save_article(article(add_page(store, name), "Words of " + name, "2024-02-06", {told}),
                       monday);
  };
  save("one", 2'000'000);
  save("two", 2'200'000);
  save("three", 2'000'000);
  Reader reader{directory.file()};
  for (const Section& section : reader.show_contract(1)) {
    if (section.title != "told differently") continue;
    REQUIRE(section.table.rows.size() == 2);
    CHECK(as_text(section.table.rows[0][1]) == "USD 2000000");
    CHECK(as_text(section.table.rows[0][2]) == "2");
    CHECK(as_text(section.table.rows[1][1]) == "USD 2200000");
    return;
  }
  FAIL("no such section");
}
