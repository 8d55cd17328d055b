#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "app/crawl/extraction.h"
#include "app/import/page_source.h"
#include "crawler/fetcher.h"
#include "extractors/facts/alias_scan.h"

namespace stakeout {

// What became of a page, as far as that can be told without the store.
enum class PageVerdict : std::uint8_t {
  unnamed,     // names nobody on the watchlist
  no_article,  // another type, an error, a home page, a page without text or address
  unread,      // damaged, or too long
  article,     // to be stored
};

struct ReadPage {
  PageVerdict verdict = PageVerdict::no_article;
  std::string reason{};      // of `unread`
  ExtractedPage page{};      // of an article; its url is where it came from
  FetchResponse response{};  // of an article
};

// How pages are read. All are borrowed and shared by the threads that read.
struct ReadingRules {
  const MentionFinder& finder;
  const AliasScan* scan = nullptr;  // absent: pages that name nobody on the watchlist count, too
  std::size_t longest = 0;          // bytes of a body
};

// Made for pages by the million: one that names nobody on the watchlist is passed over before its
// tree is built, by AliasScan, and for the rest as a crawl reads it. Pure; any thread.
[[nodiscard]] ReadPage read_page(RawPage raw, const ReadingRules& rules);

}  // namespace stakeout
