#pragma once

#include <filesystem>

#include "app/file_lock.h"

namespace stakeout {

// Keeps two processes from crawling into one database, which would fetch everything twice: a lock
// on the file "DATABASE.lock" beside it.
class CrawlLock {
 public:
  // Throws CommandError (1) when another has the lock.
  explicit CrawlLock(const std::filesystem::path& database);

 private:
  FileLock lock_;
};

}  // namespace stakeout
