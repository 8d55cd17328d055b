#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "app/crawl/extraction.h"
#include "app/crawl/page_archive.h"
#include "crawler/fetcher.h"
#include "storage/store.h"

namespace stakeout {

// A page with text, and what is known of it besides.
struct PageToSave {
  std::int64_t article_id = 0;
  ExtractedPage page{};
  bool from_feed = false;  // the text is the feed's
  std::string reason{};    // why it is, or why the page shows less than its article
  bool by_proxy = false;   // the response came through one
  bool quiet = false;      // nobody is told of what is new
  bool had_page = false;   // its text was stored before
  int looks = 0;           // how often it was looked at again without news
  // When it is looked at again that was looked at so often without news; absent: never.
  std::function<std::optional<Timestamp>(bool is_of_note, int looks)> next_look{};
};

// Stores pages: what of their text is their site's comes out, stories and revisions are told, and
// with an archive the page is kept. For the writer's thread.
class PageSaver {
 public:
  // All are borrowed; `archive` may be null.
  PageSaver(Store& store, const MentionFinder& finder, PageArchive* archive)
      : store_{store}, finder_{finder}, archive_{archive} {}

  // `response` is what the page was read out of; an empty one is not kept. Throws StorageError.
  SavedArticle save(PageToSave what, const FetchResponse& response, Timestamp now);

 private:
  [[nodiscard]] ArticleRecord record_of(PageToSave& what, const FetchResponse& response);
  std::string earlier_text(const StoredText& before, const std::string& whole,
                           const ArticleRecord& record, Timestamp now);

  Store& store_;
  const MentionFinder& finder_;
  PageArchive* archive_;
};

}  // namespace stakeout
