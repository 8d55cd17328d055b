#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>

#include "app/crawl/page_archive.h"
#include "app/crawl/report.h"
#include "app/import/page_source.h"
#include "app/import/read_page.h"
#include "crawler/clock.h"
#include "storage/store.h"

namespace stakeout {

// What an import did.
struct ImportReport {
  std::size_t pages = 0;
  std::size_t unnamed = 0;      // name nobody on the watchlist
  std::size_t no_articles = 0;  // other types, errors, home pages, pages without text
  std::size_t unread = 0;       // damaged, too long, or not to be stored
  std::size_t known = 0;        // the store has the page as it stood then, or later
  CrawlReport stored;           // its counts of articles and facts
  std::size_t alerts = 0;       // that somebody is told of
  std::string last_place;       // where the last page lay
};

// All are borrowed.
struct ImportParts {
  Store& store;
  ReadingRules rules;
  const Clock& clock;
  PageArchive* archive = nullptr;  // absent: no archive is kept
  bool raises_alerts = false;      // as a crawl does; else nobody is told of what is new
  // Called on the calling thread after each transaction.
  std::function<void(const ImportReport&)> progress{};
};

// Reads the pages of a source as a crawl would have read them when they were fetched, on all
// cores, and stores those that name somebody on the watchlist, in the order of the source. A page
// of which the store has a later look is left as it is.
//
// How far it came is stored in the transaction that stores the pages: whatever ends an import,
// the next one goes on behind the last page that was stored, and nothing comes twice. Ends early
// when `stop` is requested. `pages` is read on a thread of its own. Throws StorageError when the
// database or a file cannot be used; a page that cannot be stored is logged and counted.
[[nodiscard]] ImportReport import_pages(PageSource& pages, const ImportParts& parts,
                                        const std::stop_token& stop);

}  // namespace stakeout
