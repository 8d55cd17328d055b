#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <variant>

#include "app/crawl/extraction.h"
#include "app/crawl/work_room.h"
#include "crawler/crawler.h"
#include "extractors/values/feed.h"

namespace stakeout {

// What the entries say about the pages that are being fetched; without their content, which may be
// long and is hardly ever wanted. Filled by the writer when it submits
// a page, emptied by the worker that reads it. Any thread.
class EntryHints {
 public:
  void put(std::int64_t article_id, EntryHint hint);
  [[nodiscard]] EntryHint take(std::int64_t article_id);

 private:
  std::mutex mutex_;  // guards hints_
  std::unordered_map<std::int64_t, EntryHint> hints_;
};

// A feed document that was fetched: the feed, or why it is none.
struct ParsedFeed {
  Result<Feed> feed;
  std::string offered{};  // the feed that a page which is none points to, if any
};

// A page that gives no article: why, and what is to be done.
struct NoArticle {
  enum class Next {
    retry,       // the fault may pass
    stand_in,    // the server keeps the page to itself: the feed's own words stand in
    gone,        // 404, 410
    leads_home,  // to its site's home page: gone where it was read before, else as stand_in
  };
  std::string reason;
  Next next = Next::retry;
};

// "/", "/en/", "/index.html".
[[nodiscard]] bool is_home_page(const Url& url);

// Why an answer gives no article, by its status and by its type; nullopt: it may give one.
[[nodiscard]] std::optional<NoArticle> refusal_of(const FetchResponse& response);
[[nodiscard]] std::optional<NoArticle> other_type_of(const FetchResponse& response);

// What an answer from this address says of its page.
[[nodiscard]] PageContext context_of(const FetchResponse& response, const Url& url);

// A result of the crawler after a worker had it. monostate: the writer goes by the result alone.
struct Finished {
  CrawlResult result;  // without its body, as a rule
  std::variant<std::monostate, ParsedFeed, ExtractedPage, NoArticle> parsed;
  WorkRoom::Part room;  // what it takes of the memory for work
};

// The worker's part: parses feeds and pages, extracts the facts. Pure but for `hints`. An exception
// on the way makes the job a failed one, with the exception's words.
// The body is taken out, but with `keep_bodies` that of a page for the archive (page_archive.h).
[[nodiscard]] Finished parse_result(CrawlResult result, EntryHints& hints,
                                    const MentionFinder& finder, bool keep_bodies = false);

}  // namespace stakeout
