#include "app/file_lock.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace stakeout {
namespace {

constexpr mode_t rights = 0644;

std::filesystem::path lock_file(const std::filesystem::path& database, const char* suffix) {
  std::error_code error;
  std::filesystem::path file = std::filesystem::weakly_canonical(database, error);
  if (error) file = database;
  file += suffix;
  return file;
}

}  // namespace

FileLock::FileLock(const std::filesystem::path& database, const char* suffix)
    : file_{::open(lock_file(database, suffix).c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, rights)} {
  is_taken_ = file_ != -1 && ::flock(file_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

FileLock::~FileLock() {
  if (file_ != -1) ::close(file_);
}

}  // namespace stakeout
