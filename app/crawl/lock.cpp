#include "app/crawl/lock.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "app/session.h"

namespace stakeout {
namespace {

constexpr mode_t rights = 0644;

// One file has one lock, whatever links lead to it.
std::filesystem::path lock_file(const std::filesystem::path& database) {
  std::error_code error;
  std::filesystem::path file = std::filesystem::weakly_canonical(database, error);
  if (error) file = database;
  file += ".lock";
  return file;
}

}  // namespace

CrawlLock::CrawlLock(const std::filesystem::path& database)
    : file_{::open(lock_file(database).c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, rights)} {
  if (file_ == -1 || ::flock(file_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
  ::close(file_);
  throw CommandError{
      1, "another stakeout is crawling into " + database.string() + "; wait for it or stop it"};
}

CrawlLock::~CrawlLock() {
  if (file_ != -1) ::close(file_);
}

}  // namespace stakeout
