// The archive of a crawl, as the program keeps and verifies it.
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

#include <doctest/doctest.h>

#include "app/demo/server.h"
#include "storage/warc/warc_reader.h"
#include "tests/app/site_crawl.h"
#include "tests/support/program.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

// A crawl of the demo's site, with its watchlist and an archive.
class ArchivedCrawl {
 public:
  explicit ArchivedCrawl(const demo::Server& server) : crawl_{server} {
    std::ofstream{crawl_.folder() / "names.csv"} << demo::watchlist();
  }

  [[nodiscard]] std::vector<std::string> command() const {
    std::vector<std::string> words = crawl_.command();
    words.insert(words.end(), {"--watchlist", "names.csv"});
    return words;
  }
  [[nodiscard]] ProgramRun run() const {
    Program program{command(), crawl_.folder(), {"STAKEOUT_ARCHIVE=kept"}};
    return program.wait();
  }
  void kill_after(std::chrono::milliseconds time) const {
    Program program{command(), crawl_.folder(), {"STAKEOUT_ARCHIVE=kept"}};
    std::this_thread::sleep_for(time);
    program.kill(SIGKILL);
    static_cast<void>(program.wait());
  }
  [[nodiscard]] ProgramRun verify() const {
    return run_program({"verify", "--archive", "kept", "--db", crawl_.database().string()},
                       crawl_.folder());
  }
  [[nodiscard]] fs::path database() const { return crawl_.database(); }

  [[nodiscard]] std::vector<fs::path> files() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator{crawl_.folder() / "kept"})
      files.push_back(entry.path());
    return files;
  }

 private:
  SiteCrawl crawl_;
};

void replace_in(const fs::path& file, std::size_t at, char byte) {
  std::fstream stream{file, std::ios::binary | std::ios::in | std::ios::out};
  stream.seekp(static_cast<std::streamoff>(at));
  stream.put(byte);
}

}  // namespace

TEST_CASE("every page that led to a mention is kept, and verify reads its text out of it again") {
  demo::Server server;
  const ArchivedCrawl crawl{server};
  for (int day = 1; day <= 2; ++day) {
    server.set_day(day);
    REQUIRE(crawl.run().exit_code == 0);
  }
  Reader reader{crawl.database()};
  CHECK(number(reader, "select count(*) from v_archive where kind = 'response'") > 0);
  CHECK(number(reader,
               "select count(*) from v_articles a where status = 'ok' and coalesce(robots, '') not "
               "like '%noarchive%' and exists (select 1 from v_mentions m where m.article_id = "
               "a.id) and not exists (select 1 from v_archive v where v.article_id = a.id)") == 0);
  const ProgramRun sound = crawl.verify();
  CAPTURE(sound.out);
  CHECK(sound.exit_code == 0);
  CHECK(sound.out.ends_with("everything holds\n"));

  SUBCASE("a byte that changed in the archive is found") {
    // In the middle of a page's record: the requests between them are nobody's evidence.
    const std::int64_t at = number(
        reader,
        "select offset + length / 2 from v_archive where kind = 'response' order by id limit 1");
    replace_in(crawl.files().at(0), static_cast<std::uintmax_t>(at), 'x');
    const ProgramRun broken = crawl.verify();
    CHECK(broken.exit_code == 1);
    CHECK(broken.out.find("archive record ") != std::string::npos);
  }
  SUBCASE("a file that is missing is found") {
    fs::remove(crawl.files().at(0));
    CHECK(crawl.verify().exit_code == 1);
  }
  SUBCASE("the requests are kept beside the responses") {
    int requests = 0;
    for (const fs::path& file : crawl.files()) {
      WarcReader warc{read_from(file.string()), 1U << 20U};
      for (auto next = warc.next(); next && *next; next = warc.next()) {
        if ((*next)->field("WARC-Type") != "request") continue;
        ++requests;
        CHECK((*next)->block.starts_with("GET /"));
        CHECK((*next)->block.find("User-Agent: stakeout/") != std::string::npos);
      }
    }
    CHECK(requests == number(reader, "select count(*) from v_archive"));
  }
}

TEST_CASE("a crawl that is killed leaves an archive that holds") {
  demo::Server server;
  const ArchivedCrawl crawl{server};
  for (const int time : {60, 120, 240, 480}) crawl.kill_after(std::chrono::milliseconds{time});
  REQUIRE(crawl.run().exit_code == 0);
  const ProgramRun sound = crawl.verify();
  CAPTURE(sound.out);
  CHECK(sound.exit_code == 0);
  for (const fs::path& file : crawl.files()) {
    CAPTURE(file.string());
    CHECK(file.string().ends_with(".warc.gz"));
    WarcReader warc{read_from(file.string()), 1U << 20U};
    auto next = warc.next();
    while (next && *next) next = warc.next();
    CHECK(next.has_value());
  }
}

}  // namespace stakeout
