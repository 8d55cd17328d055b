#include "app/watchlist_check.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "extractors/facts/categories.h"

namespace stakeout {
namespace {

constexpr std::string_view header = "kind,name,category,aliases,country,parent,context,wikidata\n";

std::vector<WatchlistFinding> check(std::string_view rows) {
  const NamedWatchlist list{
      "mine.csv", parse_watchlist(std::string{header} + std::string{rows}, "mine.csv"), true};
  return check_watchlists({list});
}

// "error 2 is listed already ..."
std::vector<std::string> told(std::string_view rows) {
  std::vector<std::string> lines;
  for (const WatchlistFinding& each : check(rows)) {
    CHECK_FALSE(each.advice.empty());
    CHECK(each.file == "mine.csv");
    lines.push_back((each.is_error ? "error " : "warning ") + std::to_string(each.line) + " " +
                    each.what);
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a watchlist in order has no findings") {
  CHECK(told("vendor,Acme Optics,biometrics,Acme Cameras,de,,,\n"
             "agency,Ministry of Tides,police,,gb,,,Q12\n"
             "agency,Tide Police,police,,gb,Ministry of Tides,,\n")
            .empty());
}

TEST_CASE("each fault of a watchlist is told with its line") {
  struct Case {
    const char* rows;
    Lines told;
  };
  const Case cases[] = {
      {"vendor,Acme Optics,it,,,,,\nvendor,acme optics,it,,,,,\n",
       {"error 3 is listed already in line 2"}},
      {"vendor,Acme Optics,it,Acmeo|Acmeo,,,,\n", {"warning 2 has 'Acmeo' twice"}},
      {"vendor,Acme Optics,it,Acmeo,,,,\nvendor,Acme Roads,it,ACMEO,,,,\n",
       {"error 2 'Acmeo' is a name of Acme Roads as well",
        "error 3 'ACMEO' is a name of Acme Optics as well"}},
      {"vendor,Acme Optics,it,Acmeo,,,camera,\nvendor,Acme Roads,it,Acmeo,,,road,\n", {}},
      {"vendor,Acme Optics,it,Acmeo,,,camera,\nvendor,Acme Roads,it,Acmeo,,,road,\n"
       "vendor,Acme Sails,it,Acmeo,,,,\n",
       {"error 2 'Acmeo' is a name of Acme Sails as well",
        "error 3 'Acmeo' is a name of Acme Sails as well",
        "error 4 'Acmeo' is a name of Acme Optics as well"}},
      {"vendor,Acme Optics,it,Circles,,,,\n",
       {"warning 2 'Circles' reads as the common word 'circles'"}},
      {"vendor,Acme Optics,it,AO,,,,\n", {"warning 2 'AO' is too short to mean one thing"}},
      {"vendor,Acme Optics,it,AO|Circles,,,camera,\n", {}},
      {"vendor,Acme Optics,it,AO,,,AO|camera,\n",
       {"warning 2 'AO' is among its own context words, so that it always counts"}},
      {"vendor,Acme Optics,it,National Services,,,,\n",
       {"warning 2 'National Services' could be any company or body"}},
      {"vendor,Acme Optics,,,,,,\n", {"warning 2 has no category"}},
      {"vendor,Acme Optics,spywear,,,,,\n", {"warning 2 is of the unknown category 'spywear'"}},
      {"vendor,Acme Optics,it,,zz,,,\n", {"error 2 is of the unknown country 'zz'"}},
      {"vendor,Acme Optics,it,,Germany,,,\n", {"error 2 country is no two-letter code: 'germany'"}},
      {"person,Acme Optics,it,,,,,\n", {"error 2 kind is neither vendor nor agency: 'person'"}},
      {"vendor,Acme Optics,it,,,,,42\n", {"error 2 wikidata is no Q number: '42'"}},
      {"vendor,Acme Optics,it,,,,,Q42\nvendor,Bcme Roads,it,,,,,Q42\n",
       {"warning 2 has the Wikidata id of Bcme Roads, Q42",
        "warning 3 has the Wikidata id of Acme Optics, Q42"}},
      {"vendor,Acme Optics,it,,,Acme Holding,,\n",
       {"warning 2 has the parent 'Acme Holding', which is on no list"}},
      {"vendor,Acme Optics,it,,,Acme Optics,,\n", {"error 2 is its own parent"}},
      {"vendor,Acme A1,it,,,Acme B1,,\nvendor,Acme B1,it,,,Acme A1,,\n",
       {"error 2 is its own parent by way of 'Acme B1'",
        "error 3 is its own parent by way of 'Acme A1'"}},
      {"vendor,Acme Optics,it,,,,,\nagency,Acme Optics,police,,,,,\n",
       {"warning 2 is the name of a vendor and of an agency",
        "error 2 'Acme Optics' is a name of Acme Optics as well",
        "warning 3 is the name of a vendor and of an agency",
        "error 3 'Acme Optics' is a name of Acme Optics as well"}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.rows);
    CHECK(told(each.rows) == each.told);
  }
}

TEST_CASE("a misspelt category or parent gets the nearest known one") {
  const auto findings =
      check("vendor,Acme Optics,spywear,,,Acme Holdng,,\nvendor,Acme Holding,it,,,,,\n");
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].advice == "did you mean spyware?");
  CHECK(findings[1].advice == "did you mean 'Acme Holding'?");
}

TEST_CASE("a list that adds to another is checked by what both say, and the other is left alone") {
  const NamedWatchlist base{
      "base.csv", parse_watchlist(std::string{header} + "vendor,Circles,,,,,phone,\n", "base.csv"),
      false};
  const NamedWatchlist mine{
      "mine.csv",
      parse_watchlist(std::string{header} + "vendor,Circles,spyware,,,,,\n", "mine.csv"), true};
  CHECK(check_watchlists({base, mine}).empty());
}

TEST_CASE("the shipped list has no errors, and no word that --category does not know") {
  const std::vector<WatchlistFinding> findings =
      check_watchlists({{"shipped watchlist", shipped_watchlist_file(), true}});
  for (const WatchlistFinding& each : findings) {
    if (!each.is_error) continue;
    CAPTURE(each.line);
    CAPTURE(each.name);
    FAIL_CHECK(each.what);
  }
  for (const Entity& entity : shipped_watchlist().entities()) {
    CAPTURE(entity.name);
    CHECK(std::ranges::any_of(known_categories(), [&](const Category& category) {
      return category.word == entity.category;
    }));
  }
}

}  // namespace stakeout
