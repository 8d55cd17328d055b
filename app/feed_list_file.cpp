#include "app/feed_list_file.h"

#include <spdlog/spdlog.h>

#include "app/file_edit.h"
#include "app/session.h"

namespace stakeout {
namespace {

std::string changed(const std::filesystem::path& file, const std::string& bytes,
                    const std::function<void(FeedListText& text)>& change) {
  if (has_utf16_mark(bytes)) {
    throw CommandError{1, file.string() +
                              " is written in UTF-16 and cannot be changed by a command; save it "
                              "as UTF-8 first"};
  }
  FeedListText text{bytes};
  change(text);
  return text.bytes();
}

}  // namespace

FeedList read_feed_list(const std::filesystem::path& file) {
  FeedList list = parse_feed_list(read_bounded_file(file, "the feed list"), file.string());
  for (const std::string& warning : list.warnings) spdlog::warn("{}", warning);
  return list;
}

void edit_feed_list(const std::filesystem::path& file, bool dry_run,
                    const std::function<void(FeedListText& text)>& change) {
  if (dry_run) {
    const bool exists = std::filesystem::exists(file);
    (void)changed(file, exists ? read_bounded_file(file, "the feed list") : "", change);
    return;
  }
  edit_file(file, [&](const std::string& bytes) { return changed(file, bytes, change); });
}

}  // namespace stakeout
