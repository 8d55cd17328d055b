// What an article costs in a store of many. `./dev scale` runs it to 1,000,000 articles in a
// release build and prints its figures; STAKEOUT_SCALE_ARTICLES sets their number. Without it a
// small store shows that what is measured does what it is measured for.
//
// At each size of the store some articles go through the steps of the pipeline one after the other,
// a clock beside each. Then the program itself crawls as many from a server of this process into
// the same store, and what it took, from the start to the end of its process, is the whole: feeds,
// fetching, reading, the writing of the log, the full-text index.
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include "storage/reader.h"
#include "storage/store.h"
#include "tests/support/loopback_server.h"
#include "tests/support/news_wire.h"
#include "tests/support/program.h"
#include "tests/support/sql_steps.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/wire_store.h"

namespace stakeout {
namespace {

// Articles that are read from their pages and measured whenever the store has grown threefold;
// those between them come without a page.
constexpr std::size_t measured_articles = 2'000;

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
                          news_page(articles_.at(number_in(request)))};
  });
};

// CPU in ms, user and system, of the program when it crawls.
double crawl(const std::filesystem::path& folder) {
  const double before = cpu_of_programs();
  const ProgramRun run = run_program({"crawl", "--config", "stakeout.toml"}, folder);
  REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  return 1e3 * (cpu_of_programs() - before);
}

// The most that a crawl has had of memory.
long memory_mb() {
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  return usage.ru_maxrss / 1'000;
}

// What the program needs for each of some articles beyond what it needs for nothing to do.
double crawl_ms_each(WireStore& wire, const std::filesystem::path& database, std::size_t count) {
  const NewsSite site{wire.take(count)};
  const TemporaryFolder folder;
  std::string names = "kind,name\n";
  for (const Entity& entity : wire.watchlist()) {
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

void print(const WireStore& wire, const StepCosts& costs, double crawl_each,
           const std::filesystem::path& database) {
  const auto each = [&](double sum) { return sum / static_cast<double>(costs.articles); };
  const double assigning = each(costs.story + costs.merging());
  fmt::print(
      "{:>9} stored: page {:.3f}, furniture {:.3f}, story {:.3f}, saving {:.3f} ms each, of "
      "which merging {:.3f}; a crawl {:.3f}; story and merging {:.1f} % of it, with furniture "
      "{:.1f} %; database {} MB, memory of the crawl {} MB\n",
      wire.articles(), each(costs.page), each(costs.furniture), each(costs.story),
      each(costs.saving + costs.saving_deals), each(costs.merging()), crawl_each,
      100 * assigning / crawl_each, 100 * (assigning + each(costs.furniture)) / crawl_each,
      std::filesystem::file_size(database) / 1'000'000, memory_mb());
  std::fflush(stdout);
}

}  // namespace

TEST_CASE("copies find each other among invented news, and nothing else does") {
  const TemporaryFolder folder;
  WireStore wire{folder.file()};
  StepCosts costs;
  wire.store(200, &costs);
  wire.store(200);
  CHECK(costs.articles == 200);
  CHECK(costs.deals > 0);

  std::map<std::string, std::set<std::size_t>> sources_of;  // by story
  std::map<std::size_t, std::set<std::string>> stories_of;  // by source
  Reader reader{folder.file()};
  for (const auto& row : reader.rows("SELECT url, CAST(story_id AS TEXT) FROM v_articles").rows) {
    const auto& story = std::get<std::string>(row.at(1));
    const std::size_t source = wire.sources().at(std::get<std::string>(row.at(0)));
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
  WireStore wire{folder.file()};
  const auto steps_each = [&](std::size_t stored, std::size_t count) {
    wire.store(stored - wire.articles());
    std::ignore = SqlSteps::take();
    wire.store(count);
    return SqlSteps::take() / static_cast<std::int64_t>(count);
  };
  const std::int64_t among_few = steps_each(200, 200);
  const std::int64_t among_many = steps_each(1'800, 200);
  CAPTURE(among_few);
  CAPTURE(among_many);
  CHECK(among_few > 100);
  CHECK(among_many < 1.5 * static_cast<double>(among_few));
}

TEST_CASE("to show one thing takes no more steps of SQLite when there are many") {
  const TemporaryFolder folder;
  const SqlSteps steps;
  WireStore wire{folder.file()};
  const auto steps_to_show = [&](std::size_t stored, auto&& show) {
    wire.store(stored - wire.articles());
    std::ignore = SqlSteps::take();
    Reader reader{folder.file()};
    show(reader);
    return SqlSteps::take();
  };
  const auto show_all = [](Reader& reader) {
    CHECK_FALSE(reader.show_article(1).empty());
    CHECK_FALSE(reader.show_contract(1).empty());
    CHECK_FALSE(reader.show_story(1).empty());
    CHECK_FALSE(reader
                    .rows("SELECT e.id, a.title FROM v_contract_events e LEFT JOIN v_articles a "
                          "ON a.id = e.article_id WHERE e.contract_id = 1")
                    .rows.empty());
  };
  const std::int64_t among_few = steps_to_show(200, show_all);
  const std::int64_t among_many = steps_to_show(1'000, show_all);
  CAPTURE(among_few);
  CAPTURE(among_many);
  CHECK(among_few > 100);
  CHECK(among_many < 2 * among_few);
}

TEST_CASE("the cost of an article is measured as the store grows") {
  const char* const words = std::getenv("STAKEOUT_SCALE_ARTICLES");
  if (words == nullptr) return;
  const std::size_t articles = std::stoul(words);
  const TemporaryFolder folder;
  WireStore wire{folder.file()};
  for (std::size_t next = 1'000; wire.articles() < articles; next *= 3) {
    const std::size_t size = std::min(next, articles);
    wire.store(size - std::min(size, wire.articles()));
    StepCosts costs;
    wire.store(measured_articles, &costs);
    const double crawl_each = crawl_ms_each(wire, folder.file(), measured_articles);
    print(wire, costs, crawl_each, folder.file());
  }
}

}  // namespace stakeout
