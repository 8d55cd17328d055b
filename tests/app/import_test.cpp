// Back-fill from archives, by the program itself.
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "app/demo/server.h"
#include "app/demo/site.h"
#include "app/output.h"
#include "extractors/values/url.h"
#include "storage/warc/warc_record.h"
#include "tests/app/site_crawl.h"
#include "tests/support/program.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

std::string response_record(const std::string& url, const std::string& date,
                            const std::string& message) {
  return packed_record({{"WARC-Type", "response"},
                        {"WARC-Record-ID", new_record_id()},
                        {"WARC-Date", date},
                        {"WARC-Target-URI", url},
                        {"Content-Type", "application/http; msgtype=response"}},
                       message);
}

std::string page_record(const std::string& url, const std::string& date, const std::string& page) {
  return response_record(
      url, date, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page);
}

std::string bytes_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

std::string article(const std::string& sentence, const std::string& title) {
  std::string page = "<!DOCTYPE html><html lang=en><head><title>" + title +
                     "</title></head><body><article><h1>" + title + "</h1><p>" + sentence + "</p>";
  for (int i = 0; i < 5; ++i) {
    page += "<p>The committee on " + title + " met on Tuesday and talked for " +
            std::to_string(i + 2) +
            " hours about the harvest and the state of the roads, as it does every week.</p>";
  }
  return page + "</article></body></html>";
}

// What a database says of its articles, whatever it calls them.
std::string facts_in(const fs::path& database) {
  Reader reader{database};
  return words(
             reader,
             "select url, kind, name, text, sentence, reason from v_mentions order by url, start") +
         words(
             reader,
             "select url, vendor, agency, amount, currency, status, signed_on, ends_on, quote from "
             "v_claims order by url, quote, amount") +
         words(reader,
               "select vendor, agency, amount, status, signed_on, claims, stories from v_contracts "
               "order by 1, 2, 3, 4, 5");
}

// A folder with a watchlist of its own, and imports into a database there.
class Imports {
 public:
  Imports() {
    folder_.write("stakeout.toml", "");
    folder_.write("names.csv",
                  "kind,name,category,aliases,country,parent,context,wikidata\n"
                  "vendor,Acme Optics,spyware,,,,,\nagency,Border Guard,border,,,,,\n");
  }
  [[nodiscard]] std::vector<std::string> words(const std::vector<std::string>& what,
                                               const std::string& database = "news.db") const {
    std::vector<std::string> all{"--config", "stakeout.toml", "--db", database, "import"};
    all.insert(all.end(), what.begin(), what.end());
    all.insert(all.end(), {"--watchlist", "names.csv"});
    return all;
  }
  [[nodiscard]] ProgramRun run(const std::vector<std::string>& what,
                               const std::string& database = "news.db") const {
    return run_program(words(what, database), folder_.path());
  }
  [[nodiscard]] fs::path file(const std::string& name) const { return folder_.path() / name; }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }
  [[nodiscard]] std::int64_t count(const std::string& sql) const {
    Reader reader{file("news.db")};
    return number(reader, sql);
  }

 private:
  TemporaryFolder folder_;
};

constexpr const char* day_one = "2024-09-27T12:00:00Z";
constexpr const char* day_two = "2024-09-28T12:00:00.5Z";

}  // namespace

