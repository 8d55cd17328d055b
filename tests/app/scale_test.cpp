// What an article costs in a store of many. `./dev scale` runs it to 1,000,000 articles in a
// release build and prints its figures; STAKEOUT_SCALE_ARTICLES sets their number. Without it a
// small store shows that what is measured does what it is measured for.
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "app/crawl/extraction.h"
#include "app/crawl/site_furniture.h"
#include "app/crawl/story.h"
#include "storage/reader.h"
#include "storage/store.h"
#include "tests/support/news_wire.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

constexpr std::size_t articles_together = 50;  // in a transaction, as in a crawl

// Articles that are read from their pages and measured whenever the store has grown threefold;
// those between them come without a page.
constexpr std::size_t measured_articles = 2'000;

double cpu_ms() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// CPU of the steps of the pipeline, in ms over all articles measured.
struct Costs {
  double page = 0;       // page to article, facts and fingerprint
  double furniture = 0;  // what the site repeats
  double story = 0;      // comparing with the stored articles
  double saving = 0;     // of articles without a deal
  double saving_deals = 0;
  std::size_t articles = 0;
  std::size_t deals = 0;

  // What the claims of the deals add to the saving: their rows, and the merging of the contracts.
  [[nodiscard]] double merging() const {
    if (deals == 0 || deals == articles) return 0;
    const double plain = saving / static_cast<double>(articles - deals);
    return saving_deals - plain * static_cast<double>(deals);
  }
  [[nodiscard]] double whole() const { return page + furniture + story + saving + saving_deals; }
};

// A page of 60 kB around an article, as light as pages are: half of it style, script and links.
std::string page_of(const WireArticle& article) {
  std::string page = "<!doctype html><html><head><title>" + article.title +
                     "</title><meta property=\"article:published_time\" content=\"" +
                     to_rfc3339(article.published) + "\"><style>";
  for (int i = 0; i < 300; ++i) page += fmt::format(".box-{} {{ margin: {}px }}\n", i, i);
  page += "</style><script>";
  for (int i = 0; i < 600; ++i) page += fmt::format("window.slots.push(['slot-{}', {}]);\n", i, i);
  page += "</script></head><body><header><nav><ul>";
  for (int i = 0; i < 120; ++i) {
    page += fmt::format("<li class=\"item\"><a href=\"/section/{}\">Section {}</a></li>", i, i);
  }
  page += "</ul></nav></header><main><article><h1>" + article.title + "</h1>";
  for (std::size_t at = 0; at < article.text.size();) {
    const std::size_t end = std::min(article.text.find("\n\n", at), article.text.size());
    page += "<p>" + article.text.substr(at, end - at) + "</p>";
    at = end + 2;
  }
  page += "</article></main><aside>";
  for (int i = 0; i < 60; ++i) {
    page += fmt::format(
        "<div class=\"card\"><a href=\"/read/{}\"><img src=\"/{}.jpg\" alt=\"\"></a>"
        "<span>More {}</span></div>",
        i, i, i);
  }
  return page + "</aside><footer><p>All rights reserved.</p></footer></body></html>";
}

// What a page would give, but for the reading of it.
ExtractedPage without_page(const WireArticle& article, const MentionFinder& finder) {
  ExtractedPage page;
  page.article.url = article.url;
  page.article.title = article.title;
  page.article.published = to_rfc3339(article.published);
  page.article.text = article.text;
  if (!article.deal.empty()) {
    page.facts = extract_stored(article.text, page.article.published, finder);
  }
  page.fingerprint =
      make_fingerprint({article.url, article.title, page.article.published, {}, article.text});
  return page;
}

// A pipeline from pages to the store, as PageWriter has it, with a clock beside each step.
class Pipeline {
 public:
  explicit Pipeline(const std::filesystem::path& database)
      : store_{database}, finder_{Watchlist{wire_.watchlist()}} {}

  // Stores further articles; with `costs` from their pages, each step measured.
  void store(std::size_t count, Costs* costs = nullptr) {
    while (count > 0) {
      const std::size_t together = std::min(count, articles_together);
      store_.together([&] {
        for (std::size_t i = 0; i < together; ++i) store_one(costs);
      });
      count -= together;
    }
  }

  [[nodiscard]] std::size_t articles() const { return articles_; }
  [[nodiscard]] const std::map<std::string, std::size_t>& sources() const { return sources_; }

