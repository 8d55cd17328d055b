#include <doctest/doctest.h>

#include "sample.h"

using namespace stakeout;
using namespace stakeout::sample;

namespace {

struct ArticleStore {
  TemporaryFolder directory;
  std::filesystem::path file = directory.file();
  Store store{file};

  ArticleStore() { store.sync_entities(watchlist(), monday); }

  SavedArticle save(const std::string& name, const std::string& text,
                    std::vector<Claim> claims = {}, std::vector<StoryLink> copies = {}) {
    ArticleRecord record = article(add_page(store, name), text, "2024-10-07", std::move(claims));
    record.copies_of = std::move(copies);
    return store.save_article(record, monday);
  }

  // Everything that the views show, but for the times of fetches.
  [[nodiscard]] Lines dump() const {
    Lines all;
    for (const std::string view :
         {"v_entities", "v_mentions", "v_claims", "v_claim_evidence", "v_contracts",
          "v_contract_events", "v_stories", "v_alerts", "v_revisions", "v_articles"}) {
      for (auto& line : rows(file, "SELECT * FROM " + view)) all.push_back(view + ": " + line);
    }
    return all;
  }
};

Claim deal() {
  Claim c = claim("Glasshouse Systems", "Quay Bureau");
  c.value = usd(2'000'000);
  c.qualifier = Qualifier::exact;
  c.term = "P1Y";
  c.signed_on = date("2024-09");
  c.status = Status::signed_;
  return c;
}

}  // namespace

TEST_CASE("an article, its mentions, its contract and its alerts are stored together") {
  ArticleStore s;
  const SavedArticle saved = s.save("one", "Glasshouse Systems sold to the Quay Bureau.", {deal()});
  CHECK(saved.new_article);
  CHECK(saved.mentions == 2);
  CHECK(saved.claims == 1);
  CHECK(saved.new_contracts == 1);
  CHECK(saved.alerts.told == 3);
  CHECK(rows(s.file,
             "SELECT vendor, agency, amount, currency, term, signed_on, status, claims, "
             "stories FROM v_contracts") ==
        Lines{"Glasshouse Systems|Quay Bureau|2000000|USD|P1Y|2024-09|signed|1|1"});
  CHECK(rows(s.file, "SELECT field, before, after, happened_on FROM v_contract_events") ==
        Lines{"status|NULL|signed|2024-09"});
  CHECK(rows(s.file, "SELECT kind, title FROM v_alerts ORDER BY kind, title") ==
        Lines{"new_contract|Glasshouse Systems / Quay Bureau",
              "new_mention|Glasshouse Systems: Article 1", "new_mention|Quay Bureau: Article 1"});
  CHECK(rows(s.file, "SELECT length(sha256), number FROM v_revisions") == Lines{"64|1"});
  CHECK(rows(s.file,
             "SELECT name, mentions, articles, listed FROM v_entities WHERE mentions > 0 "
             "ORDER BY name") == Lines{"Glasshouse Systems|1|1|1", "Quay Bureau|1|1|1"});
}

TEST_CASE("saving an article twice changes nothing") {
  ArticleStore s;
  s.save("one", "Glasshouse Systems sold to the Quay Bureau.", {deal()});
  const Lines before = s.dump();
  const SavedArticle again = s.save("one", "Glasshouse Systems sold to the Quay Bureau.", {deal()});
  CHECK_FALSE(again.new_revision);
  CHECK(again.mentions == 0);
  CHECK(again.claims == 0);
  CHECK(again.alerts.told == 0);
  CHECK(s.dump() == before);
}