TEST_CASE("pages out of a WARC file give the facts that a crawl of them gives") {
  demo::Server server;
  const SiteCrawl crawl{server};
  std::ofstream{crawl.folder() / "names.csv"} << demo::watchlist();
  std::vector<std::string> command = crawl.command();
  command.insert(command.end(), {"--watchlist", "names.csv"});
  REQUIRE(run_program(command, crawl.folder()).exit_code == 0);

  const demo::Site site{server.port(), 1};
  std::string file;
  Reader reader{crawl.database()};
  for (const auto& row :
       reader.rows("select url, last_fetched_at from v_articles where status = 'ok' order by id")
           .rows) {
    const std::string url = cell_text(row[0]);
    const auto parsed = parse_url(url);
    REQUIRE(parsed.has_value());
    const demo::Page* page = site.find(parsed->host(), parsed->path_and_query());
    REQUIRE(page != nullptr);
    file += page_record(url, cell_text(row[1]), page->body);
  }
  std::ofstream{crawl.folder() / "site.warc.gz", std::ios::binary} << file;
  const auto import = [&](const std::string& database, const std::vector<std::string>& more) {
    std::vector<std::string> import_words{"--db",         database,      "import",   "warc",
                                          "site.warc.gz", "--watchlist", "names.csv"};
    import_words.insert(import_words.end(), more.begin(), more.end());
    const ProgramRun run = run_program(import_words, crawl.folder());
    CAPTURE(run.out);
    CAPTURE(run.err);
    CHECK(run.exit_code == 0);
    return crawl.folder() / database;
  };
  const std::string crawled = facts_in(crawl.database());
  CHECK(crawled.size() > 1'000);
  CHECK(facts_in(import("all.db", {"--all"})) == crawled);

  // Without --all only pages that name somebody are stored, with the same facts.
  const fs::path named = import("named.db", {});
  Reader all{crawl.folder() / "all.db"};
  Reader some{named};
  const std::string listed =
      "select m.url, m.name, m.text, m.start from v_mentions m join v_entities e on e.id = "
      "m.entity_id where e.listed order by 1, 4";
  CHECK(words(some, listed) == words(all, listed));
}

TEST_CASE("records of any crawler's are taken as far as they are pages, and damage is told") {
  const Imports imports;
  const std::string page = article("The Border Guard bought cameras from Acme Optics.", "cameras");
  const std::string other = article("Nobody bought anything from anybody.", "nothing");
  const std::string damaged = page_record("https://a.example/news/lost", day_one, page);
  imports.folder().write(
      "crawl.warc.gz",
      packed_record({{"WARC-Type", "warcinfo"}, {"Content-Type", "application/warc-fields"}}, "x") +
          page_record("https://a.example/news/1", day_one, page) +
          page_record("https://a.example/news/2", day_one, other) + damaged.substr(0, 200) +
          packed_record({{"WARC-Type", "request"},
                         {"WARC-Target-URI", "https://a.example/news/3"},
                         {"Content-Type", "application/http;msgtype=request"}},
                        "GET /3 HTTP/1.1\r\n\r\n") +
          response_record("dns:a.example", day_one, "1.2.3.4") +
          response_record(
              "https://a.example/news/4", day_one,
              "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: "
              "chunked\r\n\r\n" +
                  [&] {
                    std::string chunks;
                    for (const char c : page) chunks += std::string{"1\r\n"} + c + "\r\n";
                    return chunks;
                  }() +
                  "0\r\n\r\n"));
  const ProgramRun run = imports.run({"warc", "crawl.warc.gz"});
  CAPTURE(run.out);
  CHECK(run.exit_code == 3);
  CHECK(run.err.find("crawl.warc.gz: ") != std::string::npos);
  CHECK(run.out.find("1 thing could not be read") != std::string::npos);
  CHECK(imports.count("select count(*) from v_articles") == 2);
  CHECK(imports.count("select count(*) from v_claims") == 2);
  CHECK(imports.count("select count(*) from v_alerts") == 0);
  CHECK(imports.count("select fetched_at = '2024-09-27T12:00:00Z' from v_revisions limit 1") == 1);

  CHECK(imports.run({"warc", "missing.warc.gz"}).exit_code == 2);
  const ProgramRun again = imports.run({"warc", "crawl.warc.gz"});
  CHECK(again.exit_code == 0);
  CHECK(again.out.starts_with("0 pages looked at"));
}

TEST_CASE("later looks at a page become its revisions, earlier ones are known") {
  const Imports imports;
  const std::string before = article("The Border Guard paid Acme Optics $2 million.", "cameras");
  const std::string after = article("The Border Guard paid Acme Optics $3 million.", "cameras");
  imports.folder().write("two.warc.gz", page_record("https://a.example/news/1", day_two, after));
  imports.folder().write("one.warc.gz", page_record("https://a.example/news/1", day_one, before));
  REQUIRE(imports.run({"warc", "one.warc.gz", "two.warc.gz"}).exit_code == 0);
  CHECK(imports.count("select count(*) from v_revisions") == 2);
  const Imports reversed;
  fs::copy_file(imports.file("one.warc.gz"), reversed.file("one.warc.gz"));
  fs::copy_file(imports.file("two.warc.gz"), reversed.file("two.warc.gz"));
  REQUIRE(reversed.run({"warc", "two.warc.gz", "one.warc.gz"}).exit_code == 0);
  CHECK(reversed.count("select count(*) from v_revisions") == 1);
}

TEST_CASE("an import that is killed again and again goes on, and comes to the same") {
  const Imports imports;
  std::string file;
  for (int i = 0; i < 120; ++i) {
    const std::string number = std::to_string(i);
    file += page_record("https://a.example/news/" + number, day_one,
                        i % 3 == 0 ? article("Nobody sold anything.", "matter " + number)
                                   : article("The Border Guard paid Acme Optics $" +
                                                 std::to_string(i + 2) + " million.",
                                             "matter " + number));
  }
  imports.folder().write("crawl.warc.gz", file);
  REQUIRE(imports.run({"warc", "crawl.warc.gz"}, "whole.db").exit_code == 0);
  for (const int time : {150, 250, 350, 450, 550}) {
    Program program{imports.words({"warc", "crawl.warc.gz"}), imports.folder().path()};
    std::this_thread::sleep_for(std::chrono::milliseconds{time});
    program.kill(SIGKILL);
    static_cast<void>(program.wait());
  }
  REQUIRE(imports.run({"warc", "crawl.warc.gz"}).exit_code == 0);
  CHECK(facts_in(imports.file("news.db")) == facts_in(imports.file("whole.db")));
  CHECK(imports.count("select count(*) from v_articles") == 80);
}

TEST_CASE("pages in a folder are imported with the addresses that their names or they tell") {
  const Imports imports;
  const std::string page = article("The Border Guard bought cameras from Acme Optics.", "cameras");
  for (const char* folder : {"mirror/www.example.org/news", "mirror/saved"})
    fs::create_directories(imports.file(folder));
  imports.folder().write("mirror/www.example.org/news/1.html", page);
  imports.folder().write("mirror/www.example.org/news/1.css", page);
  imports.folder().write("mirror/saved/a.htm",
                         "<!-- saved from url=(0033)https://news.example.org/news/b -->\n" + page);
  imports.folder().write("mirror/saved/nowhere.html", page);
  const ProgramRun run = imports.run({"pages", "mirror"});
  CAPTURE(run.out);
  CHECK(run.exit_code == 0);
  Reader reader{imports.file("news.db")};
  CHECK(words(reader, "select url from v_articles order by 1") ==
        "https://news.example.org/news/b|\nhttps://www.example.org/news/1.html|\n");
  CHECK(imports.run({"pages", "mirror"}).out.find("2 known already") != std::string::npos);
}

TEST_CASE("with an archive, imported pages are kept, verified and exported to the byte") {
  const Imports imports;
  imports.folder().write("stakeout.toml", "archive = \"kept\"\ndatabase = \"news.db\"\n");
  const std::string page = article("The Border Guard bought cameras from Acme Optics.", "cameras");
  const std::string other = article("Officials spoke with Acme Optics about lenses.", "growth");
  imports.folder().write("crawl.warc.gz",
                         page_record("https://a.example/news/1", day_one, page) +
                             page_record("https://a.example/news/2", day_one, page) +
                             page_record("https://a.example/news/3", day_one, other));
  fs::create_directories(imports.file("mirror/www.example.org"));
  imports.folder().write("mirror/www.example.org/4.html",
                         article("Officials wrote to Acme Optics about lamps.", "lamps"));
  REQUIRE(imports.run({"warc", "crawl.warc.gz"}).exit_code == 0);
  REQUIRE(imports.run({"pages", "mirror"}).exit_code == 0);
  CHECK(imports.count("select count(*) from v_archive where kind = 'response'") == 2);
  CHECK(imports.count("select count(*) from v_archive where kind = 'revisit'") == 1);
  CHECK(imports.count("select count(*) from v_archive where kind = 'resource'") == 1);
  const ProgramRun verified =
      run_program({"--config", "stakeout.toml", "verify"}, imports.folder().path());
  CAPTURE(verified.out);
  CHECK(verified.exit_code == 0);

  const auto exported = [&](const char* folder, const std::vector<std::string>& more) {
    std::vector<std::string> words{"--config", "stakeout.toml", "export", "warc", folder};
    words.insert(words.end(), more.begin(), more.end());
    REQUIRE(run_program(words, imports.folder().path()).exit_code == 0);
    return bytes_of(imports.file(folder) / "stakeout.warc.gz");
  };
  const std::string all = exported("one", {});
  CHECK(all == exported("two", {}));
  const std::string guard = exported("guard", {"--agency", "Border Guard"});
  CHECK(guard.size() < all.size());
  CHECK(exported("nobody", {"--until", "1990"}).empty());
  // What comes out goes in again.
  REQUIRE(imports.run({"warc", "one/stakeout.warc.gz"}, "again.db").exit_code == 0);
  Reader again{imports.file("again.db")};
  CHECK(number(again, "select count(*) from v_articles") == 3);
}

}  // namespace stakeout
