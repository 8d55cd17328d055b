// `stakeout reject`, `stakeout contracts merge|split` and `reprocess` as a person types them.
#include <doctest/doctest.h>

#include "app/crawl/extraction.h"
#include "tests/storage/sample.h"
#include "tests/support/program.h"

namespace stakeout {
namespace {

constexpr const char* names =
    "kind,name,category,aliases,country,parent,context,wikidata\n"
    "vendor,Glasshouse Systems,spyware,,,,,\nvendor,Lantern Works,it,,,,,\n"
    "agency,Quay Bureau,police,,,,,\n";

constexpr const char* glass =
    "Glasshouse Systems signed a $500,000 contract with the Quay Bureau on Monday.";
constexpr const char* panes =
    "Glasshouse Systems signed a $900,000 contract with the Quay Bureau in May.";

// A folder with a database whose texts the program's own extractors have read.
struct ReadStore {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "stakeout.db";

  ReadStore() {
    folder.write("names.csv", names);
    folder.write("stakeout.toml", "watchlist = [\"names.csv\"]\ndatabase = \"stakeout.db\"\n");
    const Watchlist watchlist{parse_watchlist(names, "names.csv").entities};
    const MentionFinder finder{watchlist};
    Store store{file};
    store.sync_entities(watchlist.entities(), sample::monday);
    for (const char* text : {glass, panes}) {
      ArticleRecord record = sample::article(sample::add_page(store, text), text, "2024-10-07");
      record.facts = extract_stored(text, "2024-10-07", finder);
      store.save_article(record, sample::monday);
    }
  }