TEST_CASE("a revision is made only when the text changed, and replaces the facts of the old one") {
  ArticleStore s;
  s.save("one", "Glasshouse Systems sold to the Quay Bureau.", {deal()});
  Claim corrected = deal();
  corrected.value = usd(3'000'000);
  ArticleRecord record = article(1, "Glasshouse Systems sold more.", "2024-10-07", {corrected});
  record.changes = {{"sold to", "sold more"}};
  const SavedArticle saved = s.store.save_article(record, monday + 60);
  CHECK(saved.new_revision);
  CHECK_FALSE(saved.new_article);
  CHECK(rows(s.file, "SELECT number, change FROM v_revisions ORDER BY id") ==
        Lines{"1|NULL", "2|substantive"});
  CHECK(rows(s.file, "SELECT amount FROM v_claims") == Lines{"3000000"});
  CHECK(rows(s.file, "SELECT amount FROM v_contracts") == Lines{"3000000"});
  CHECK(rows(s.file, "SELECT revisions, text FROM v_articles") ==
        Lines{"2|Glasshouse Systems sold more."});
  // A change of a contract is told as that.
  CHECK(rows(s.file, "SELECT kind, details FROM v_alerts WHERE kind LIKE '%changed'") ==
        Lines{"contract_changed|amount: 2000000 → 3000000"});
  Reader reader{s.file};
  CHECK(reader.search("quay", {}).rows.empty());
  CHECK(reader.search("\"sold more\"", {}).rows.size() == 1);
}

TEST_CASE("a change of page furniture makes no revision") {
  ArticleStore s;
  s.save("one", "Some text.");
  ArticleRecord record = article(1, "Some text. 12 comments", "2024-10-07");
  record.change = ChangeClass::no_change;
  CHECK_FALSE(s.store.save_article(record, monday).new_revision);
  CHECK(rows(s.file, "SELECT text FROM v_articles") == Lines{"Some text."});
}

TEST_CASE("what a publisher asks of those who keep copies is that of the latest page") {
  ArticleStore s;
  ArticleRecord record = article(add_page(s.store, "one"), "Some text.", "2024-10-07");
  record.page.robots = "noarchive noindex";
  s.store.save_article(record, monday);
  CHECK(rows(s.file, "SELECT robots FROM v_articles") == Lines{"noarchive noindex"});
  record.from_feed = true;  // the feed's words say nothing of the page
  record.page.robots.clear();
  s.store.save_article(record, monday);
  CHECK(rows(s.file, "SELECT robots FROM v_articles") == Lines{"noarchive noindex"});
  record.from_feed = false;
  s.store.save_article(record, monday);
  CHECK(rows(s.file, "SELECT robots IS NULL FROM v_articles") == Lines{"1"});
}

TEST_CASE("the page takes the place of the feed's words without being news") {
  ArticleStore s;
  ArticleRecord record = article(add_page(s.store, "one"), "A summary.", "2024-10-07", {deal()});
  record.from_feed = true;
  s.store.save_article(record, monday);
  CHECK(rows(s.file, "SELECT status FROM v_articles") == Lines{"from_feed"});
  s.store.save_article(article(1, "The whole text.", "2024-10-07", {deal()}), monday);
  record.page.text = "Another summary.";
  s.store.save_article(record, monday);
  CHECK(rows(s.file, "SELECT status, text, revisions FROM v_articles") ==
        Lines{"ok|The whole text.|2"});
  CHECK(rows(s.file, "SELECT count(*) FROM v_alerts WHERE kind = 'article_changed'") == Lines{"0"});
}

TEST_CASE("two addresses with one canonical address are one article") {
  ArticleStore s;
  const std::int64_t first = add_page(s.store, "one");
  const std::int64_t second = add_page(s.store, "one-amp");
  s.store.save_article(article(first, "The text.", "2024-10-07"), monday);
  ArticleRecord copy = article(second, "The text, for telephones.", "2024-10-07");
  copy.page.canonical_url = "https://news.example/one";
  CHECK(s.store.save_article(copy, monday).article_id == first);
  CHECK(rows(s.file, "SELECT id, text FROM v_articles") == Lines{"1|The text."});
  CHECK(add_page(s.store, "one-amp") == first);
}

