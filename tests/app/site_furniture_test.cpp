#include "app/crawl/site_furniture.h"

#include <doctest/doctest.h>

#include "app/crawl/story.h"
#include "app/crawl/writer.h"
#include "storage/reader.h"
#include "tests/storage/sample.h"
#include "tests/support/clocks.h"
#include "tests/support/silent_fetcher.h"
#include "tests/support/site_texts.h"
#include "tests/support/temporary_folder.h"

// Per-site learning, from pages to what the database says: a small site whose articles end with a
// standing block that names a vendor.

namespace stakeout {
namespace {

Entity entity(EntityKind kind, const std::string& name) {
  Entity out;
  out.kind = kind;
  out.name = name;
  return out;
}

const std::string standing =
    "Lanternfish Systems signed a $4 million contract with the Norland Border Police on March 3, "
    "2025: read the whole series.";

const std::string deal =
    "Axonova Ltd signed a $7 million contract with the Sealand Coast Guard on May 5, 2024, the "
    "minister told the house.";

struct Site {
  TemporaryFolder folder;
  Store store{folder.file()};
  MentionFinder finder{Watchlist{{entity(EntityKind::vendor, "Lanternfish Systems"),
                                  entity(EntityKind::agency, "Norland Border Police"),
                                  entity(EntityKind::vendor, "Axonova Ltd"),
                                  entity(EntityKind::agency, "Sealand Coast Guard")}}};
  SilentFetcher fetcher;
  FakeClock clock;
  HostMemory hosts;
  std::mt19937 chance{1};
  FetchSettings settings;
  NetworkWatch network;
  Proxies proxies{{}};
  Vitals vitals{std::chrono::minutes{1}};
  CrawlParts parts{settings, proxies, store,  finder,  fetcher,
                   clock,    hosts,   chance, network, vitals};
  EntryHints hints;
  Crawler crawler{{}, fetcher, clock, hosts};
  CrawlReport report;
  CrawlWriter writer{parts, crawler, hints, report};

  Site() {
    for (int i = 0; i < 5; ++i) {
      const std::string url = address(i);
      store.add_page(url, url, clock.now());
    }
  }

  static std::string address(std::size_t i) {
    return "https://ledger.example/news/" + std::to_string(i + 1);
  }

  // The page of article `i`, from 0.
  [[nodiscard]] ExtractedPage page_of(std::size_t i, const std::string& title,
                                      const std::vector<std::string>& paragraphs) const {
    std::string html =
        "<html><head><title>" + title + "</title></head><body><article><h1>" + title + "</h1>";
    for (const std::string& paragraph : paragraphs) html += "<p>" + paragraph + "</p>";
    return extract_page(html + "</article></body></html>", {address(i), "text/html"},
                        {title, clock.now(), {}}, finder);
  }
  // It comes in.
  void look_at(std::size_t i, const std::string& title,
               const std::vector<std::string>& paragraphs) {
    Finished page;
    page.result.job.kind = JobKind::page;
    page.result.job.id = static_cast<std::int64_t>(i) + 1;
    page.result.job.url = parse_url(address(i)).value();
    Fetched fetched;
    fetched.final_url = page.result.job.url;
    fetched.response.status = 200;
    page.result.outcome = std::move(fetched);
    page.parsed = page_of(i, title, paragraphs);
    std::vector<Finished> results;
    results.push_back(std::move(page));
    writer.write(results);
  }
  void look_at(std::size_t i, const std::vector<std::string>& paragraphs) {
    look_at(i, titles[i], paragraphs);
  }
  void look_at(std::size_t i) { look_at(i, {own[i], standing}); }

  void look_at_all() {
    for (std::size_t i = 0; i < 5; ++i) look_at(i);
  }

