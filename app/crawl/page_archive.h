#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "app/settings.h"
#include "crawler/fetcher.h"
#include "extractors/values/article.h"
#include "extractors/values/facts.h"
#include "storage/store.h"
#include "storage/warc/archive.h"

namespace stakeout {

// Whether a page is one that the archive keeps: it tells of somebody, and its publisher does not
// ask that no copies be kept.
[[nodiscard]] bool is_for_archive(const Article& page, const Facts& facts);

// A response as the archive keeps it: its head byte for byte as received and its decoded body. What
// the head says of the bytes on their way is kept under X-Archive-Orig-* names, since it does not
// hold for the body.
[[nodiscard]] std::string archived_message(const FetchResponse& response);

// Keeps the pages that led to a mention: a response and its request, or a resource where there is
// only the page; a revisit record where the archive has the same page already. The rows about them
// are written with it, so that all of this belongs into together(). For the writer's thread.
class PageArchive {
 public:
  // `store` is borrowed. Throws StorageError.
  PageArchive(const std::filesystem::path& folder, const FetchSettings& settings, Store& store);

  // Makes what `work` saves and keeps one transaction of the store and of the archive, as
  // Store::together() does.
  void together(Timestamp now, const std::function<void()>& work);

  struct Page {
    std::int64_t article_id = 0;
    std::optional<std::int64_t> revision_id;  // whose text was read out of the response
    std::string url;                          // that was asked in the end
    bool by_proxy = false;                    // the address is not the server's
  };
  void keep(const Page& page, const FetchResponse& response);
  // "Not modified" (304) of a page; nothing where the archive does not have it.
  void keep_not_modified(const Page& page, const FetchResponse& response);

 private:
  void append(const Page& page, const FetchResponse& response, ArchiveRow row, WarcFields fields,
              const std::string& block);
  void append_revisit(const Page& page, const FetchResponse& response,
                      const ArchivedResponse& known, const char* profile);

  Store& store_;
  Archive archive_;
};

}  // namespace stakeout
