// What the database says of its own columns (v_columns), held against the views themselves and
// against the last section of docs/schema.md, which `./dev golden` writes.
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "tests/storage/sample.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;
using sample::rows;

constexpr const char* heading = "## Every column\n";

fs::path new_database(const TemporaryFolder& folder) {
  const Store store{folder.file()};
  return folder.file();
}

// A table for each view.
std::string section_of(const fs::path& database) {
  std::string text =
      std::string{heading} + "\nThe database has this table itself: `select * from v_columns`.\n";
  std::string last;
  Reader reader{database};
  const Table table = reader.rows(
      "SELECT c.view, c.\"column\", c.meaning FROM v_columns c JOIN sqlite_schema s ON s.name = "
      "c.view ORDER BY s.rowid, c.position");
  for (const auto& row : table.rows) {
    const std::string view = sample::as_text(row.at(0));
    if (view != last) text += "\n### " + view + "\n\n| column | meaning |\n| --- | --- |\n";
    last = view;
    text += "| `" + sample::as_text(row.at(1)) + "` | " + sample::as_text(row.at(2)) + " |\n";
  }
  return text;
}

std::string content_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  REQUIRE(stream.is_open());
  return {std::istreambuf_iterator<char>{stream}, {}};
}

}  // namespace

TEST_CASE("every column of every view is described in its place, and no other") {
  const TemporaryFolder folder;
  const fs::path database = new_database(folder);
  const auto described =
      rows(database, "SELECT view, position, \"column\" FROM v_columns ORDER BY view, position");
  const auto present = rows(database,
                            "SELECT s.name, c.cid + 1, c.name FROM sqlite_schema s, "
                            "pragma_table_info(s.name) c WHERE s.type = 'view' AND s.name GLOB "
                            "'v_*' ORDER BY s.name, c.cid");
  CHECK(described == present);
  CHECK(rows(database, "SELECT * FROM v_columns WHERE length(meaning) < 4").empty());
}

TEST_CASE("docs/schema.md ends with the golden text of v_columns") {
  const TemporaryFolder folder;
  const std::string expected = section_of(new_database(folder));
  const fs::path file = fs::current_path() / "../../docs/schema.md";
  const std::string page = content_of(file);
  const std::size_t at = std::min(page.find(heading), page.size());
  if (std::getenv("STAKEOUT_REWRITE_GOLDEN") != nullptr) {
    std::ofstream{file, std::ios::binary} << page.substr(0, at) << expected;
  } else {
    CHECK(page.substr(at) == expected);
  }
}

}  // namespace stakeout
