#pragma once

#include <filesystem>

namespace stakeout {

// Keeps two processes from crawling into one database, which would fetch everything twice: a lock
// on the file "DATABASE.lock" beside it. The file stays; the lock goes with this object or, however
// it ends, with the process.
class CrawlLock {
 public:
  // Throws CommandError (1) when another has the lock. A lock file that cannot be made is no fault
  // here: the store, which needs the same folder, says what is wrong with it.
  explicit CrawlLock(const std::filesystem::path& database);
  ~CrawlLock();
  CrawlLock(const CrawlLock&) = delete;
  CrawlLock& operator=(const CrawlLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace stakeout
