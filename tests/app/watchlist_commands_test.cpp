// `stakeout watchlist` as its users type it.
#include <algorithm>

#include <doctest/doctest.h>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

constexpr const char* header = "kind,name,category,aliases,country,parent,context,wikidata\n";

ProgramRun watchlist(const TemporaryFolder& folder, std::vector<std::string> words) {
  words.insert(words.begin(), "watchlist");
  return run_program(words, folder.path());
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("watchlist check tells file, line and what to do, and fails on an error") {
  const TemporaryFolder folder;
  folder.write("mine.csv", std::string{header} +
                               "vendor,Acme Optics,spywear,,de,,,\nvendor,Acme Optics,it,,zz,,,\n");
  const ProgramRun run = watchlist(folder, {"check", "mine.csv"});
  CHECK(run.exit_code == 1);
  CHECK(has(run.out,
            "mine.csv:3: error: Acme Optics: is of the unknown country 'zz'\n"
            "    what to do: use the two letters of ISO 3166"));
  CHECK(run.err == "2 lines of names: 2 errors, 0 warnings\n");
  folder.write("good.csv", std::string{header} + "vendor,Acme Optics,it,Lantern,de,,,\n");
  const ProgramRun good = watchlist(folder, {"check", "good.csv", "--json"});
  CHECK(good.exit_code == 0);
  CHECK(has(good.out, R"({"file":"good.csv","line":2,"severity":"warning","name":"Acme Optics",)"));
  CHECK(watchlist(folder, {"check", "none.csv"}).exit_code == 1);
}

TEST_CASE("watchlist list narrows by kind, category, country and words") {
  const TemporaryFolder folder;
  folder.write("mine.csv", std::string{header} + "vendor,Acme Öptics,it,Acmeo,de,,camera,Q1\n");
  const ProgramRun run =
      watchlist(folder, {"list", "--watchlist", "mine.csv", "optics", "ACMEO", "--kind", "vendor",
                         "--country", "DE", "--category", "it", "--csv"});
  CHECK(run.exit_code == 0);
  CHECK(run.out ==
        "kind,name,category,aliases,country,parent,context,wikidata,id,mentions,articles,last_seen_"
        "at\r\nvendor,Acme Öptics,it,Acmeo,de,,camera,Q1,,,,\r\n");
  const ProgramRun wrong = watchlist(folder, {"list", "--category", "spywear"});
  CHECK(wrong.exit_code == 2);
  CHECK(
      has(wrong.err, "'spywear' is no category; did you mean spyware? The known ones are alpr, "));
  CHECK(watchlist(folder, {"list", "--kind", "person"}).exit_code == 2);
}

TEST_CASE("the tables of watchlist list fit a hundred columns") {
  const TemporaryFolder folder;
  const ProgramRun run = watchlist(folder, {"list", "--limit", "2000"});
  std::size_t longest = 0;
  for (std::size_t at = 0; at < run.out.size();) {
    const std::size_t end = run.out.find('\n', at);
    std::size_t columns = 0;
    for (std::size_t i = at; i < end; ++i) columns += (run.out[i] & 0xC0) != 0x80 ? 1 : 0;
    longest = std::max(longest, columns);
    at = end + 1;
  }
  CHECK(longest > 80);
  CHECK(longest <= 100);
}

}  // namespace stakeout
