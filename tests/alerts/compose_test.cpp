#include "alerts/compose.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/storage/sample.h"

namespace stakeout {
namespace {

using namespace sample;

struct Desk {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "s.db";
  Store store{file};

  Desk() { store.sync_entities(watchlist(), monday); }

  void report(const std::string& name, std::vector<Claim> claims, bool from_feed = false) {
    ArticleRecord record = article(add_page(store, name), "Text of " + name + ".",
                                   "2024-10-07T05:00:00Z", std::move(claims));
    record.page.site = "Harbor Courier";
    record.from_feed = from_feed;
    store.save_article(record, monday);
  }

  [[nodiscard]] Digest digest() const {
    Reader reader{file};
    return compose_digest(reader, {});
  }
};

// The lines of a section, each as its text and its source.
std::vector<std::string> lines_of(const Digest& digest, const std::string& heading) {
  std::vector<std::string> lines;
  for (const DigestSection& section : digest.sections) {
    if (section.heading != heading) continue;
    for (const DigestGroup& group : section.groups) {
      for (const DigestLine& line : group.lines) lines.push_back(line.text + " | " + line.source);
    }
  }
  return lines;
}

}  // namespace

TEST_CASE("a digest names the source of each line, and says where only the feed's words were had") {
  Desk desk;
  desk.report("a", {claim("Glasshouse Systems", "Rail Police")});
  desk.report("b", {claim("Lantern Works", "Quay Bureau")}, true);
  const Digest digest = desk.digest();
  CHECK(
      lines_of(digest, "New contracts") ==
      Lines{"Glasshouse Systems — Rail Police | Harbor Courier, 2024-10-07",
            "Lantern Works — Quay Bureau | Harbor Courier, 2024-10-07, in the words of its feed"});
  CHECK(lines_of(digest, "Vendors in the news") ==
        Lines{"Article 1 | Harbor Courier, 2024-10-07",
              "Article 2 | Harbor Courier, 2024-10-07, in the words of its feed"});
  CHECK(digest.subject.find("2 new contracts") != std::string::npos);
}

TEST_CASE("without a site's name the host stands for it, and without a day nothing does") {
  Desk desk;
  ArticleRecord record =
      article(add_page(desk.store, "a"), "Text.", "", {claim("Lantern Works", "Rail Police")});
  desk.store.save_article(record, monday);
  CHECK(lines_of(desk.digest(), "New contracts") ==
        Lines{"Lantern Works — Rail Police | news.example"});
}

TEST_CASE("a digest of some alerts has nothing of the others, and says whom it is about") {
  Desk desk;
  desk.report("a", {claim("Glasshouse Systems", "Rail Police")});
  desk.report("b", {claim("Lantern Works", "Quay Bureau")});
  Reader reader{desk.file};
  DigestScope scope;
  scope.alerts.emplace();
  for (const auto& id :
       rows(desk.file, "SELECT id FROM v_alerts WHERE story_id = 2 OR article_id = 2"))
    scope.alerts->push_back(std::stoll(id));
  const Digest digest = compose_digest(reader, scope);
  CHECK(lines_of(digest, "New contracts") ==
        Lines{"Lantern Works — Quay Bureau | Harbor Courier, 2024-10-07"});
  CHECK(lines_of(digest, "Vendors in the news") == Lines{"Article 2 | Harbor Courier, 2024-10-07"});
  CHECK(digest.alerts == scope.alerts->size());
  CHECK(digest.watch == "Lantern Works");
  CHECK(digest.subject == "Lantern Works / Quay Bureau: new contract (1 story)");
  CHECK(desk.digest().watch.empty());
  scope.alerts->clear();
  CHECK(compose_digest(reader, scope).sections.empty());
}

TEST_CASE("a changed contract is shown by its alert, the sum in words") {
  Desk desk;
  Claim before = claim("Glasshouse Systems", "Rail Police");
  before.value = usd(2'000'000);
  before.award_id = "RP-2024-7";
  before.status = Status::signed_;
  desk.report("a", {before});
  Claim after = before;
  after.status = Status::stop_work;
  desk.report("b", {after});
  desk.report("c", {after});
  CHECK(lines_of(desk.digest(), "Changed contracts") ==
        Lines{"status: signed → stop work | Harbor Courier, 2024-10-07"});
}

TEST_CASE("a store without alerts makes a digest without sections") {
  const Desk desk;
  CHECK(desk.digest().sections.empty());
  CHECK(desk.digest().alerts == 0);
}

TEST_CASE("a new contract counts the articles that tell of it, and those with another sum") {
  Desk desk;
  Claim told = claim("Glasshouse Systems", "Rail Police");
  told.value = usd(2'000'000);
  Claim without_sum = told;
  without_sum.value.reset();
  Claim other = told;
  other.value = usd(2'400'000);
  other.award_id = told.award_id = without_sum.award_id = "RP-2024-7";
  desk.report("a", {told});
  desk.report("b", {told});
  desk.report("c", {without_sum});
  desk.report("d", {other});
  const auto lines = lines_of(desk.digest(), "New contracts");
  REQUIRE(lines.size() == 1);
  CHECK(lines.front().ends_with("; 4 articles tell of it, 1 with another sum"));
}

TEST_CASE("a feed that failed and works by now is in the digest of its alert") {
  Desk desk;
  const std::string url = "https://courier.example/feed";
  desk.store.sync_feeds({{url, "Courier", {}}}, monday);
  for (const int hours : {0, 6, 12, 18}) {
    desk.store.save_feed_failure(
        {.feed_id = 1, .error = "404 Not Found", .plan = {monday + hours * 3'600, 3'600}},
        monday + hours * 3'600);
  }
  FeedUpdate works;
  works.feed_id = 1;
  desk.store.save_feed(works, monday + 86'400);
  REQUIRE(rows(desk.file, "SELECT kind FROM v_alerts ORDER BY id") ==
          Lines{"feed_failing", "feed_recovered"});
  Reader reader{desk.file};
  const auto lines_for = [&](const std::vector<std::int64_t>& alerts) {
    DigestScope scope;
    scope.alerts = alerts;
    std::vector<std::string> lines;
    for (const DigestSection& section : compose_digest(reader, scope).sections) {
      for (const DigestLine& line : section.groups.front().lines) lines.push_back(line.text);
    }
    return lines;
  };
  CHECK(lines_for({1}) == Lines{url + " failed, and does no more"});
  CHECK(lines_for({1, 2}) == Lines{url + " works again"});
}

TEST_CASE("a changed article says what stood there, in quotation marks, and whom it names") {
  Desk desk;
  ArticleRecord record = article(add_page(desk.store, "a"), "They paid $3.4 million, they said.",
                                 "2024-10-07", {claim("Lantern Works", "Rail Police")});
  desk.store.save_article(record, monday);
  record.page.text = "They paid $4.3 million, they said.";
  record.changes = {{"$3.4 million,", "$4.3 million,"}};
  desk.store.save_article(record, monday + 3'600);
  const Digest digest = desk.digest();
  REQUIRE(digest.sections.back().heading == "Changed and vanished articles");
  const DigestLine& line = digest.sections.back().groups.front().lines.front();
  CHECK(line.facts == Lines{"before: \"$3.4 million\"", "after: \"$4.3 million\""});
  CHECK(line.why == "it names Lantern Works, Rail Police");
}

TEST_CASE("a sum that was raised since is not counted as another one") {
  Desk desk;
  Claim told = claim("Glasshouse Systems", "Rail Police");
  told.value = usd(2'000'000);
  told.award_id = "RP-2024-7";
  told.status = Status::signed_;
  desk.report("a", {told});
  Claim raised = told;
  raised.value = usd(2'400'000);
  raised.status = Status::modified;
  desk.report("b", {raised});
  REQUIRE(lines_of(desk.digest(), "Changed contracts").size() == 2);
  const auto lines = lines_of(desk.digest(), "New contracts");
  REQUIRE(lines.size() == 1);
  CHECK(lines.front().ends_with("; 2 articles tell of it"));
}

TEST_CASE("a sentence that stands beside a contract is not printed again beside its story") {
  Desk desk;
  Claim deal = claim("Lantern Works", "Rail Police");
  deal.quote = "It was announced. Lantern Works is in the news.";
  desk.report("a", {deal});
  desk.report("b", {claim("Glasshouse Systems", "Rail Police")});
  const Digest digest = desk.digest();
  const std::vector<DigestGroup>& vendors = digest.sections.back().groups;
  REQUIRE(vendors.size() == 2);
  CHECK_FALSE(vendors[0].lines.front().is_quoted_above);
  const DigestLine& line = vendors[1].lines.front();
  CHECK(line.is_quoted_above);
  CHECK(line.quote == "Lantern Works is in the news.");
  CHECK(line.facts == Lines{"also names Rail Police", "quoted above"});
  const auto times_in = [](const std::string& text, const std::string& words) {
    std::size_t times = 0;
    for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1))
      ++times;
    return times;
  };
  for (const std::string& rendered : {render_text(digest), render_html(digest)}) {
    CAPTURE(rendered);
    CHECK(times_in(rendered, "Lantern Works is in the news.") == 1);
    CHECK(times_in(rendered, "Glasshouse Systems is in the news.") == 1);
  }
}

TEST_CASE("a story is told once, under its vendor, with the others that it names") {
  Desk desk;
  desk.report("a", {claim("Lantern Works", "Rail Police")});
  const Digest digest = desk.digest();
  CHECK(lines_of(digest, "Agencies in the news").empty());
  REQUIRE(lines_of(digest, "Vendors in the news").size() == 1);
  const DigestLine& line = digest.sections.back().groups.front().lines.front();
  CHECK(line.facts == Lines{"also names Rail Police"});
  CHECK(line.story == 1);
}

}  // namespace stakeout
