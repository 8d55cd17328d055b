// What an article costs in a store of many. `./dev scale` runs it to 1,000,000 articles in a
// release build and prints its figures; STAKEOUT_SCALE_ARTICLES sets their number. Without it a
// small store shows that what is measured does what it is measured for.
//
// At each size of the store some articles go through the steps of the pipeline one after the other,
// a clock beside each. Then the program itself crawls as many from a server of this process into
// the same store, and what it took, from the start to the end of its process, is the whole: feeds,
// fetching, reading, the writing of the log, the full-text index.
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include "app/crawl/extraction.h"
#include "app/crawl/site_furniture.h"
#include "app/crawl/story.h"
#include "storage/reader.h"
#include "storage/store.h"
#include "tests/support/loopback_server.h"
#include "tests/support/news_wire.h"
#include "tests/support/program.h"
#include "tests/support/sql_steps.h"
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

  // Further articles, for somebody else to store.
  std::vector<WireArticle> take(std::size_t count) {
    std::vector<WireArticle> taken;
    for (std::size_t i = 0; i < count; ++i) taken.push_back(wire_.next());
    articles_ += count;
    return taken;
  }

  [[nodiscard]] const std::vector<Entity>& watchlist() const { return wire_.watchlist(); }
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

// A site of feeds, 20 articles in each, on this machine.
class NewsSite {
 public:
  static constexpr std::size_t articles_of_feed = 20;

  explicit NewsSite(std::vector<WireArticle> articles) : articles_{std::move(articles)} {}

  [[nodiscard]] std::string feed_list() const {
    std::string list;
    for (std::size_t at = 0; at < articles_.size(); at += articles_of_feed) {
      list += server_.url("/feed?n=" + std::to_string(at)) + "\n";
    }
    return list;
  }
  [[nodiscard]] int port() const { return server_.port(); }

 private:
  static std::size_t number_in(const ServedRequest& request) {
    return std::stoul(request.target.substr(request.target.find("?n=") + 3));
  }

  [[nodiscard]] std::string feed_at(std::size_t first) const {
    std::string feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>";
    for (std::size_t i = first; i < std::min(first + articles_of_feed, articles_.size()); ++i) {
      const WireArticle& article = articles_[i];
      const std::string link = server_.url("/article?n=" + std::to_string(i));
      feed += "<item><title>" + article.title + "</title><link>" + link + "</link><guid>" +
              article.url + "</guid><pubDate>" + to_rfc3339(article.published) +
              "</pubDate><description>" + article.text.substr(0, article.text.find('\n')) +
              "</description></item>";
    }
    return feed + "</channel></rss>";
  }

  std::vector<WireArticle> articles_;
  LoopbackServer server_;
  LoopbackServer::Route feeds_ = server_.route("/feed", [this](const ServedRequest& request) {
    return ServedResponse{
        200, {{"Content-Type", "application/rss+xml"}}, feed_at(number_in(request))};
  });
  LoopbackServer::Route pages_ = server_.route("/article", [this](const ServedRequest& request) {
    return ServedResponse{200,
                          {{"Content-Type", "text/html; charset=utf-8"}},
                          page_of(articles_.at(number_in(request)))};
  });
};

// CPU in ms, user and system, of the program when it crawls.
double crawl(const std::filesystem::path& folder) {
  const auto children_ms = [] {
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    const auto ms = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
  };
  const double before = children_ms();
  const ProgramRun run = run_program({"crawl", "--config", "stakeout.toml"}, folder);
  REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  return children_ms() - before;
}

// The most that a crawl has had of memory.
long memory_mb() {
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  return usage.ru_maxrss / 1'000;
}

// What the program needs for each of some articles beyond what it needs for nothing to do.
double crawl_ms_each(Pipeline& pipeline, const std::filesystem::path& database, std::size_t count) {
  const NewsSite site{pipeline.take(count)};
  const TemporaryFolder folder;
  std::string names = "kind,name\n";
  for (const Entity& entity : pipeline.watchlist()) {
    names += (entity.kind == EntityKind::vendor ? "vendor," : "agency,") + entity.name + "\n";
  }
  folder.write("names.csv", names);
  folder.write("feeds.txt", site.feed_list());
  folder.write("stakeout.toml",
               "database = \"" + database.string() +
                   "\"\nwatchlist = [\"names.csv\"]\n[fetch]\nper_host_delay = \"0s\"\n"
                   "allow_private = [\"127.0.0.1:" +
                   std::to_string(site.port()) + "\"]\n");
  const auto stored = [&] {
    Reader reader{database};
    return std::get<std::int64_t>(
        reader.rows("SELECT count(*) FROM articles WHERE status = 'ok'").rows.at(0).at(0));
  };
  const std::int64_t before = stored();
  const double busy = crawl(folder.path());
  REQUIRE(stored() == before + static_cast<std::int64_t>(count));
  return (busy - crawl(folder.path())) / static_cast<double>(count);
}

void print(const Pipeline& pipeline, const Costs& costs, double crawl_each,
           const std::filesystem::path& database) {
  const auto each = [&](double sum) { return sum / static_cast<double>(costs.articles); };
  const double assigning = each(costs.story + costs.merging());
  fmt::print(
      "{:>9} stored: page {:.3f}, furniture {:.3f}, story {:.3f}, saving {:.3f} ms each, of "
      "which merging {:.3f}; a crawl {:.3f}; story and merging {:.1f} % of it, with furniture "
      "{:.1f} %; database {} MB, memory of the crawl {} MB\n",
      pipeline.articles(), each(costs.page), each(costs.furniture), each(costs.story),
      each(costs.saving + costs.saving_deals), each(costs.merging()), crawl_each,
      100 * assigning / crawl_each, 100 * (assigning + each(costs.furniture)) / crawl_each,
      std::filesystem::file_size(database) / 1'000'000, memory_mb());
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

// An article of a store of a thousand is compared with more others than one of a hundred, but what
// the statements do does not grow with the tables: a scan of one would be many times as much.
TEST_CASE("an article takes no more steps of SQLite when there are many") {
  const TemporaryFolder folder;
  const SqlSteps steps;
  Pipeline pipeline{folder.file()};
  const auto steps_each = [&](std::size_t stored, std::size_t count) {
    pipeline.store(stored - pipeline.articles());
    std::ignore = SqlSteps::take();
    pipeline.store(count);
    return SqlSteps::take() / static_cast<std::int64_t>(count);
  };
  const std::int64_t among_few = steps_each(200, 200);
  const std::int64_t among_many = steps_each(1'800, 200);
  CAPTURE(among_few);
  CAPTURE(among_many);
  CHECK(among_few > 100);
  CHECK(among_many < 1.5 * static_cast<double>(among_few));
}

TEST_CASE("the cost of an article is measured as the store grows") {
  const char* const words = std::getenv("STAKEOUT_SCALE_ARTICLES");
  if (words == nullptr) return;
  const std::size_t articles = std::stoul(words);
  const TemporaryFolder folder;
  Pipeline pipeline{folder.file()};
  for (std::size_t next = 1'000; pipeline.articles() < articles; next *= 3) {
    const std::size_t size = std::min(next, articles);
    pipeline.store(size - std::min(size, pipeline.articles()));
    Costs costs;
    pipeline.store(measured_articles, &costs);
    const double crawl_each = crawl_ms_each(pipeline, folder.file(), measured_articles);
    print(pipeline, costs, crawl_each, folder.file());
  }
}

}  // namespace stakeout
