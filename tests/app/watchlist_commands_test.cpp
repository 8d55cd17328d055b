// `stakeout watchlist` as its users type it.
#include <algorithm>

#include <doctest/doctest.h>

#include "app/crawl/extraction.h"
#include "tests/storage/sample.h"
#include "tests/support/program.h"

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

// A folder with a database of texts that the program's own extractors have read.
struct ReadTexts {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "stakeout.db";

  explicit ReadTexts(const std::vector<std::string>& texts) {
    const MentionFinder finder{shipped_watchlist()};
    Store store{file};
    store.sync_entities(shipped_watchlist().entities(), sample::monday);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::string day = "2024-10-0" + std::to_string(i + 1);
      const std::string url = "https://n" + std::to_string(i % 2) + ".example/" + std::to_string(i);
      ArticleRecord record =
          sample::article(store.add_page(url, url, sample::monday), texts[i], day);
      record.page.url = url;
      record.facts = extract_stored(texts[i], day, finder);
      store.save_article(record, sample::monday);
    }
  }
};

TEST_CASE(
    "watchlist suggest folds spellings, counts stories and outlets, and gives a line to paste") {
  const ReadTexts s{
      {"Harborlight Optics Inc. won a $3 million contract from the Metropolitan Police Service.",
       "The Metropolitan Police Service signed a $3 million contract with HarborLight Optics, Inc. "
       "of Leeds.",
       "Harborlight Optics Inc. sells lamps. Bread is baked by Loafwright Bakers Ltd."}};
  const auto suggest = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "suggest");
    return watchlist(s.folder, words);
  };
  const ProgramRun lines = suggest({"--lines"});
  CHECK(lines.exit_code == 0);
  CHECK(lines.out ==
        "vendor,\"HarborLight Optics, Inc.\",,HarborLight Optics|Harborlight Optics Inc.,,,,\n");
  const ProgramRun json = suggest({"--json"});
  CHECK(has(
      json.out,
      R"("articles":2,"stories":2,"outlets":2,"first_on":"2024-10-01","last_on":"2024-10-02")"));
  CHECK(has(json.out, "signed a $3 million contract with HarborLight"));
  CHECK(has(suggest({}).out, "(2 stories, 2 outlets, newest 2024-10-02)"));

  // The line is taken as it is, and what is listed is suggested no more.
  s.folder.write("mine.csv", header + lines.out);
  CHECK(watchlist(s.folder, {"check", "mine.csv"}).exit_code == 0);
  CHECK(suggest({"--watchlist", "mine.csv", "--lines"}).out.empty());
  const std::string id =
      sample::rows(s.file, "SELECT id FROM v_mentions WHERE name LIKE 'Harborlight%'").front();
  CHECK(run_program({"reject", "mention", id, "--why", "a lamp shop"}, s.folder.path()).exit_code ==
        0);
  CHECK_FALSE(has(suggest({"--lines"}).out, "Harborlight Optics Inc"));
  CHECK(suggest({"--kind", "person"}).exit_code == 2);
}

