#include "storage/log_reader.h"

#include <fstream>
#include <string>
#include <system_error>

#include <fcntl.h>

namespace stakeout {
namespace {

namespace fs = std::filesystem;

// The read marks of https://www.sqlite.org/walformat.html#wal_locks: locks 3 to 7 of the eight that
// the -shm file has from byte 120 on.
constexpr off_t first_read_mark = 123;
constexpr off_t read_marks = 5;

// A descriptor of this process for the file; -1: it has none.
int open_descriptor(const fs::path& file) {
  std::error_code error;
  const fs::path wanted = fs::canonical(file, error);
  if (error) return -1;
  for (const auto& entry : fs::directory_iterator{"/proc/self/fd", error}) {
    if (fs::read_symlink(entry.path(), error) == wanted)
      return std::stoi(entry.path().filename().string());
  }
  return -1;
}

}  // namespace

std::optional<int> log_reader(const fs::path& database) {
  const int descriptor = open_descriptor(database.string() + "-shm");
  if (descriptor < 0) return std::nullopt;
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = first_read_mark;
  lock.l_len = read_marks;
  if (::fcntl(descriptor, F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK || lock.l_pid <= 0)
    return std::nullopt;
  return lock.l_pid;
}

std::string process_words(int pid) {
  std::ifstream file{"/proc/" + std::to_string(pid) + "/comm"};
  std::string name;
  std::getline(file, name);
  const std::string words = "process " + std::to_string(pid);
  return name.empty() ? words : name + " (" + words + ")";
}

}  // namespace stakeout
