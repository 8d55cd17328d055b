#include "app/file_edit.h"

#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "app/session.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

// How many files a folder holds: nothing is left behind beside the one that was changed.
std::ptrdiff_t count_in(const fs::path& folder) {
  return std::distance(fs::directory_iterator{folder}, fs::directory_iterator{});
}

std::string with_line(const std::string& bytes) {
  return bytes + "line\n";
}

}  // namespace

TEST_CASE("an edited file keeps its mode, and a link stays a link") {
  const TemporaryFolder folder;
  const fs::path file = folder.write("lists/real.txt", "first\n");
  REQUIRE(::chmod(file.c_str(), 0640) == 0);
  fs::create_symlink("lists/real.txt", folder.path() / "feeds.txt");
  edit_file(folder.path() / "feeds.txt", with_line);
  CHECK(fs::is_symlink(folder.path() / "feeds.txt"));
  CHECK(content(file) == "first\nline\n");
  CHECK(fs::status(file).permissions() == fs::perms{0640});
  CHECK(count_in(folder.path() / "lists") == 1);
}

TEST_CASE("a missing file is made, also where a link leads to it") {
  const TemporaryFolder folder;
  edit_file(folder.path() / "new.txt", with_line);
  CHECK(content(folder.path() / "new.txt") == "line\n");
  fs::create_symlink("elsewhere.txt", folder.path() / "link.txt");
  edit_file(folder.path() / "link.txt", with_line);
  CHECK(content(folder.path() / "elsewhere.txt") == "line\n");
  CHECK(count_in(folder.path()) == 3);
}

TEST_CASE("an edit that changes nothing leaves the file alone") {
  const TemporaryFolder folder;
  const fs::path file = folder.write("feeds.txt", "first\n");
  struct stat before {};
  struct stat after {};
  REQUIRE(::stat(file.c_str(), &before) == 0);
  edit_file(file, [](const std::string& bytes) { return bytes; });
  edit_file(folder.path() / "none.txt", [](const std::string& bytes) { return bytes; });
  REQUIRE(::stat(file.c_str(), &after) == 0);
  CHECK(before.st_ino == after.st_ino);
  CHECK_FALSE(fs::exists(folder.path() / "none.txt"));
}

TEST_CASE("what another program writes meanwhile is kept") {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "feeds.txt";
  for (const bool exists : {false, true}) {
    CAPTURE(exists);
    fs::remove(file);
    if (exists) folder.write("feeds.txt", "first\n");
    int calls = 0;
    edit_file(file, [&](const std::string& bytes) {
      if (++calls == 1) folder.write("feeds.txt", "another's\n");
      return with_line(bytes);
    });
    CHECK(calls == 2);
    CHECK(content(file) == "another's\nline\n");
  }
  CHECK_THROWS_WITH_AS(edit_file(file,
                                 [&](const std::string& bytes) {
                                   folder.write("feeds.txt", bytes + "again\n");
                                   return with_line(bytes);
                                 }),
                       doctest::Contains("is being changed by another program"), CommandError);
}

TEST_CASE("edits at the same time take turns") {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "feeds.txt";
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int turn = 0; turn < 5; ++turn) edit_file(file, with_line);
      });
    }
  }
  CHECK(content(file).size() == 4 * 5 * std::string_view{"line\n"}.size());
}

TEST_CASE("what cannot be edited is named") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH_AS(edit_file(folder.path(), with_line), doctest::Contains("regular file"),
                       CommandError);
  CHECK_THROWS_WITH_AS(edit_file(folder.path() / "none/feeds.txt", with_line),
                       doctest::Contains("No such file"), CommandError);
  fs::create_symlink("circle", folder.path() / "circle");
  CHECK_THROWS_WITH_AS(edit_file(folder.path() / "circle", with_line), doctest::Contains("circle"),
                       CommandError);
}

}  // namespace stakeout