TEST_CASE("a page whose text was kept is not due any more") {
  ArticleStore s;
  FeedUpdate update;
  s.store.sync_feeds({{"https://news.example/feed", "", {}}}, monday);
  update.feed_id = s.store.feeds_due(monday).at(0).id;
  update.entries = {{{}, "https://news.example/one"}};
  update.entries[0].entry.link = "https://news.example/one";
  update.entries[0].entry.title = "One";
  s.store.save_feed(update, monday);
  const std::int64_t id = s.store.pages_pending(monday, 10).at(0).article_id;
  s.store.save_article(article(id, "The whole text.", "2024-10-07"), monday);
  CHECK(s.store.pages_pending(monday, 10).empty());

  update.entries[0].entry.title = "One, amended";
  s.store.save_feed(update, monday + 60);
  REQUIRE(s.store.pages_pending(monday + 60, 10).size() == 1);
  ArticleRecord stand_in = article(id, "A summary.", "2024-10-07");
  stand_in.from_feed = true;
  s.store.save_article(stand_in, monday + 60);
  CHECK(s.store.pages_pending(monday + 60, 10).empty());
  CHECK(rows(s.file, "SELECT status, text FROM v_articles") == Lines{"ok|The whole text."});

  stand_in.revisit_at = monday + 600;
  s.store.save_article(stand_in, monday + 60);
  CHECK(s.store.pages_pending(monday + 599, 10).empty());
  CHECK(s.store.pages_pending(monday + 600, 10).size() == 1);
}

TEST_CASE("copies share a story and raise one alert for each entity") {
  ArticleStore s;
  s.save("one", "First wording.", {deal()});
  s.save("two", "Second wording.", {deal()}, {{1, 0.9, "near copy"}});
  CHECK(rows(s.file, "SELECT articles FROM v_stories") == Lines{"2"});
  CHECK(rows(s.file, "SELECT count(*) FROM v_alerts WHERE kind = 'new_mention'") == Lines{"2"});
  CHECK(rows(s.file, "SELECT claims, stories FROM v_contracts") == Lines{"2|1"});
}

TEST_CASE("an article that is a copy of two stories makes them one") {
  ArticleStore s;
  s.save("one", "First wording.", {deal()});
  s.save("two", "Second wording.", {deal()});
  CHECK(rows(s.file, "SELECT count(*) FROM v_alerts WHERE kind = 'new_mention'") == Lines{"4"});
  s.save("three", "Both wordings.", {}, {{1, 0.9, "a"}, {2, 0.8, "b"}});
  CHECK(rows(s.file, "SELECT id, articles FROM v_stories") == Lines{"1|3"});
  CHECK(rows(s.file,
             "SELECT story_id, count(*) FROM v_alerts WHERE kind = 'new_mention' GROUP BY "
             "1") == Lines{"1|2"});
  CHECK(rows(s.file, "SELECT claims, stories FROM v_contracts") == Lines{"2|1"});
}

TEST_CASE("a join that a person rejected falls apart and is not made again") {
  ArticleStore s;
  s.save("one", "First wording.");
  s.save("two", "Second wording.", {}, {{1, 0.9, "near copy"}});
  CHECK(s.store.reject_join(2, "another event", monday));
  CHECK(rows(s.file, "SELECT articles FROM v_stories") == Lines{"1", "1"});
  ArticleRecord record = article(2, "Second wording, edited.", "2024-10-07");
  record.copies_of = {{1, 0.9, "near copy"}};
  s.store.save_article(record, monday);
  CHECK(rows(s.file, "SELECT articles FROM v_stories") == Lines{"1", "1"});
  CHECK_FALSE(s.store.reject_join(99, "no such article", monday));
}