  [[nodiscard]] ProgramRun run(std::vector<std::string> words) const {
    words.insert(words.end(), {"--config", "stakeout.toml"});
    return run_program(words, folder.path());
  }
  [[nodiscard]] sample::Lines contracts() const {
    return sample::rows(file, "SELECT id, amount, claims FROM v_contracts ORDER BY id");
  }
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

using sample::Lines;

}  // namespace

TEST_CASE("a claim that is rejected by command stays so when the texts are read again") {
  const ReadStore s;
  CHECK(s.contracts() == Lines{"1|500000|1", "2|900000|1"});
  const ProgramRun rejected = s.run({"reject", "claim", "1", "--why", "a lawsuit"});
  CHECK(rejected.exit_code == 0);
  CHECK(rejected.out ==
        "rejected: Glasshouse Systems / Quay Bureau, USD 500000 (article 1, id 1)\n");
  const ProgramRun again = s.run({"reject", "claim", "1", "--why", "a fine"});
  CHECK(again.exit_code == 1);
  CHECK(has(again.err, "claim 1 is rejected already: a lawsuit; for another reason"));
  CHECK(s.run({"reprocess"}).exit_code == 0);
  CHECK(s.contracts() == Lines{"2|900000|1"});
  const std::string shown = s.run({"show", "article", "1"}).out;
  CHECK(has(shown, "Rejected\n"));
  CHECK(has(shown, "  a lawsuit\n"));
  CHECK(s.run({"reject", "claim", "1", "--undo"}).out ==
        "stands again: Glasshouse Systems / Quay Bureau, USD 500000 (article 1, id 1)\n");
  CHECK(s.contracts() == Lines{"1|500000|1", "2|900000|1"});
}

TEST_CASE("a correction with a wrong id or without a reason says what to do, and changes nothing") {
  const ReadStore s;
  struct Case {
    std::vector<std::string> words;
    int exit_code;
    std::string_view told;
  };
  const Case cases[] = {
      {{"reject", "claim", "99", "--why", "x"}, 1, "there is no claim 99; `stakeout show contract"},
      {{"reject", "mention", "99", "--why", "x"}, 1, "`stakeout mentions` prints the ids"},
      {{"reject", "join", "99", "--why", "x"}, 1, "`stakeout show story ID` prints"},
      {{"reject", "claim", "1"}, 2, "--why: say in a few words why it is wrong"},
      {{"reject", "claim", "one", "--why", "x"}, 2, "'one' is no id, which is a number"},
      {{"reject", "join", "1", "--why", "x"}, 1, "article 1 is the only one of its story"},
      {{"reject", "claim", "1", "--undo"}, 1, "claim 1 is not rejected"},
      {{"contracts", "merge", "1", "99"}, 1, "there is no contract 99"},
      {{"contracts", "merge", "1", "1"}, 2, "the same contract twice"},
      {{"contracts", "split", "1", "--claim", "2"}, 1, "its claims are 1"},
      {{"contracts", "split", "1", "--claim", "1"}, 1, "stakeout reject claim 1 --why"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.told);
    const ProgramRun run = s.run(each.words);
    CHECK(run.exit_code == each.exit_code);
    CHECK(has(run.err, each.told));
    CHECK(run.out.empty());
  }
  CHECK(s.contracts() == Lines{"1|500000|1", "2|900000|1"});
}

TEST_CASE("rejecting a name says which claims rest on it, and how to reject them") {
  const ReadStore s;
  const std::string id = sample::rows(s.file,
                                      "SELECT id FROM v_mentions WHERE article_id = 1 AND name = "
                                      "'Glasshouse Systems'")
                             .front();
  const ProgramRun run = s.run({"reject", "mention", id, "--why", "a greenhouse"});
  CHECK(has(run.out, "claim 1 still names it: \"" + std::string{glass} +
                         "\"; reject it, too, with: stakeout reject claim 1 --why TEXT\n"));
  CHECK_FALSE(has(run.out, "claim 2"));
  CHECK_FALSE(has(s.run({"reject", "mention", id, "--undo"}).out, "still names it"));
}

TEST_CASE("show says what it takes, where ids are printed, and what became of a contract") {
  const ReadStore s;
  REQUIRE(s.run({"reject", "claim", "1", "--why", "a lawsuit"}).exit_code == 0);
  struct Case {
    std::vector<std::string> words;
    int exit_code;
    std::string_view told;
  };
  const Case cases[] = {
      {{"show", "entity", "lanternfish"}, 2, "takes an id, a number, and 'lanternfish' is none"},
      {{"show", "entity", "lanternfish"}, 2, "`stakeout watchlist list WORDS --json` prints the"},
      {{"show", "story", "5x"}, 2, "`stakeout stories` prints the ids of stories"},
      {{"show", "5"}, 2, "of what '5' is the id: stakeout show article|contract|story|entity ID"},
      {{"show", "contract", "77"}, 1, "there is no contract 77; `stakeout contracts` prints"},
      {{"show", "contract", "1"},
       1,
       "its claims were rejected: see `stakeout query 'select * from"},
      {{"show", "contract", "1"}, 1, "stakeout reject claim 1 --undo"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.told);
    const ProgramRun run = s.run(each.words);
    CHECK(run.exit_code == each.exit_code);
    CHECK(has(run.err, each.told));
  }
}

TEST_CASE("a database that is a folder or empty gets a line that says so") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "folder.db");
  folder.write("empty.db", "");
  const auto told = [&](std::vector<std::string> words) {
    const ProgramRun run = run_program(words, folder.path());
    CHECK(run.exit_code == 1);
    return run.err;
  };
  CHECK(told({"contracts", "--db", "folder.db"}) ==
        "stakeout: database folder.db: it is a folder; name the file in it with --db\n");
  CHECK(has(told({"reprocess", "--db", "folder.db"}), "it is a folder"));
  CHECK(has(told({"contracts", "--db", "empty.db"}), "it is empty, and no database of stakeout"));
  CHECK(has(told({"db", "check", "--db", "empty.db"}), "it is empty"));
}

TEST_CASE("contracts are merged and split by command, for good") {
  const ReadStore s;
  CHECK(s.run({"contracts", "merge", "2", "1"}).out ==
        "contract 2: Glasshouse Systems / Quay Bureau, USD 500,000, 2 claims\n");
  const ProgramRun gone = s.run({"show", "contract", "1"});
  CHECK(gone.exit_code == 1);
  CHECK(has(gone.err, "there is no contract 1 any more: it went into contract 2; look at it with"));
  CHECK(has(s.run({"contracts", "merge", "1", "2"}).err, "1 any more: it went into contract 2;"));
  CHECK(s.run({"reprocess"}).exit_code == 0);
  CHECK(sample::rows(s.file, "SELECT id, claims FROM v_contracts") == Lines{"2|2"});
  CHECK(has(s.run({"contracts", "split", "2", "--claim", "1"}).out, "1 claim\ncontract 1: "));
  CHECK(s.run({"reprocess"}).exit_code == 0);
  CHECK(sample::rows(s.file, "SELECT claims FROM v_contracts") == Lines{"1", "1"});
  CHECK(has(s.run({"contracts", "--csv"}).out, "id,vendor,agency,amount"));
}