TEST_CASE("watchlist try runs the crawl's matcher: capitals, context and longer names count") {
  const ReadTexts s{{"Brightglass sold phone-hacking software to the police, Brightglass said.",
                     "A brightglass window broke. The brightglass was clean; brightglass is dear.",
                     "Brightglass Garden Centre opened in May. Roses were sold.",
                     "Palantir Technologies met Brightglass, a maker of spyware."}};
  const auto attempt = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"try", "Brightglass"});
    return watchlist(s.folder, words);
  };
  const ProgramRun bare = attempt({});
  CHECK(bare.exit_code == 0);
  CHECK(has(bare.out, "read: 4 of 4 articles with these words"));
  CHECK(has(bare.out, "does not count in:\n    \"A brightglass window broke.\""));
  const ProgramRun near = attempt({"--context", "spyware|phone-hacking", "--json"});
  CHECK(has(near.out, R"("published_at":"2024-10-04","outlet":"n1.example")"));
  CHECK(has(near.out, R"("text":"Brightglass","start":0,"end":11)"));
  CHECK_FALSE(has(near.out, "Garden Centre"));
  CHECK(std::ranges::count(near.out, '\n') == 3);
  const ProgramRun known = watchlist(s.folder, {"try", "Palantir Technologies"});
  CHECK(has(known.out, "1 mention of Palantir Technologies already"));
  const ProgramRun of =
      watchlist(s.folder, {"try", "Brightglass", "--of", "Palantir Technologees"});
  CHECK(of.exit_code == 2);
  CHECK(has(of.err, "did you mean 'Palantir Technologies'?"));
  CHECK(has(watchlist(s.folder, {"try", "Window"}).err,
            "warning: 'Window' reads as the common word 'window'; give it context words"));
  CHECK(watchlist(s.folder, {"try", ""}).exit_code == 2);
  CHECK(watchlist(s.folder, {"try", "\" OR NEAR("}).exit_code == 0);
}

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

TEST_CASE("watchlist check without a file checks the lists of the settings, not the shipped one") {
  const TemporaryFolder folder;
  const ProgramRun none = watchlist(folder, {"check"});
  CHECK(none.exit_code == 0);
  CHECK(none.out.empty());
  CHECK(none.err.starts_with("shipped watchlist: 2,"));
  CHECK(has(none.err, " names, 0 errors\nthe settings name no list of your own"));
  folder.write("mine.csv", std::string{header} + "vendor,Acme Optics,spywear,,,,,\n");
  folder.write("s.toml", "watchlist = [\"mine.csv\"]\n");
  const ProgramRun mine = watchlist(folder, {"check", "--config", "s.toml"});
  CHECK(mine.out.starts_with("mine.csv:2: warning: Acme Optics"));
  CHECK(std::ranges::count(mine.out, '\n') == 2);
  CHECK(has(mine.err, " names, 0 errors\n1 line of names: 0 errors, 1 warning\n"));
  CHECK(has(watchlist(folder, {"check", "--shipped"}).out, "shipped watchlist:"));
}

TEST_CASE("a folder, a binary file and other marks than commas get one line that says so") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "lists");
  folder.write("binary.csv", std::string("\x7f"
                                         "ELF\0\n\0\n\xff\0,\n",
                                         13));
  folder.write("marks.csv", "kind;name;category\nvendor;Acme, Optics;it\nvendor;Acme Roads;it\n");
  folder.write("s.toml", "watchlist = [\"lists\"]\n");
  struct Case {
    std::vector<std::string> words;
    std::string_view told;
  };
  const Case cases[] = {
      {{"watchlist", "check", "lists"}, "stakeout: the watchlist lists is a folder, not a file\n"},
      {{"watchlist", "list", "--watchlist", "lists"}, "lists is a folder, not a file\n"},
      {{"watchlist", "list", "--config", "s.toml"}, "lists is a folder, not a file\n"},
      {{"inspect", "text", "--watchlist", "lists", "s.toml"}, "lists is a folder, not a file\n"},
      {{"config", "show", "--config", "lists"}, "lists: is a folder; name the settings file in it"},
      {{"watchlist", "check", "binary.csv"}, "0 lines of names: 1 error, 0 warnings\n"},
      {{"watchlist", "check", "marks.csv"}, "0 lines of names: 1 error, 0 warnings\n"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.words[1]);
    CAPTURE(each.words.back());
    const ProgramRun run = run_program(each.words, folder.path());
    CHECK(run.exit_code != 0);
    CAPTURE(run.err);
    CHECK(has(run.err, each.told));
  }
  CHECK(watchlist(folder, {"check", "marks.csv"}).out ==
        "marks.csv:1: error: the cells are parted by ';'; write ',' instead\n"
        "    what to do: save it as CSV in UTF-8; nothing of it is used\n");
  CHECK(has(watchlist(folder, {"check", "binary.csv"}).out, "error: not a text file in UTF-8\n"));
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
