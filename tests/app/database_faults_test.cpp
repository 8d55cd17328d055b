// A database that cannot be used, as each command meets it: one clear line, the right exit code,
// and the file left as it was.
#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>

#include <doctest/doctest.h>

#include "storage/store.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

void overwrite(const fs::path& file, std::uintmax_t at, const std::string& bytes) {
  std::fstream stream{file, std::ios::in | std::ios::out | std::ios::binary};
  stream.seekp(static_cast<std::streamoff>(at));
  stream << bytes;
}

// A sound database that a crawl has left, and beside it what a crawl needs.
void set_up(const TemporaryFolder& folder) {
  { const Store store{folder.path() / "news.db"}; }
  for (const char* side : {"news.db-wal", "news.db-shm"}) fs::remove(folder.path() / side);
  folder.write("feeds.txt", "http://127.0.0.1:1/feed\n");
  folder.write("stakeout.toml", "database = \"news.db\"\n");
}

struct Fault {
  const char* name;
  std::function<void(const fs::path& file)> bring_about;
  const char* words;  // in the line that every command prints
};

const Fault faults[] = {
    {"its header is overwritten",
     [](const fs::path& file) { overwrite(file, 0, std::string(100, '\x5A')); },
     "news.db: it is damaged or no database (file is not a database); put back the last copy"},
    {"its pages are overwritten",
     [](const fs::path& file) {
       overwrite(file, 4096, std::string(fs::file_size(file) - 4096, '\x5A'));
     },
     "news.db: it is damaged or no database (database disk image is malformed); put back"},
    {"it is cut in half",
     [](const fs::path& file) { fs::resize_file(file, fs::file_size(file) / 2); },
     "news.db: it is damaged or no database (database disk image is malformed); put back"},
    {"it is a text", [](const fs::path& file) { std::ofstream{file} << "No database at all."; },
     "news.db: it is damaged or no database (file is not a database); put back the last copy"},
    {"it is another program's",  // by the application id in its header
     [](const fs::path& file) { overwrite(file, 68, "THEM"); },
     "news.db: this is another program's database; name another file with --db"},
    {"it is of a newer version",  // by the user version in its header
     [](const fs::path& file) {
       overwrite(file, 60, std::string{"\0\0\0\x63", 4});
     },
     "news.db: it was written by a newer stakeout (schema 99, this program knows"},
    {"it is a folder",
     [](const fs::path& file) {
       fs::remove(file);
       fs::create_directory(file);
     },
     "news.db: it is a folder; name the file in it with --db"},
};

const std::vector<std::vector<std::string>> commands = {
    {"contracts"}, {"query", "select 1"}, {"db", "check"}, {"db", "snapshot", "copy.db"}, {"crawl"},
    {"run"}};

}  // namespace

TEST_CASE("every command says in one line what is wrong with the database, and changes nothing") {
  for (const Fault& fault : faults) {
    CAPTURE(fault.name);
    const TemporaryFolder folder;
    set_up(folder);
    const fs::path file = folder.path() / "news.db";
    fault.bring_about(file);
    const bool is_file = fs::is_regular_file(file);
    const std::string before = is_file ? bytes_of(file) : std::string{};
    for (const auto& command : commands) {
      CAPTURE(command.back());
      std::vector<std::string> words = command;
      words.insert(words.end(), {"--config", "stakeout.toml"});
      const ProgramRun run = run_program(words, folder.path());
      CHECK(run.exit_code == 1);
      CHECK(run.out.empty());
      CHECK_MESSAGE(run.err.find(fault.words) != std::string::npos, run.err);
      CHECK(std::count(run.err.begin(), run.err.end(), '\n') == 1);
      CHECK_FALSE(fs::exists(folder.path() / "copy.db"));
      if (is_file) CHECK(bytes_of(file) == before);
    }
  }
}

TEST_CASE(
    "a folder that is not there is told by those who would write, and no file by those who read") {
  const TemporaryFolder folder;
  set_up(folder);
  folder.write("stakeout.toml", "database = \"no/such/news.db\"\n");
  const auto said = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--config", "stakeout.toml"});
    const ProgramRun run = run_program(words, folder.path());
    CHECK(run.exit_code == 1);
    return run.err;
  };
  CHECK(said({"crawl"}).find("check that its directory exists and may be written") !=
        std::string::npos);
  for (const auto& command : {"contracts", "verify"})
    CHECK(said({command}).find("there is no database ") != std::string::npos);
}

