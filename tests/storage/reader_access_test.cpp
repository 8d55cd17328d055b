// Whoever may read the database but not write its folder, such as a member of the service's group:
// in each state that the file can be in, for our own commands and for plain SQLite.
#include <functional>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include "sample.h"
#include "tests/support/child_process.h"

using namespace stakeout;
using namespace stakeout::sample;

namespace {

constexpr const char* count_articles = "SELECT count(*) FROM v_articles";

// While it lives, this process has the rights of somebody who owns nothing.
class Stranger {
 public:
  Stranger() { REQUIRE((::setegid(nobody) == 0 && ::seteuid(nobody) == 0)); }
  ~Stranger() {
    static_cast<void>(::seteuid(0));
    static_cast<void>(::setegid(0));
  }
  Stranger(const Stranger&) = delete;
  Stranger& operator=(const Stranger&) = delete;

 private:
  static constexpr unsigned nobody = 65'534;
};

// As `sqlite3 'file:...?mode=ro'` and most libraries open it. What it counts, or what is wrong.
std::string by_plain_sqlite(const std::filesystem::path& file) {
  sqlite3* database = nullptr;
  sqlite3_stmt* statement = nullptr;
  std::string answer;
  const std::string uri = "file:" + file.string() + "?mode=ro";
  if (sqlite3_open_v2(uri.c_str(), &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr) ==
          SQLITE_OK &&
      sqlite3_prepare_v2(database, count_articles, -1, &statement, nullptr) == SQLITE_OK &&
      sqlite3_step(statement) == SQLITE_ROW) {
    answer = std::to_string(sqlite3_column_int(statement, 0));
  } else {
    answer = sqlite3_errmsg(database);
  }
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return answer;
}

std::string by_reader(const std::filesystem::path& file) {
  try {
    return rows(file, count_articles).at(0);
  } catch (const StorageError& error) {
    return error.what();
  }
}

// A folder that others may read and enter, with a database of two articles.
struct OpenFolder {
  TemporaryFolder directory;
  std::filesystem::path file = directory.file();

  OpenFolder() {
    std::filesystem::permissions(directory.path(), std::filesystem::perms{0755});
    Store store{file};
    add_page(store, "one");
    add_page(store, "two");
  }

  void check(const std::string& ours, const std::string& plain) const {
    const Stranger stranger;
    CHECK(by_reader(file) == ours);
    CHECK(by_plain_sqlite(file) == plain);
    CHECK(::faccessat(AT_FDCWD, directory.path().c_str(), W_OK, AT_EACCESS) != 0);
  }
};

// As the service has it: what it stored last stands in the log only.
void store_and_stay(const std::filesystem::path& file) {
  static Store store{file};
  add_page(store, "three");
}

bool may_be_somebody_else() {
  if (::geteuid() == 0) return true;
  MESSAGE("only root can try what another user may do");
  return false;
}

}  // namespace

TEST_CASE("a stranger reads all that is stored while the service runs") {
  if (!may_be_somebody_else()) return;
  const OpenFolder folder;
  const ChildProcess service{[&] { store_and_stay(folder.file); }};
  REQUIRE(std::filesystem::file_size(folder.file.string() + "-wal") > 0);
  folder.check("3", "3");
}

TEST_CASE("a stranger reads what a service that was stopped has left") {
  if (!may_be_somebody_else()) return;
  const OpenFolder folder;
  REQUIRE(std::filesystem::exists(folder.file.string() + "-wal"));
  folder.check("2", "2");
}

TEST_CASE("a stranger reads what a service that was killed has left in its log") {
  if (!may_be_somebody_else()) return;
  const OpenFolder folder;
  {
    const ChildProcess service{[&] { store_and_stay(folder.file); }};
  }
  folder.check("3", "3");
}

TEST_CASE(
    "where the log was taken away, a stranger's commands still read, and plain SQLite does not") {
  if (!may_be_somebody_else()) return;
  const OpenFolder folder;
  std::filesystem::remove(folder.file.string() + "-wal");
  std::filesystem::remove(folder.file.string() + "-shm");
  folder.check("2", "attempt to write a readonly database");
}

TEST_CASE("a stranger reads a snapshot with anything") {
  if (!may_be_somebody_else()) return;
  OpenFolder folder;
  const auto copy = folder.directory.file("copy.db");
  snapshot_database(folder.file, copy);
  folder.file = copy;
  folder.check("2", "2");
}
