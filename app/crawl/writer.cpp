#include "app/crawl/writer.h"

namespace stakeout {

void CrawlWriter::start(bool force) {
  feeds_.submit_due(force);
  pages_.submit_due();
}

// Pages of new entries are submitted as their feeds come in; once all feeds have come, the pages
// that were known before and whose entries changed are, too.
void CrawlWriter::write(Finished& finished) {
  if (finished.result.job.kind == JobKind::page) {
    pages_.write(finished);
    return;
  }
  feeds_.write(finished);
  if (report_.feeds_done == report_.feeds_due) {
    pages_.submit_due();
  } else {
    pages_.submit_new();
  }
}

}  // namespace stakeout