TEST_CASE("what the settings let go is dropped by db upkeep, and a rehearsal only counts it") {
  const TemporaryFolder folder;
  set_up(folder);
  {
    Store store{folder.path() / "news.db"};
    const std::string url = "https://news.example/one";
    const Timestamp then = make_timestamp(2024, 10, 7, 6);
    ArticleRecord record;
    record.article_id = store.add_page(url, url, then);
    record.page.title = "Rain";
    record.page.text = "It rained all day.";
    store.save_article(record, then);
  }
  const auto said = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--config", "stakeout.toml"});
    const ProgramRun run = run_program(words, folder.path());
    CHECK(run.exit_code == 0);
    return run.out;
  };
  const std::string idle = said({"db", "upkeep"});
  CHECK(idle.starts_with("[retention] dropped: nothing\nstatistics of "));
  CHECK(idle.find(" were taken anew, and the full-text index of news.db is merged\n") !=
        std::string::npos);
  folder.write("stakeout.toml", "database = \"news.db\"\n[retention]\ntexts = \"4w\"\n");
  CHECK(said({"db", "upkeep", "--dry-run"}) == "[retention] would drop: 1 text, 18 bytes in all\n");
  CHECK(said({"show", "article", "1"}).find("It rained all day.") != std::string::npos);
  CHECK(said({"db", "upkeep"}).starts_with("[retention] dropped: 1 text, 18 bytes in all\n"));
  const std::string page = said({"show", "article", "1"});
  CHECK(page.find("The text was dropped at 20") != std::string::npos);
  CHECK(page.find("[retention]") != std::string::npos);
  CHECK(said({"show", "article", "1", "--json"}).find("\"text\":null") != std::string::npos);
  const ProgramRun search =
      run_program({"search", "rained", "--config", "stakeout.toml"}, folder.path());
  CHECK(search.err.find("the text of 1 article could not be searched: dropped by [retention]") !=
        std::string::npos);
  const ProgramRun trial =
      run_program({"watchlist", "try", "Rained", "--config", "stakeout.toml"}, folder.path());
  CHECK(trial.err.find("the text of 1 article could not be tried: dropped by [retention]") !=
        std::string::npos);
  CHECK(said({"verify"}).find("1 text was dropped by [retention]") != std::string::npos);
  CHECK(said({"reprocess"}).find("the text of 1 article could not be read: dropped") !=
        std::string::npos);
  CHECK(said({"db", "check"}).find("is sound") != std::string::npos);
  CHECK(said({"db", "vacuum"}).find("news.db was ") != std::string::npos);
}

TEST_CASE("db upkeep drops nothing by a clock that is far beyond the last fetch, and says so") {
  const TemporaryFolder folder;
  set_up(folder);
  folder.write("stakeout.toml", "database = \"news.db\"\n[retention]\ntexts = \"4w\"\n");
  const Timestamp then = make_timestamp(2024, 10, 7, 6);
  {
    Store store{folder.path() / "news.db"};
    store.sync_feeds({{"http://127.0.0.1:1/feed", "News", {}}}, then);
    FeedUpdate update;
    update.feed_id = store.feeds_due(then, true).at(0).id;
    store.save_feed(update, then);
    ArticleRecord record;
    record.article_id = store.add_page("https://news.example/1", "https://news.example/1", then);
    record.page.text = "It rained all day.";
    store.save_article(record, then);
  }
  for (const bool is_rehearsal : {true, false}) {
    std::vector<std::string> words = {"db", "upkeep", "--config", "stakeout.toml"};
    if (is_rehearsal) words.emplace_back("--dry-run");
    const ProgramRun run = run_program(words, folder.path());
    CHECK(run.exit_code == 0);
    CHECK(run.out.find(is_rehearsal ? "would drop: 1 text" : "dropped: nothing") !=
          std::string::npos);
    CHECK_MESSAGE(run.err.find("nothing was fetched since 2024-10-07T06:00:00Z; if the clock is "
                               "right, run stakeout crawl first") != std::string::npos,
                  run.err);
  }
}

}  // namespace stakeout
