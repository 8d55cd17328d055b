// The program as its users start it: the demo, crawls, and the service.
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

#include <doctest/doctest.h>

#include "app/demo/server.h"
#include "app/file_edit.h"
#include "storage/reader.h"
#include "tests/app/site_crawl.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

// Whether the program that runs in this folder says so on stderr, within a generous time.
bool has_said(const TemporaryFolder& folder, std::string_view words) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{30};
  while (std::chrono::steady_clock::now() < end) {
    std::ifstream stream{folder.path() / "stderr.txt"};
    const std::string said{std::istreambuf_iterator<char>{stream}, {}};
    if (said.find(words) != std::string::npos) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  return false;
}

}  // namespace

TEST_CASE("the demo writes over nothing that is not its own") {
  for (const char* name : {"stakeout.toml", "watchlist.csv", "demo.db", "notes.txt"}) {
    CAPTURE(name);
    const TemporaryFolder folder;
    const std::string file = std::string{"mine/"} + name;
    folder.write(file, "database = \"mine.db\"\n");
    const ProgramRun run = run_program({"demo", "--dir", "mine"}, folder.path());
    CHECK(run.exit_code == 1);
    CHECK(run.err.find(file + " is not the demo's") != std::string::npos);
    CHECK(read_bounded_file(folder.path() / file, "the file") == "database = \"mine.db\"\n");
    CHECK(std::distance(std::filesystem::directory_iterator{folder.path() / "mine"}, {}) == 1);
  }
  const TemporaryFolder folder;
  folder.write("notes.txt", "mine\n");
  const ProgramRun run = run_program({"demo", "--dir", "notes.txt"}, folder.path());
  CHECK(run.exit_code == 1);
  CHECK(run.err.find("notes.txt is no folder") != std::string::npos);
}

TEST_CASE("the demo ends with the digest of two days") {
  const TemporaryFolder folder;
  const ProgramRun run = run_program({"demo"}, folder.path());
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("Lanternfish Systems — U.S. Immigration and Customs Enforcement:\n"
                     "    USD 4,200,000") != std::string::npos);
  CHECK(run.out.find("signed → stop work") != std::string::npos);
  CHECK(std::filesystem::file_size(folder.path() / "stakeout-demo/digest.html") > 1'000);

  Reader reader{folder.path() / "stakeout-demo/demo.db"};
  SUBCASE("it can be run again in its folder") {
    CHECK(run_program({"demo"}, folder.path()).exit_code == 0);
  }
  SUBCASE("the settings beside the database name the demo's watchlist, so that nothing is lost") {
    const auto demo = [&](std::vector<std::string> words) {
      words.insert(words.begin(), {"--config", "stakeout-demo/stakeout.toml"});
      return run_program(words, folder.path()).out;
    };
    CHECK(run.out.ends_with(" --config stakeout-demo/stakeout.toml contracts\n"));
    const std::string contracts = demo({"contracts"});
    CHECK(contracts.find("Lanternfish") != std::string::npos);
    CHECK(demo({"watchlist", "list", "Lanternfish"}).find("Lanternfish") != std::string::npos);
    CHECK(demo({"mentions", "--vendor", "Lanternfish"}).find("Lanternfish") != std::string::npos);
    demo({"reprocess"});
    CHECK(demo({"contracts"}) == contracts);
  }
  SUBCASE("a deal is one contract, however many articles tell of it, in its last state") {
    CHECK(words(reader,
                "select agency, amount, currency, term, signed_on, ends_on, status from v_contracts"
                " where vendor = 'Lanternfish Systems'") ==
          "U.S. Immigration and Customs "
          "Enforcement|4200000|USD|P2Y|2025-02-24|2027-02-23|stop_work|\n");
    CHECK(words(reader, "select status from v_contracts where vendor = 'Sparrowhawk AI'") ==
          "denied|\n");
  }
  SUBCASE("copies join the story of their source, independent reports do not") {
    CHECK(number(reader,
                 "select count(distinct story_id) from v_articles where url like "
                 "'%/2025/03/ice-signs-lanternfish'"
                 " or url like '%/news/41877' or url like '%/local/ice-phone-tool'"
                 " or url like '%/post/ice-lanternfish-deal'") == 1);
    CHECK(number(reader,
                 "select articles from v_stories s join v_articles a on a.story_id = s.id"
                 " where a.url like '%/2025/03/stop-work-lanternfish'") == 3);
    CHECK(number(reader,
                 "select s.articles from v_stories s join v_articles a on a.story_id = s.id"
                 " where a.url like '%/nation/lanternfish-order-explained'") == 1);
  }
  SUBCASE("money that is no contract makes none, and ice on the road is no agency") {
    CHECK(number(reader,
                 "select count(*) from v_contracts where amount in (3000000, 60000000, 310000000, "
                 "90000000,"
                 " 14500000000, 480000000)") == 0);
    CHECK(number(reader,
                 "select count(*) from v_mentions where url like '%/ice-on-route-9' or url like "
                 "'%/thaw'") == 0);
    CHECK(number(reader, "select count(*) from v_mentions where url like '%/crop-circles'") == 0);
  }
  SUBCASE("a correction makes a second revision and corrects the contract") {
    CHECK(words(reader, "select amount from v_contracts where vendor like 'Tidewater%'") ==
          "13245000|\n");
    CHECK(number(reader,
                 "select revisions from v_articles where url like '%/awards/2025-03-03'"
                 " and url not like '%/print/%'") == 2);
  }
  SUBCASE("what robots.txt forbids is not fetched") {
    CHECK(words(reader, "select status, text from v_articles where url like '%/print/%'") ==
          "forbidden|-|\n");
  }
}

