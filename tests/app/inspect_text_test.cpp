// `stakeout inspect text` as people use it to find out why.
#include <fstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

constexpr const char* story =
    "Immigration and Customs Enforcement signed a $2 million contract with Paragon Solutions. "
    "Quiet circles met. Circles of friends met. NSO Group was fined $168 million.";

ProgramRun inspect(const TemporaryFolder& folder, std::vector<std::string> words) {
  words.insert(words.begin(), {"inspect", "text"});
  return run_program(words, folder.path());
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

struct Story {
  TemporaryFolder folder;
  Story() {
    std::ofstream{folder.path() / "story.txt"} << story;
    std::ofstream{folder.path() / "page.html"}
        << "<html><head><title>Deal</title><meta property='article:published_time' "
           "content='2025-05-30T10:00:00Z'></head><body><article><h1>Deal</h1><p>"
        << story << "</p><p>It was signed on Monday, " << story << "</p></article></body></html>";
  }
};

}  // namespace

TEST_CASE("--explain=text tells each field with its words and rule, and what was passed over") {
  const Story s;
  const ProgramRun run = inspect(s.folder, {"--explain=text", "story.txt"});
  CHECK(run.exit_code == 0);
  CHECK(has(run.out, "contract 1: Paragon Solutions / U.S. Immigration and Customs Enforcement"));
  CHECK(has(run.out, "    amount: 2000000, \"$2 million\"\n        rule contract-sum by"));
  CHECK(has(run.out, "passed over\n"));
  CHECK(has(run.out, "    sum \"$168 million\" (penalty)\n        role-penalty: "));
}

TEST_CASE("--explain prints JSON into a pipe, and the keys of the answer without it stay") {
  const Story s;
  const auto plain = nlohmann::ordered_json::parse(inspect(s.folder, {"story.txt"}).out);
  CHECK_FALSE(plain.contains("passed_over"));
  for (const char* flag : {"--explain", "--explain=json"}) {
    CAPTURE(flag);
    const auto answer = nlohmann::ordered_json::parse(inspect(s.folder, {flag, "story.txt"}).out);
    CHECK(answer.at("passed_over").back().at("rule") == "role-penalty");
    CHECK(answer.at("money").size() == plain.at("money").size());
    CHECK(answer.front() == plain.front());
  }
  CHECK(inspect(s.folder, {"--explain=poetry", "story.txt"}).exit_code == 2);
}

TEST_CASE("--page reads the article of a page, and takes its date from it") {
  const Story s;
  const ProgramRun run = inspect(s.folder, {"--page", "page.html"});
  CHECK(run.exit_code == 0);
  const auto answer = nlohmann::ordered_json::parse(run.out);
  CHECK(answer.at("contracts").size() == 1);
  REQUIRE_FALSE(answer.at("dates").empty());
  CHECK(answer.at("dates").front().at("from") == "2025-05-26");
  const auto dated = nlohmann::ordered_json::parse(
      inspect(s.folder, {"--page", "--date", "2024-05-30", "page.html"}).out);
  CHECK(dated.at("dates").front().at("from") == "2024-05-27");
  CHECK(has(inspect(s.folder, {"page.html"}).err, "inspect text --page"));
}

TEST_CASE("texts are read with the watchlists of the settings, unless the command names others") {
  const TemporaryFolder folder;
  folder.write("names.csv",
               "kind,name,category,aliases,country,parent,context,wikidata\n"
               "vendor,Zephyr Gull,spyware,,,,,\n");
  folder.write("others.csv",
               "kind,name,category,aliases,country,parent,context,wikidata\n"
               "vendor,Heron Pike,spyware,,,,,\n");
  folder.write("stakeout.toml", "watchlist = [\"names.csv\"]\n");
  folder.write("text.txt", "Zephyr Gull and Heron Pike were seen at the fair.");
  struct Case {
    std::vector<std::string> options;
    bool has_first;
    bool has_second;
  };
  const Case cases[] = {{{}, false, false},
                        {{"--config", "stakeout.toml"}, true, false},
                        {{"--config", "stakeout.toml", "--watchlist", "others.csv"}, false, true},
                        {{"--watchlist", "others.csv"}, false, true}};
  for (const Case& each : cases) {
    std::vector<std::string> words = each.options;
    words.emplace_back("text.txt");
    const std::string answer = inspect(folder, words).out;
    CAPTURE(answer);
    CHECK(has(answer, "\"name\":\"Zephyr Gull\"") == each.has_first);
    CHECK(has(answer, "\"name\":\"Heron Pike\"") == each.has_second);
  }
}

TEST_CASE("--url is the address of a page, and wants --page") {
  const Story s;
  CHECK(inspect(s.folder, {"--page", "--url", "https://a.example/deal", "page.html"}).exit_code ==
        0);
  CHECK(inspect(s.folder, {"--url", "https://a.example/deal", "page.html"}).exit_code == 2);
}

}  // namespace stakeout
