#include "extractors/facts/watchlist.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

constexpr std::string_view header = "kind,name,category,aliases,country,parent,context,wikidata\n";

WatchlistFile parse(std::string_view rows) {
  return parse_watchlist(std::string{header} + std::string{rows}, "mine.csv");
}

}  // namespace

TEST_CASE("a row becomes an entity with all its cells") {
  const WatchlistFile file =
      parse("vendor,Acme Optics,biometrics,Acme|Acme Cameras,de,Acme Holding,camera|police,Q42\n");
  CHECK(file.warnings.empty());
  REQUIRE(file.entities.size() == 1);
  CHECK(file.entities.front() == Entity{.kind = EntityKind::vendor,
                                        .name = "Acme Optics",
                                        .category = "biometrics",
                                        .aliases = {"Acme", "Acme Cameras"},
                                        .country = "de",
                                        .parent = "Acme Holding",
                                        .context = {"camera", "police"},
                                        .wikidata = "Q42"});
}

TEST_CASE("a set of context words is kept by its name, and one that nobody knows is told") {
  const WatchlistFile file = parse("vendor,Acme,it,,us,,@public-buyers|@nobody|camera,\n");
  REQUIRE(file.entities.size() == 1);
  CHECK(file.entities.front().context == std::vector<std::string>{"@public-buyers", "camera"});
  REQUIRE(file.warnings.size() == 1);
  CHECK(file.warnings.front() == "mine.csv:2: there is no set of context words '@nobody'");
}

TEST_CASE("cells are quoted as RFC 4180 has it") {
  struct Case {
    std::string_view row;
    std::string_view name;
  };
  const Case cases[] = {
      {"vendor,\"Acme, Inc.\"\n", "Acme, Inc."},
      {"vendor,\"The \"\"Acme\"\" Works\"\n", "The \"Acme\" Works"},
      {"vendor, \"Acme\" ,it\n", "Acme"},
      {"vendor,  Acme Works  \n", "Acme Works"},
      {"vendor,Acme \"Works\"\n", "Acme \"Works\""},  // a quote inside is itself
      {"vendor,Acme", "Acme"},                        // no newline at the end
  };
  for (const auto& [row, name] : cases) {
    CAPTURE(row);
    const WatchlistFile file = parse(row);
    CHECK(file.warnings.empty());
    REQUIRE(file.entities.size() == 1);
    CHECK(file.entities.front().name == name);
  }
}

TEST_CASE("a bad line is reported with file, line and reason, and the rest is used") {
  struct Case {
    std::string_view row;
    std::string_view warning;
  };
  const Case cases[] = {
      {"vendr,Acme\n", "mine.csv:2: kind is neither vendor nor agency: 'vendr'"},
      {"vendor,\n", "mine.csv:2: no name"},
      {"vendor\n", "mine.csv:2: no name"},
      {"vendor,Acme,it,,,,,,,\n", "mine.csv:2: more cells than columns"},
      {"vendor,\"Acme,it\n", "mine.csv:2: a quote is not closed, or text follows it"},
      {"vendor,\"Acme\"x,it\n", "mine.csv:2: a quote is not closed, or text follows it"},
      {"vendor,Acm\xE9\n", "mine.csv:2: not UTF-8"},
  };
  for (const auto& [row, warning] : cases) {
    CAPTURE(row);
    const WatchlistFile file = parse(std::string{row} + "agency,City Guard\n");
    REQUIRE(file.warnings.size() == 1);
    CHECK(file.warnings.front() == warning);
    REQUIRE(file.entities.size() == 1);
    CHECK(file.entities.front().name == "City Guard");
  }
}

TEST_CASE("a cell of the wrong form is reported, and its line is used without it") {
  const WatchlistFile file = parse("vendor,Acme,it,,Germany,,,\nvendor,Bcme,it,,,,,42\n");
  REQUIRE(file.warnings.size() == 2);
  CHECK(file.warnings[0] == "mine.csv:2: country is no two-letter code: 'germany'");
  CHECK(file.warnings[1] == "mine.csv:3: wikidata is no Q number: '42'");
  REQUIRE(file.entities.size() == 2);
  CHECK(file.entities[0].country.empty());
  CHECK(file.entities[1].wikidata.empty());
}