TEST_CASE("a second crawl of the same pages adds nothing") {
  const demo::Server server;
  const SiteCrawl crawl{server};
  REQUIRE(run_program(crawl.command(), crawl.folder()).exit_code == 0);
  const std::string first = content(crawl.database());
  const ProgramRun again = run_program(crawl.command(), crawl.folder());
  CHECK(again.exit_code == 0);
  CHECK(again.out.find("6 unchanged") != std::string::npos);
  CHECK(content(crawl.database()) == first);
}

TEST_CASE("names that come in later are found in the stored texts when those are read again") {
  const demo::Server server;
  const SiteCrawl crawl{server};
  REQUIRE(run_program(crawl.command(), crawl.folder()).exit_code == 0);
  const std::string found =
      "select count(*) from v_entities where name = 'Lanternfish Systems' and listed and mentions "
      "> 0";
  {
    Reader before{crawl.database()};
    CHECK(number(before, found) == 0);
  }

  std::ofstream{crawl.folder() / "names.csv"} << demo::watchlist();
  const ProgramRun run = run_program(
      {"reprocess", "--config", "stakeout.toml", "--watchlist", "names.csv"}, crawl.folder());
  CHECK(run.exit_code == 0);
  Reader reader{crawl.database()};
  CHECK(number(reader, found) > 0);
}

TEST_CASE("the service outlives bad settings, and nobody else crawls into its database") {
  const TemporaryFolder folder;
  const std::string good = "database = \"news.db\"\n";
  folder.write("feeds.txt", "");
  folder.write("stakeout.toml", good);
  Program service{{"run", "--config", "stakeout.toml"}, folder.path()};
  REQUIRE(has_said(folder, "watching the 0 feeds"));

  folder.write("stakeout.toml", good + "[fetch]\nmax_body = \"0\"\n");
  service.kill(SIGHUP);
  CHECK(has_said(folder, "leaves no room"));
  folder.write("stakeout.toml", good + "watchlist = \"none.csv\"\n");
  service.kill(SIGHUP);
  CHECK(has_said(folder, "none.csv cannot be read"));

  const TemporaryFolder other;
  other.write("feeds.txt", "https://example.org/feed\n");
  const std::string database = (folder.path() / "news.db").string();
  const ProgramRun crawl = run_program({"crawl", "--db", database}, other.path());
  CHECK(crawl.exit_code == 1);
  CHECK(crawl.err ==
        "stakeout: another stakeout is crawling into " + database + "; wait for it or stop it\n");

  service.kill(SIGTERM);
  const ProgramRun run = service.wait();
  CHECK(run.exit_code == 0);
  CHECK(run.err.find("the old settings stay in force") != std::string::npos);
}

TEST_CASE("settings with readers and no way to them are in order, with a warning") {
  const TemporaryFolder folder;
  folder.write("stakeout.toml",
               "archive = \"a\"\n[smtp]\nfrom = \"me@example.org\"\n"
               "[[digest]]\nname = \"mine\"\nto = \"me@example.org\"\n");
  const ProgramRun run =
      run_program({"config", "check", "--config", "stakeout.toml"}, folder.path());
  CHECK(run.exit_code == 0);
  CHECK(run.out == "the settings are in order\n");
  CHECK(run.err.find("archive") == std::string::npos);
  CHECK(run.err.find("smtp.from = ") == std::string::npos);
  // The digest has a reader, and no way to him.
  CHECK(run.err.find("'mine' has readers") != std::string::npos);
}

TEST_CASE("an answer that cannot be written is a failure") {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("/dev/full", folder.path() / "stdout.txt");
  Program program{{"config", "show"}, folder.path()};
  std::filesystem::remove(folder.path() / "stdout.txt");
  const ProgramRun run = program.wait();
  CHECK(run.exit_code == 1);
  CHECK(run.err == "stakeout: the output could not be written in full (is the disk full?)\n");
}

TEST_CASE("a mistake is told in one line, with what to do, and the exit code says whose it is") {
  const TemporaryFolder folder;
  struct Case {
    std::vector<std::string> words;
    int exit_code;
    std::string_view told;
  };
  const Case cases[] = {
      {{"contracts"}, 1, "there is no database"},
      {{"crawl"}, 1, "feeds.txt"},
      {{"crwal"}, 2, "stakeout --help"},
      {{"contracts", "--since", "yesterday"}, 2, "--since: 'yesterday' is no date"},
      {{"--config", "none.toml", "config", "show"}, 2, "none.toml"},
      {{"contracts", "--status", "bogus"}, 2, "the known ones are proposed, awarded, signed"},
      {{"feeds", "list", "--status", "signed"}, 2, "the known ones are new, ok, failing, gone"},
      {{"contracts", "--limit", "0"}, 2, "--limit"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.told);
    const ProgramRun run = run_program(each.words, folder.path());
    CHECK(run.exit_code == each.exit_code);
    CHECK(run.err.find(each.told) != std::string::npos);
    CHECK(run.out.empty());
  }
}

}  // namespace stakeout
