// What the listings and the search cost in a large store beside the least that the program can do
// with it, `stakeout query "select 1"`. `./dev queries` measures them over 200,000 articles in a
// release build and prints the dearest; STAKEOUT_QUERY_ARTICLES sets their number. Without it a
// small store shows that what is measured does what it is measured for.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/wire_store.h"

namespace stakeout {
namespace {

using Words = std::vector<std::string>;

const Words listings[] = {{"mentions"}, {"contracts"},        {"stories"},           {"changes"},
                          {"alerts"},   {"alerts", "--past"}, {"search", "contract"}};

// What most listings can be narrowed by: much and little of each.
const Words filters[] = {{},
                         {"--vendor", "VENDOR"},
                         {"--agency", "AGENCY"},
                         {"--vendor", "VENDOR", "--agency", "AGENCY"},
                         {"--category", "spyware"},
                         {"--since", "2025-02"},
                         {"--until", "2025-01-08"},
                         {"--since", "2025-01-08", "--until", "2025-01-09"},
                         {"--tag", "world"},
                         {"--tag", "rare"},
                         {"--vendor", "VENDOR", "--tag", "trade", "--since", "2025-01"}};

// What search does not have.
const Words contract_filters[] = {{"--min-amount", "100M"},
                                  {"--currency", "USD"},
                                  {"--min-amount", "1M", "--currency", "EUR"},
                                  {"--status", "signed"},
                                  {"--status", "stop_work"}};

const Words others[] = {{"feeds", "list"},
                        {"feeds", "list", "--status", "ok"},
                        {"watchlist", "list"},
                        {"alerts", "--kind", "article_gone"},
                        {"alerts", "--kind", "new_contract"},
                        {"changes", "--limit", "1000"},
                        {"search", "the"},
                        {"search", "\"contract with the\""},
                        {"search", "the AND of"},
                        {"search", "contr*"},
                        {"search", "NEAR(contract border)"},
                        {"search", "title:police"},
                        {"search", "contract NOT border"},
                        {"search", "the OR of"},
                        {"search", "qqqq"},
                        {"search", "the", "--tag", "rare"},
                        {"search", "the", "--vendor", "VENDOR"},
                        {"show", "contract", "1"},
                        {"show", "story", "1"},
                        {"show", "article", "1"}};

void replace_names(std::vector<Words>& questions, const std::vector<Entity>& watchlist) {
  const std::map<std::string, std::string> names = {{"VENDOR", watchlist.front().name},
                                                    {"AGENCY", watchlist.back().name}};
  for (Words& question : questions) {
    for (std::string& word : question) {
      if (const auto name = names.find(word); name != names.end()) word = name->second;
    }
  }
}

std::vector<Words> questions_of(const std::vector<Entity>& watchlist) {
  std::vector<Words> questions{std::begin(others), std::end(others)};
  const auto add = [&](Words listing, const Words& filter) {
    listing.insert(listing.end(), filter.begin(), filter.end());
    questions.push_back(std::move(listing));
  };
  for (const Words& listing : listings) {
    for (const Words& filter : filters) add(listing, filter);
    if (listing.front() == "search") continue;
    for (const Words& filter : contract_filters) add(listing, filter);
  }
  replace_names(questions, watchlist);
  return questions;
}

// CPU seconds, the middle one of several. It has to have something to say.
double cpu_of(const Words& question, const std::filesystem::path& folder, std::size_t repeats) {
  Words words{"--db", "wire.db"};
  words.insert(words.end(), question.begin(), question.end());
  std::vector<double> taken;
  for (std::size_t i = 0; i < repeats; ++i) {
    const double before = cpu_of_programs();
    const ProgramRun run = run_program(words, folder);
    taken.push_back(cpu_of_programs() - before);
    CAPTURE(fmt::format("{}", fmt::join(question, " ")));
    REQUIRE_MESSAGE(run.exit_code == 0, run.err);
    CHECK_FALSE(run.out.empty());
  }
  std::ranges::sort(taken);
  return taken[taken.size() / 2];
}

struct Figure {
  double times = 0;  // the cost of `query "select 1"`
  std::string question;
};

void print(std::vector<Figure> figures, std::size_t articles, double floor) {
  std::ranges::sort(figures, std::ranges::greater{}, &Figure::times);
  fmt::print("{} questions of {} articles; select 1 takes {:.1f} ms of CPU. The dearest:\n",
             figures.size(), articles, 1e3 * floor);
  for (std::size_t i = 0; i < std::min<std::size_t>(figures.size(), 15); ++i) {
    fmt::print("{:6.1f} times  {}\n", figures[i].times, figures[i].question);
  }
}

}  // namespace

TEST_CASE("questions are answered from a store of many articles, and are measured") {
  const char* const wanted = std::getenv("STAKEOUT_QUERY_ARTICLES");
  const std::size_t articles = wanted == nullptr ? 300 : std::stoul(wanted);
  const std::size_t repeats = wanted == nullptr ? 1 : 3;
  const std::size_t every = wanted == nullptr ? 7 : 1;
  const TemporaryFolder folder;
  WireStore wire{folder.path() / "wire.db"};
  wire.begin_feeds(wanted == nullptr ? 100 : 1'000);
  wire.begin_changes(30);
  wire.store(articles);
  // As a service leaves it, which counts its rows daily.
  REQUIRE(run_program({"--db", "wire.db", "db", "upkeep"}, folder.path()).exit_code == 0);

  const Words select{"query", "select 1"};
  const double floor = cpu_of(select, folder.path(), repeats);
  const std::vector<Words> questions = questions_of(wire.watchlist());
  std::vector<Figure> figures;
  for (std::size_t i = 0; i < questions.size(); i += every) {
    const Words& question = questions[i];
    figures.push_back({cpu_of(question, folder.path(), repeats) / floor,
                       fmt::format("{}", fmt::join(question, " "))});
  }
  if (wanted == nullptr) return;
  constexpr double most_times = 20;
  for (const Figure& each : figures) {
    CAPTURE(each.question);
    CHECK(each.times < most_times);
  }
  print(std::move(figures), articles, floor);
}

}  // namespace stakeout