TEST_CASE("reprocess raises what a new alias finds, or nothing with --no-alerts") {
  for (const bool quiet : {false, true}) {
    CAPTURE(quiet);
    const ReadStore s;
    const auto before = sample::rows(s.file, "SELECT count(*) FROM v_alerts").front();
    s.folder.write("more.csv", "vendor,Lantern Works,it,Monday,,,,\n");
    std::vector<std::string> words = {"reprocess", "--watchlist", "more.csv"};
    if (quiet) words.emplace_back("--no-alerts");
    const ProgramRun run = s.run(words);
    CHECK(has(run.out, "1 alert of what is new") != quiet);
    CHECK(sample::rows(s.file, "SELECT title FROM v_alerts WHERE id > " + before) ==
          (quiet ? Lines{} : Lines{"Lantern Works: Article 1"}));
  }
}

TEST_CASE("of what a new name finds in older texts nobody is told, but how many there are") {
  const ReadStore s;
  const auto before = sample::rows(s.file, "SELECT count(*) FROM v_alerts");
  s.folder.write("more.csv", "vendor,Monday Club,it,Monday,,,,\n");
  const ProgramRun run = s.run({"reprocess", "--watchlist", "more.csv"});
  CHECK(has(run.out, "1 thing is new but of the past"));
  CHECK(sample::rows(s.file, "SELECT count(*) FROM v_alerts") == before);
  CHECK(has(s.run({"alerts", "--past", "--csv"}).out, "Monday Club: Article 1"));
}

TEST_CASE("a name or tag that nobody has is told of, with the nearest one; scripts go on") {
  const ReadStore s;
  struct Case {
    std::vector<std::string> words;
    std::string_view told;
  };
  const Case cases[] = {
      {{"mentions", "--vendor", "Glasshuose"},
       "no vendor 'Glasshuose' is on the watchlist or in the database; did you mean 'Glasshouse "
       "Systems'?"},
      {{"stories", "--agency", "Quay Bureua"}, "did you mean 'Quay Bureau'?"},
      {{"search", "contract", "--tag", "police"}, "no feed has the tag 'police'"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.told);
    const ProgramRun run = s.run(each.words);
    CHECK(run.exit_code == 0);
    CHECK(has(run.err, each.told));
  }
  CHECK_FALSE(has(s.run({"mentions", "--vendor", "glasshouse systems"}).err, "watchlist"));
}

TEST_CASE("amounts and currencies are taken as people type them") {
  const ReadStore s;
  const auto contracts = [&](const std::string& amount, const std::string& currency) {
    return s.run({"contracts", "--csv", "--min-amount", amount, "--currency", currency});
  };
  for (const char* amount : {"900000", "900,000", "0.9M", "900k"}) {
    CAPTURE(amount);
    const std::string out = contracts(amount, "usd").out;
    CHECK(has(out, "900000"));
    CHECK_FALSE(has(out, "500000"));
  }
  for (const char* amount : {"9,00000", ",900", "9M9", "M", "99999999999999bn"}) {
    CAPTURE(amount);
    CHECK(contracts(amount, "usd").exit_code == 2);
  }
}

TEST_CASE("a filter that a listing does not have is refused with its name") {
  const ReadStore s;
  const std::vector<std::vector<std::string>> refused = {{"search", "x", "--status", "signed"},
                                                         {"search", "x", "--currency", "USD"},
                                                         {"feeds", "list", "--vendor", "x"},
                                                         {"search", "x", "--min-amount", "1"}};
  for (const auto& words : refused) {
    const ProgramRun run = s.run(words);
    CHECK(run.exit_code == 2);
    CHECK(has(run.err, " takes no --"));
    CHECK(run.out.empty());
  }
}

TEST_CASE("what is said beside an answer, and of mistakes in the words, has the form asked for") {
  const ReadStore s;
  struct Case {
    std::vector<std::string> words;
    std::string level;
    std::string message;
  };
  const Case cases[] = {
      {{"mentions", "--tag", "none-of-these"}, "info", "nothing matches"},
      {{"mentions", "--bogus"}, "error", "stakeout mentions takes no --bogus\\nSee what"},
      {{"mentionz"}, "error", "unknown command 'mentionz'; did you mean mentions?\\nSee the"},
      {{"show", "7"}, "error", "show needs to know of what '7' is the id: "},
  };
  for (const Case& each : cases) {
    CAPTURE(each.message);
    std::vector<std::string> words{"--log-format", "json"};
    words.insert(words.end(), each.words.begin(), each.words.end());
    const std::string err = s.run(words).err;
    CHECK(err.starts_with("{\"time\":\"2"));
    CHECK(has(err, "\"level\":\"" + each.level + "\",\"message\":\"" + each.message));
    CHECK(err.ends_with("\"}\n"));
  }
}

}  // namespace stakeout