 private:
  void store_one(Costs* costs) {
    const WireArticle article = wire_.next();
    const bool remembers = articles_ < measured_articles;
    if (remembers) sources_[article.url] = article.source;
    ++articles_;
    const std::string bytes = costs == nullptr ? std::string{} : page_of(article);
    const std::int64_t id = store_.add_page(article.url, article.url, article.published);
    Costs unused;
    Costs& to = costs == nullptr ? unused : *costs;
    double since = cpu_ms();
    const auto lap = [&](double& sum) {
      const double now = cpu_ms();
      sum += now - since;
      since = now;
    };
    ExtractedPage page = costs == nullptr
                             ? without_page(article, finder_)
                             : extract_page(bytes, {article.url, "text/html; charset=utf-8"},
                                            {article.title, article.published, {}}, finder_);
    lap(to.page);
    mark_site_furniture(store_, id, page.fingerprint);
    leave_out_furniture(store_, id, {}, finder_, page);
    lap(to.furniture);
    StoryDecision story = decide_story(store_, id, page.fingerprint);
    lap(to.story);
    ArticleRecord record;
    record.article_id = id;
    record.page = std::move(page.article);
    record.facts = std::move(page.facts);
    record.extractor = "scale";
    record.marks = std::move(story.marks);
    record.copies_of = std::move(story.copies_of);
    const bool has_deal = !record.facts.claims.empty();
    store_.save_article(record, article.published);
    lap(has_deal ? to.saving_deals : to.saving);
    ++to.articles;
    to.deals += has_deal ? 1 : 0;
  }

  NewsWire wire_{"../../extractors/stories/data/word_frequency.tsv", 7};
  Store store_;
  MentionFinder finder_;
  std::size_t articles_ = 0;
  std::map<std::string, std::size_t> sources_;  // of the first articles, by address
};

void print(const Pipeline& pipeline, const Costs& costs, const std::filesystem::path& database) {
  const auto each = [&](double sum) { return sum / static_cast<double>(costs.articles); };
  fmt::print(
      "{:>9} stored: page {:.3f}, furniture {:.3f}, story {:.3f}, saving {:.3f} ms each, of "
      "which merging {:.3f}; story and merging {:.1f} % of all; database {} MB\n",
      pipeline.articles(), each(costs.page), each(costs.furniture), each(costs.story),
      each(costs.saving + costs.saving_deals), each(costs.merging()),
      100 * (costs.story + costs.merging()) / costs.whole(),
      std::filesystem::file_size(database) / 1'000'000);
  std::fflush(stdout);
}

}  // namespace

TEST_CASE("copies find each other among invented news, and nothing else does") {
  const TemporaryFolder folder;
  Pipeline pipeline{folder.file()};
  Costs costs;
  pipeline.store(200, &costs);
  pipeline.store(200);
  CHECK(costs.articles == 200);
  CHECK(costs.deals > 0);

  std::map<std::string, std::set<std::size_t>> sources_of;  // by story
  std::map<std::size_t, std::set<std::string>> stories_of;  // by source
  Reader reader{folder.file()};
  for (const auto& row : reader.rows("SELECT url, CAST(story_id AS TEXT) FROM v_articles").rows) {
    const auto& story = std::get<std::string>(row.at(1));
    const std::size_t source = pipeline.sources().at(std::get<std::string>(row.at(0)));
    sources_of[story].insert(source);
    stories_of[source].insert(story);
  }
  CHECK(sources_of.size() < 350);  // there are copies
  for (const auto& [story, sources] : sources_of) CHECK(sources.size() == 1);
  for (const auto& [source, stories] : stories_of) CHECK(stories.size() == 1);
}

TEST_CASE("the cost of an article is measured as the store grows") {
  const char* const words = std::getenv("STAKEOUT_SCALE_ARTICLES");
  if (words == nullptr) return;
  const std::size_t articles = std::stoul(words);
  const TemporaryFolder folder;
  Pipeline pipeline{folder.file()};
  for (std::size_t size = 1'000; size <= articles; size *= 3) {
    pipeline.store(size - std::min(size, pipeline.articles()));
    Costs costs;
    pipeline.store(measured_articles, &costs);
    print(pipeline, costs, folder.file());
  }
}

}  // namespace stakeout
