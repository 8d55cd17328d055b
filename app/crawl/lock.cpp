#include "app/crawl/lock.h"

#include "app/session.h"

namespace stakeout {

CrawlLock::CrawlLock(const std::filesystem::path& database) : lock_{database, ".lock"} {
  if (!lock_.is_taken()) return;
  throw CommandError{
      1, "another stakeout is crawling into " + database.string() + "; wait for it or stop it"};
}

}  // namespace stakeout
