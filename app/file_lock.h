#pragma once

#include <filesystem>

namespace stakeout {

// A lock between processes on a file beside a database: "DATABASE.lock" for ".lock". The file
// stays; the lock goes with this object or, however it ends, with the process. One database has one
// lock of a name, whatever links lead to it.
class FileLock {
 public:
  FileLock(const std::filesystem::path& database, const char* suffix);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

  // Another process has it. A lock file that cannot be made is no fault here: who opens the
  // database, which needs the same folder, says what is wrong with it.
  [[nodiscard]] bool is_taken() const { return is_taken_; }

 private:
  int file_ = -1;
  bool is_taken_ = false;
};

}  // namespace stakeout