TEST_CASE("candidates share keys within the window, or the whole text") {
  ArticleStore s;
  const auto save = [&](const std::string& name, std::vector<std::uint64_t> keys,
                        std::optional<std::int32_t> day, std::uint64_t text_hash) {
    ArticleRecord record = article(add_page(s.store, name), name, "2024-10-07");
    record.marks = {"print " + name, std::move(keys), text_hash, 7, day};
    return s.store.save_article(record, monday).article_id;
  };
  const std::uint64_t high = 0xFFFF'FFFF'FFFF'FFFF;
  const auto near = save("near", {1, 2, high}, 100, 11);
  const auto undated = save("undated", {1, high}, std::nullopt, 12);
  save("far", {1, 2, high}, 200, 13);
  save("one key", {1}, 100, 14);
  const auto verbatim = save("verbatim", {}, 500, 99);
  StoryQuery query;
  query.marks = {"", {1, 2, high}, 99, 7, 110};
  query.window_days = 30;
  query.shared_keys = 2;
  query.key_limit = 10;
  query.candidate_limit = 10;
  std::vector<std::int64_t> found;
  for (const auto& candidate : s.store.story_candidates(query)) {
    found.push_back(candidate.article_id);
    CHECK(candidate.story_id != 0);
  }
  CHECK(found == std::vector{near, undated, verbatim});
  query.candidate_limit = 1;  // the one with the most keys in common, and a verbatim copy
  CHECK(s.store.story_candidates(query).size() == 2);
  query.key_limit = 1;  // every key has more articles than that
  CHECK(s.store.story_candidates(query).size() == 1);
  const auto whole = [](std::string_view fingerprint) { return std::string{fingerprint}; };
  CHECK(s.store.host_digests(7, 0, 2, whole) == Lines{"print verbatim", "print one key"});
}

TEST_CASE("a rejected claim and a rejected mention stay rejected when facts are read again") {
  ArticleStore s;
  const SavedArticle saved = s.save("one", "Words.", {deal()});
  CHECK(s.store.reject_claim(1, "not a contract", monday));
  CHECK(s.store.reject_mention(1, "a glass house", monday));
  CHECK(rows(s.file, "SELECT * FROM v_claims").empty());
  CHECK(rows(s.file, "SELECT * FROM v_contracts").empty());
  CHECK(rows(s.file, "SELECT name FROM v_mentions") == Lines{"Quay Bureau"});
  const ArticleRecord record = article(1, "Words.", "2024-10-07", {deal()});
  save_facts(s.store, saved.revision_id, record.facts, "2.0", monday);
  CHECK(rows(s.file, "SELECT * FROM v_claims").empty());
  CHECK(rows(s.file, "SELECT name FROM v_mentions") == Lines{"Quay Bureau"});
  CHECK(rows(s.file, "SELECT extractor FROM v_revisions") == Lines{"2.0"});
  CHECK_FALSE(s.store.reject_claim(99, "no such claim", monday));
}

TEST_CASE("facts that are read again raise what is new, once") {
  ArticleStore s;
  const SavedArticle saved = s.save("one", "Words.");
  const ArticleRecord record = article(1, "Words.", "2024-10-07", {deal()});
  for (int i = 0; i < 2; ++i) {
    save_facts(s.store, saved.revision_id, record.facts, "2.0", monday, false);
    CHECK(rows(s.file, "SELECT kind FROM v_alerts ORDER BY id") ==
          Lines{"new_contract", "new_mention", "new_mention"});
  }
}

TEST_CASE("facts that are read again quietly raise no alerts, then or later") {
  ArticleStore s;
  const SavedArticle saved = s.save("one", "Words.");
  const ArticleRecord record = article(1, "Words.", "2024-10-07", {deal()});
  save_facts(s.store, saved.revision_id, record.facts, "2.0", monday);
  CHECK(rows(s.file, "SELECT vendor FROM v_contracts") == Lines{"Glasshouse Systems"});
  CHECK(rows(s.file, "SELECT * FROM v_alerts").empty());
  s.save("two", "A copy.", {deal()}, {{1, 0.9, "copy"}});
  CHECK(rows(s.file, "SELECT * FROM v_alerts").empty());
}

