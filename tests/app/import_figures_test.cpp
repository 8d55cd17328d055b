// What `import warc` costs beside the least that any reader of such files pays: unpacking them, and
// building a tree of each page with Gumbo. `./dev import` measures 20,000 pages in a release build
// and prints the figures; STAKEOUT_IMPORT_PAGES sets their number. Without it a small file shows
// that what is measured does what it is measured for.
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <gumbo.h>
#include <zlib.h>

#include "storage/reader.h"
#include "storage/warc/warc_file.h"
#include "tests/support/news_wire.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_page = 8U << 20U;

double cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

struct Named {
  std::size_t pages = 0;
  std::size_t deals = 0;
};

Named write_warc(NewsWire& wire, std::size_t pages, const fs::path& file) {
  std::ofstream out{file, std::ios::binary};
  Named named{.pages = pages};
  for (std::size_t i = 0; i < pages; ++i) {
    const WireArticle article = wire.next();
    named.deals += article.deal.empty() ? 0 : 1;
    out << packed_record(
        {{"WARC-Type", "response"},
         {"WARC-Record-ID", new_record_id()},
         {"WARC-Date", to_rfc3339(article.published)},
         {"WARC-Target-URI", article.url + "/story"},
         {"Content-Type", "application/http; msgtype=response"}},
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + news_page(article));
  }
  return named;
}

void write_watchlist(const std::vector<Entity>& entities, const fs::path& file) {
  std::ofstream out{file};
  out << "kind,name\n";
  for (const Entity& entity : entities)
    out << (entity.kind == EntityKind::vendor ? "vendor," : "agency,") << entity.name << '\n';
}

// CPU seconds of unpacking a file, and of Gumbo's trees of its pages.
struct Floor {
  double unpacking = 0;
  double trees = 0;
};

Floor measure_floor(const fs::path& file) {
  Floor floor;
  double start = cpu_seconds();
  const gzFile packed = gzopen(file.c_str(), "rb");
  std::vector<char> piece(1U << 16U);
  while (gzread(packed, piece.data(), static_cast<unsigned>(piece.size())) > 0) continue;
  gzclose(packed);
  floor.unpacking = cpu_seconds() - start;
  WarcFile records{file, longest_page, [](const std::string&) {}};
  while (const auto record = records.next()) {
    const std::string_view page = payload_of(record->block);
    start = cpu_seconds();
    GumboOutput* tree = gumbo_parse_with_options(&kGumboDefaultOptions, page.data(), page.size());
    gumbo_destroy_output(&kGumboDefaultOptions, tree);
    floor.trees += cpu_seconds() - start;
  }
  return floor;
}

struct Run {
  double cpu = 0;
  double wall = 0;
};

Run measure_import(const fs::path& folder, const std::vector<std::string>& more) {
  std::vector<std::string> words{"import", "warc", "news.warc.gz", "--watchlist", "names.csv"};
  words.insert(words.end(), more.begin(), more.end());
  const double start = cpu_of_programs();
  const auto begin = std::chrono::steady_clock::now();
  const ProgramRun run = run_program(words, folder);
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  return {cpu_of_programs() - start,
          std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count()};
}

void print(const char* what, double cpu, std::size_t pages, const Floor& floor) {
  fmt::print("{:<42} {:8.2f} s CPU {:8.0f} pages per second of CPU {:6.2f} of the floor\n", what,
             cpu, static_cast<double>(pages) / cpu, cpu / (floor.unpacking + floor.trees));
}

}  // namespace

TEST_CASE("an import stores the pages that name somebody, and is measured beside its floor") {
  const char* wanted = std::getenv("STAKEOUT_IMPORT_PAGES");
  const std::size_t pages = wanted == nullptr ? 60 : std::stoul(wanted);
  const TemporaryFolder folder;
  NewsWire wire{"../../extractors/stories/data/word_frequency.tsv", 7};
  const Named named = write_warc(wire, pages, folder.path() / "news.warc.gz");
  write_watchlist(wire.watchlist(), folder.path() / "names.csv");

  const Floor floor = measure_floor(folder.path() / "news.warc.gz");
  const Run glance = measure_import(folder.path(), {"--db", "glance.db"});
  const Run all = measure_import(folder.path(), {"--db", "all.db", "--all"});
  Reader reader{folder.path() / "glance.db"};
  const auto stored = std::get<std::int64_t>(
      reader.rows("select count(*) from v_articles where id in (select article_id from v_mentions)")
          .rows.at(0)
          .at(0));
  CHECK(stored >= static_cast<std::int64_t>(named.deals));
  if (wanted == nullptr) return;
  fmt::print("{} pages of {} KB, {} of them stored\n", pages,
             fs::file_size(folder.path() / "news.warc.gz") / pages / 1'000, stored);
  print("gunzip", floor.unpacking, pages, floor);
  print("gunzip and Gumbo: the floor", floor.unpacking + floor.trees, pages, floor);
  print("import warc", glance.cpu, pages, floor);
  print("import warc --all", all.cpu, pages, floor);
  fmt::print("import warc: {:.2f} s on the clock, {:.0f} pages a second\n", glance.wall,
             static_cast<double>(pages) / glance.wall);
}

}  // namespace stakeout