TEST_CASE("what editors and spreadsheets do to a file does no harm") {
  struct Case {
    const char* what;
    std::string text;
  };
  const Case cases[] = {
      {"byte order mark", "\xEF\xBB\xBFkind,name\nvendor,Acme\n"},
      {"CRLF", "kind,name\r\nvendor,Acme\r\n"},
      {"CR alone", "kind,name\rvendor,Acme\r"},
      {"empty lines and comments", "# ours\n\nkind,name\n\n# more\nvendor,Acme\n\n"},
      {"capitals in the header", "Kind,Name\nVendor,Acme\n"},
      {"columns in another order", "name,kind\nAcme,vendor\n"},
      {"no header", "vendor,Acme\n"},
  };
  for (const auto& [what, text] : cases) {
    CAPTURE(what);
    const WatchlistFile file = parse_watchlist(text, "mine.csv");
    CHECK(file.warnings.empty());
    REQUIRE(file.entities.size() == 1);
    CHECK(file.entities.front().name == "Acme");
    CHECK(file.entities.front().kind == EntityKind::vendor);
  }
}

TEST_CASE("a later row overrides an earlier one of the same kind and name, cell by cell") {
  Watchlist list{parse("vendor,Acme Optics,biometrics,Acme,de,,camera,Q42\n").entities};
  list.merge(parse("vendor,ACME optics,alpr,AO,,,-,\nagency,Acme Optics,it\n").entities);
  REQUIRE(list.entities().size() == 2);
  const Entity& acme = list.entities().front();
  CHECK(acme.name == "ACME optics");
  CHECK(acme.category == "alpr");
  CHECK(acme.aliases == std::vector<std::string>{"AO"});
  CHECK(acme.country == "de");  // left empty: stays
  CHECK(acme.context.empty());  // "-": emptied
  CHECK(acme.wikidata == "Q42");
}

TEST_CASE("names compare without case, article and a leading U.S.") {
  const Watchlist list{parse("agency,U.S. Border Guard\n").entities};
  CHECK(list.find(EntityKind::agency, "border guard") != nullptr);
  CHECK(list.find(EntityKind::agency, "the US Border Guard") != nullptr);
  CHECK(list.find(EntityKind::vendor, "Border Guard") == nullptr);
  CHECK(list.find(EntityKind::agency, "Guard") == nullptr);
}

TEST_CASE("every line of the shipped list is sound") {
  const Watchlist& list = shipped_watchlist();
  std::set<std::string> categories;
  for (const Entity& entity : list.entities()) {
    CAPTURE(entity.name);
    CHECK_FALSE(entity.category.empty());
    CHECK(std::none_of(entity.aliases.begin(), entity.aliases.end(),
                       [&](const std::string& alias) { return alias == entity.name; }));
    const bool parent_is_listed = list.find(EntityKind::agency, entity.parent) != nullptr ||
                                  list.find(EntityKind::vendor, entity.parent) != nullptr;
    CHECK((entity.parent.empty() || parent_is_listed));
    categories.insert(entity.category);
  }
  CHECK(categories.contains("spyware"));
}

TEST_CASE("the shipped list covers the trades and the bodies of many countries") {
  std::size_t vendors = 0;
  std::size_t agencies = 0;
  std::set<std::string> countries;  // of the agencies
  for (const Entity& entity : shipped_watchlist().entities()) {
    if (entity.kind == EntityKind::vendor) {
      ++vendors;
    } else {
      ++agencies;
      countries.insert(entity.country);
    }
  }
  CHECK(vendors >= 450);
  CHECK(agencies >= 650);
  CHECK(countries.size() >= 45);
  CHECK(countries.contains("eu"));
}

TEST_CASE("every name that several shipped entities of a kind share can be told apart by context") {
  // The names of entities that have no context words: nothing could tell two of them apart.
  std::map<std::pair<EntityKind, std::string>, std::set<std::string>> bearers;
  for (const Entity& entity : shipped_watchlist().entities()) {
    if (!entity.context.empty()) continue;
    bearers[{entity.kind, entity.name}].insert(entity.name);
    for (const std::string& alias : entity.aliases) {
      bearers[{entity.kind, alias}].insert(entity.name);
    }
  }
  for (const auto& [name, entities] : bearers) {
    CAPTURE(name.second);
    CHECK(entities.size() == 1);
  }
}

}  // namespace stakeout