TEST_CASE("contracts that a person merges or splits stay so") {
  ArticleStore s;
  Claim other = deal();
  other.value = usd(5'000'000);
  s.save("one", "First.", {deal()});
  s.save("two", "Second.", {other});
  CHECK(rows(s.file, "SELECT count(*) FROM v_contracts") == Lines{"2"});
  CHECK(s.store.merge_contracts(1, 2, monday));
  CHECK(rows(s.file, "SELECT id, claims FROM v_contracts") == Lines{"1|2"});
  s.save("three", "Third.", {deal()});
  CHECK(rows(s.file, "SELECT id, claims FROM v_contracts") == Lines{"1|3"});
  CHECK(s.store.split_claim(3, monday));
  CHECK(rows(s.file, "SELECT claims FROM v_contracts ORDER BY id") == Lines{"2", "1"});
  CHECK_FALSE(s.store.merge_contracts(1, 1, monday));
}

TEST_CASE("a page that spoke of a listed entity and went away is told of once") {
  ArticleStore s;
  s.save("one", "Words.", {deal()});
  s.save("two", "Nothing of note.");
  for (const std::int64_t id : {1, 1, 2}) {
    s.store.save_page_failure({id, PageOutcome::gone, "410", {}}, monday);
  }
  CHECK(rows(s.file, "SELECT article_id FROM v_alerts WHERE kind = 'article_gone'") == Lines{"1"});
  CHECK(rows(s.file, "SELECT status, text FROM v_articles ORDER BY id") ==
        Lines{"gone|Words.", "gone|Nothing of note."});
}

TEST_CASE("contracts, events and alerts do not depend on the order in which articles arrive") {
  const auto claim_of = [](Status status, const char* text_amount) {
    Claim c = deal();
    c.status = status;
    if (std::string_view{text_amount}.empty()) {
      c.value.reset();
      c.qualifier.reset();
      c.signed_on.reset();
    }
    return c;
  };
  struct Piece {
    const char* name;
    const char* published;
    Claim claim;
  };
  const std::vector<Piece> pieces = {
      {"a", "2024-10-01", claim_of(Status::signed_, "2m")},
      {"b", "2024-10-20", claim_of(Status::stop_work, "2m")},
      {"c", "2025-08-30", claim_of(Status::resumed, "")},
      {"d", "2024-12-01", claim_of(Status::stop_work, "")},
  };
  const auto outcome = [&](std::vector<std::size_t> order) {
    ArticleStore s;
    for (const std::size_t i : order) {
      ArticleRecord record = article(add_page(s.store, pieces[i].name), pieces[i].name,
                                     pieces[i].published, {pieces[i].claim});
      record.page.title = pieces[i].name;
      s.store.save_article(record, monday);
    }
    Lines all = rows(s.file,
                     "SELECT vendor, agency, amount, term, signed_on, status, claims, stories FROM "
                     "v_contracts");
    for (const std::string sql :
         {"SELECT e.field, e.before, e.after, e.happened_on, e.reported_at, a.url FROM "
          "v_contract_events e JOIN v_articles a ON a.id = e.article_id ORDER BY e.position",
          "SELECT l.kind, l.title, l.details, a.url FROM v_alerts l JOIN v_articles a ON a.id = "
          "l.article_id ORDER BY 1, 2, 3, 4"}) {
      for (auto& line : rows(s.file, sql)) all.push_back(std::move(line));
    }
    return all;
  };
  std::vector<std::size_t> order = {0, 1, 2, 3};
  const Lines expected = outcome(order);
  CHECK(expected.at(0) == "Glasshouse Systems|Quay Bureau|2000000|P1Y|2024-09|resumed|4|4");
  while (std::next_permutation(order.begin(), order.end())) CHECK(outcome(order) == expected);
}
