// Every filter that the help of a listing names, on a store with known content.
#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/app/research_store.h"
#include "tests/support/program.h"

namespace stakeout {
namespace {

using Words = std::vector<std::string>;
using Rows = std::vector<std::string>;

// A listing, and a value for each of its filters that some rows have and some have not.
struct Listing {
  Words command;
  std::vector<Words> filters;
};

const Listing listings[] = {
    {{"mentions"},
     {{"--vendor", "Lantern Works"},
      {"--agency", "Harbour Ministry"},
      {"--category", "police"},
      {"--since", "2025-03-01"},
      {"--until", "2024-10-01"},
      {"--tag", "gb"},
      {"--min-amount", "1M"},
      {"--currency", "GBP"},
      {"--status", "resumed"},
      {"--limit", "2"}}},
    {{"contracts"},
     {{"--vendor", "Glasshouse"},
      {"--agency", "Quay Bureau"},
      {"--category", "spyware"},
      {"--since", "2025-03-05"},
      {"--until", "2024-10-31"},
      {"--tag", "gb"},
      {"--min-amount", "1M"},
      {"--currency", "GBP"},
      {"--status", "awarded"},
      {"--limit", "1"}}},
    {{"stories"},
     {{"--vendor", "Tern Optics"},
      {"--agency", "Harbour Ministry"},
      {"--category", "biometrics"},
      {"--since", "2025-03-01"},
      {"--until", "2024-10-31"},
      {"--tag", "gb"},
      {"--min-amount", "1M"},
      {"--currency", "GBP"},
      {"--status", "resumed"},
      {"--limit", "1"}}},
    {{"changes"},
     {{"--vendor", "Glasshouse Systems"},
      {"--agency", "Coast Patrol"},
      {"--category", "data-broker"},
      {"--since", "2025-03-01"},
      {"--until", "2024-12-31"},
      {"--tag", "gb"},
      {"--min-amount", "3M"},
      {"--currency", "USD"},
      {"--status", "resumed"},
      {"--limit", "1"}}},
    {{"alerts"},
     {{"--vendor", "Lantern Works"},
      {"--agency", "Rail Police"},
      {"--category", "biometrics"},
      {"--since", "2025-03-01"},
      {"--until", "2024-12-31"},
      {"--tag", "gb"},
      {"--min-amount", "1M"},
      {"--currency", "GBP"},
      {"--status", "resumed"},
      {"--kind", "article_gone"},
      {"--limit", "1"}}},
    {{"search", "contract"},
     {{"--vendor", "Tern Optics"},
      {"--agency", "Rail Police"},
      {"--category", "biometrics"},
      {"--since", "2025-01-01"},
      {"--until", "2024-10-05"},
      {"--tag", "spyware"},
      {"--limit", "1"}}},
    {{"watchlist", "list"},
     {{"--kind", "vendor"}, {"--category", "spyware"}, {"--country", "gb"}, {"--limit", "1"}}}};

// Options that narrow nothing: how it is printed, or what is listed in place of it.
const std::set<std::string> no_filters = {"--help", "--json", "--csv", "--past", "--watchlist"};

ProgramRun run(const ResearchStore& store, Words words) {
  words.insert(words.begin(), {"--config", "stakeout.toml"});
  return run_program(words, store.folder.path());
}

Rows rows_of(const ResearchStore& store, Words words) {
  words.emplace_back("--json");
  const ProgramRun ended = run(store, words);
  CHECK(ended.exit_code == 0);
  std::istringstream lines{ended.out};
  Rows rows;
  for (std::string line; std::getline(lines, line);) rows.push_back(line);
  std::ranges::sort(rows);
  return rows;
}

Words joined(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// The long options that the help of a command names.
std::set<std::string> options_in_help(const ResearchStore& store, const Words& command) {
  std::set<std::string> options;
  std::istringstream lines{run(store, joined(command, {"--help"})).out};
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = line.find("--");
    if (!line.starts_with("  -") || at == std::string::npos) continue;
    options.insert(line.substr(at, line.find_first_of(" ,", at) - at));
  }
  return options;
}

}  // namespace

TEST_CASE("every filter of a listing leaves some of its rows and takes the others away") {
  const ResearchStore store;
  for (const Listing& listing : listings) {
    const Rows all = rows_of(store, listing.command);
    REQUIRE(all.size() > 1);
    for (const Words& filter : listing.filters) {
      CAPTURE(listing.command.front());
      CAPTURE(filter.front());
      const Rows left = rows_of(store, joined(listing.command, filter));
      CHECK_FALSE(left.empty());
      CHECK(left.size() < all.size());
      CHECK(std::ranges::includes(all, left));
    }
  }
}

TEST_CASE("every filter that the help of a listing names is tried") {
  const ResearchStore store;
  for (const Listing& listing : listings) {
    CAPTURE(listing.command.front());
    std::set<std::string> left = options_in_help(store, listing.command);
    CHECK(left.contains("--limit"));
    for (const Words& filter : listing.filters) CHECK(left.erase(filter.front()) == 1);
    for (const std::string& option : left) {
      CAPTURE(option);
      CHECK(no_filters.contains(option));
    }
  }
}

}  // namespace stakeout
