// What `inspect` prints for the files under golden/, held against the .json beside each. After a
// change that is meant, `./dev golden` rewrites them, and the difference is part of the change to
// be read.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> words_for(const std::string& kind, const std::string& file) {
  if (kind == "article")
    return {"inspect", kind, "--url", "https://ledger.example/2025/plate-readers?utm_source=x",
            file};
  if (kind == "text") return {"inspect", kind, "--date", "2025-03-04", file};
  return {"inspect", kind, file};
}

std::string content_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

}  // namespace

TEST_CASE("inspect prints what the golden files say") {
  const bool rewrite = std::getenv("STAKEOUT_REWRITE_GOLDEN") != nullptr;
  const fs::path golden = fs::current_path() / "golden";
  const TemporaryFolder folder;
  std::size_t compared = 0;
  for (const auto& entry : fs::recursive_directory_iterator{golden}) {
    if (!entry.is_regular_file() || entry.path().extension() == ".json") continue;
    CAPTURE(entry.path());
    const std::string kind = entry.path().parent_path().filename();
    // The program is shown the file by its bare name, so that the answer holds no path.
    fs::copy_file(entry.path(), folder.path() / entry.path().filename());
    const ProgramRun run = run_program(words_for(kind, entry.path().filename()), folder.path());
    CHECK(run.exit_code == 0);
    const fs::path expected = fs::path{entry.path()}.concat(".json");
    if (rewrite) {
      std::ofstream{expected, std::ios::binary} << run.out;
    } else {
      CHECK(run.out == content_of(expected));
    }
    ++compared;
  }
  CHECK(compared >= 5);
}

}  // namespace stakeout