  [[nodiscard]] std::string rows(const std::string& sql) const {
    Reader reader{folder.file()};
    std::string out;
    for (const auto& row : reader.rows(sql).rows) {
      for (const Cell& cell : row) {
        if (const auto* text = std::get_if<std::string>(&cell)) out += *text;
        if (const auto* whole = std::get_if<std::int64_t>(&cell)) out += std::to_string(*whole);
        out += "|";
      }
    }
    return out;
  }
};

}  // namespace

TEST_CASE("a site's standing block is left out once a fourth article shows it, of all of them") {
  Site site;
  for (std::size_t i = 0; i < 3; ++i) site.look_at(i);
  CHECK(site.rows("select distinct article_id from v_claims order by 1") == "1|2|3|");
  CHECK(site.rows("select count(*) from v_left_out") == "0|");
  site.look_at(3);
  site.look_at(4);
  CHECK(site.rows("select count(*) from v_articles where text not like '%Lanternfish%'") == "5|");
  CHECK(site.rows("select text, revisions from v_articles where id in (1, 4)") ==
        own[0] + "|1|" + own[3] + "|1|");
  CHECK(site.rows("select count(*) from v_mentions") == "0|");
  CHECK(site.rows("select count(*) from v_claims") == "0|");
  CHECK(site.rows("select text = '" + standing +
                  "', reason, articles from v_left_out order by "
                  "article_id") ==
        "1|furniture|3|1|furniture|3|1|furniture|3|1|furniture|3|1|furniture|4|");
  CHECK(site.rows("select count(*) from article_search where article_search match 'lanternfish'") ==
        "0|");
  CHECK(
      site.rows("select substr(a.text, m.start + 1, m.\"end\" - m.start) = m.text from v_mentions "
                "m join v_articles a on a.id = m.article_id where m.article_id > 3") == "");
}

TEST_CASE("a sentence of the article's own stays, though others have it") {
  Site site;
  site.look_at_all();
  site.look_at(4, {own[4] + " " + standing});
  CHECK(site.rows("select text from v_articles where id = 5") == own[4] + " " + standing + "|");
}

TEST_CASE("the first articles lose a standing block though the one that made it so keeps it") {
  Site site;
  for (std::size_t i = 0; i < 3; ++i) site.look_at(i);
  site.look_at(3, {own[3] + " " + standing});
  site.look_at(4);
  CHECK(site.rows("select id from v_articles where text like '%Lanternfish%'") == "4|");
}

TEST_CASE("what was stored before the learning is put right, and nobody is told") {
  Site site;
  for (std::size_t i = 0; i < 3; ++i) site.look_at(i);
  REQUIRE(site.rows("select count(*) from v_contracts") == "1|");
  // Somebody has heard of the contract.
  sample::send_all_alerts(site.folder.file(), site.clock.now());
  const std::string told = site.rows("select kind, title from v_alerts order by id");
  site.look_at(3);
  site.look_at(4);

  site.look_at(0);
  CHECK(site.rows("select text, revisions from v_articles where id = 1") == own[0] + "|1|");
  CHECK(site.rows("select count(*) from v_mentions where article_id = 1") == "0|");
  CHECK(site.rows("select articles from v_left_out where article_id = 1") == "3|");
  // The page changes, and the text before is told from the text after by the article's own words.
  site.look_at(1, {own[1] + " They vote on Friday.", standing});
  CHECK(site.rows("select text, revisions from v_articles where id = 2") ==
        own[1] + " They vote on Friday.|2|");
  CHECK(site.rows("select text from v_revisions where article_id = 2 and number = 1") ==
        own[1] + "|");
  CHECK(site.rows("select before, after from revision_changes") == "|They vote on Friday.|");
  // The site stops showing the block.
  site.look_at(2, {own[2]});
  CHECK(site.rows("select text, revisions from v_articles where id = 3") == own[2] + "|1|");

  CHECK(site.rows("select count(*) from v_mentions") == "0|");
  CHECK(site.rows("select count(*) from v_claims") == "0|");
  CHECK(site.rows("select kind from v_alerts where kind in ('correction', 'article_changed', "
                  "'contract_changed')") == "");
  CHECK(site.rows("select count(*) from v_alerts") ==
        std::to_string(std::count(told.begin(), told.end(), '|') / 2) + "|");
}

TEST_CASE("an article's own contract stays its own when the block above it turns out furniture") {
  Site site;
  site.look_at(0, {standing, own[0], deal});
  for (std::size_t i = 1; i < 3; ++i) site.look_at(i, {standing, own[i]});
  const std::string own_contract =
      "select k.id, k.vendor, c.id, l.id from v_contracts k join v_claims c on c.contract_id = "
      "k.id join alerts l on l.contract_id = k.id and l.kind = 'new_contract' and not l.quiet "
      "where c.article_id = 1 and k.vendor like 'Axonova%'";
  const std::string before = site.rows(own_contract);
  REQUIRE(before.find("Axonova") != std::string::npos);

  CHECK(site.rows("select vendor, claims from v_contracts order by id") ==
        "Lanternfish Systems|3|Axonova Ltd|1|");

  site.look_at(3, {standing, own[3]});
  CHECK(site.rows("select text from v_articles where id = 1") == own[0] + "\n\n" + deal + "|");
  CHECK(site.rows("select vendor, claims from v_contracts order by id") == "Axonova Ltd|1|");
  CHECK(site.rows(own_contract) == before);
}

TEST_CASE("a page that comes again gives the same bytes") {
  Site site;
  site.look_at_all();
  site.look_at_all();
  const std::string all =
      "select id, text, revisions from v_articles union all select article_id, text, articles "
      "from v_left_out order by 1, 2";
  const std::string first = site.rows(all);
  site.look_at_all();
  CHECK(site.rows(all) == first);
  CHECK(site.rows("select count(*) from v_revisions") == "5|");
}

TEST_CASE("a stored text is read again without what has turned out to be furniture") {
  Site site;
  site.look_at_all();
  for (const StoredText& text : site.store.texts(10)) {
    TextReading now = read_again(site.store, text, {}, site.finder);
    CHECK(now.text == own[static_cast<std::size_t>(text.article_id) - 1]);
    CHECK(now.left_out.size() == 1);
    if (now.text != text.text)
      CHECK(site.store.save_reading(text, now, false, site.clock.now()).has_value());
  }
  CHECK(site.rows("select count(*) from v_mentions") == "0|");
  CHECK(site.rows("select count(*) from v_left_out") == "5|");
  CHECK(site.rows("select count(*) from article_search where article_search match 'lanternfish'") ==
        "0|");
  site.look_at_all();
  CHECK(site.rows("select count(*) from v_revisions") == "5|");
}

TEST_CASE("an entity that was listed since is of the past in a text that had named it before") {
  const std::string gates =
      "The gates of the quay were sold by Axonova Ltd, whose engineers had looked at them in the "
      "spring of last year.";
  const std::string meeting = " A second meeting is to decide about the money on Friday.";
  const std::string told =
      "select quiet from alerts where key like 'new_mention:%' and article_id = 1 and entity_id = "
      "(select id from entities where name = 'Axonova Ltd')";
  for (const std::string& block : {standing, std::string{"The end."}}) {
    CAPTURE(block);
    Site site;
    MentionFinder later = std::move(site.finder);
    site.finder = MentionFinder{Watchlist{{entity(EntityKind::vendor, "Lanternfish Systems")}}};
    for (std::size_t i = 0; i < 5; ++i) {
      site.look_at(i, {own[i], i == 0 ? gates : own[i], block});
    }
    CHECK(site.rows(told).empty());
    site.store.sync_entities({entity(EntityKind::vendor, "Axonova Ltd")}, site.clock.now());
    site.finder = std::move(later);
    site.look_at(0, {own[0] + meeting, gates, block});
    CHECK(site.rows("select revisions from v_articles where id = 1") == "2|");
    CHECK(site.rows(told) == "1|");
  }
}

TEST_CASE("an old article takes nothing in that the site shows only since") {
  Site site;
  std::mt19937 chance{7};
  const auto sentence = [&chance] {
    const char* syllables[] = {"ba", "ko", "mi", "tu", "re", "sa", "lo", "ni", "gra", "vol", "dun"};
    std::string out = "The";
    for (int word = 0; word < 40; ++word) {
      out += " ";
      for (int i = 0; i < 3; ++i) out += syllables[chance() % std::size(syllables)];
    }
    return out + " end was near.";
  };
  const std::string first = sentence();
  for (std::size_t i = 0; i < 40; ++i) {
    const std::string url = Site::address(i);
    site.store.add_page(url, url, site.clock.now());
    std::vector<std::string> paragraphs = {i == 0 ? first : sentence()};
    if (i > 24) paragraphs.push_back(standing);
    site.look_at(i, sentence().substr(0, 40), paragraphs);
  }
  site.look_at(0, "The first of all", {first, standing});
  CHECK(site.rows("select text, revisions from v_articles where id = 1") == first + "|1|");
  CHECK(site.rows("select count(*) from alerts where article_id = 1") == "0|");
}

TEST_CASE("what an article has in common with one other is no furniture when it has changed") {
  Site site;
  site.look_at(0);
  site.look_at(1);
  StoryFingerprint again = site.page_of(0, titles[0], {own[0] + " More.", standing}).fingerprint;
  mark_site_furniture(site.store, 1, again);
  const StoryFingerprint alone =
      site.page_of(0, titles[0], {own[0] + " More.", standing}).fingerprint;
  CHECK(to_bytes(again) == to_bytes(alone));
}

TEST_CASE("a reading of a text that was pared meanwhile is not stored") {
  Site site;
  for (std::size_t i = 0; i < 3; ++i) site.look_at(i, {standing, own[i] + " " + deal});
  const StoredText before = site.store.latest_text(1).value();
  site.look_at(3, {standing, own[3] + " " + deal});
  const std::string facts =
      "select text, start, sentence from v_mentions union all select quote, start, vendor from "
      "v_claims order by 1, 2";
  const std::string pared = site.rows(facts);
  TextReading late{before.text, {}, extract_stored(before.text, {}, site.finder), "late"};
  CHECK_FALSE(site.store.save_reading(before, late, false, site.clock.now()).has_value());
  CHECK(site.rows(facts) == pared);
  CHECK(site.rows("select text from v_articles where id = 1") == own[0] + " " + deal + "|");
  CHECK(site.store.text(before.revision_id)->text == own[0] + " " + deal);
}

}  // namespace stakeout
