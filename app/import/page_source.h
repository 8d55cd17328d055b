#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "extractors/values/timestamp.h"
#include "storage/records.h"

namespace stakeout {

// A page as it lies in a source, not looked at yet.
struct RawPage {
  std::string place;  // where it lies, for a person: "news.warc.gz, byte 1234"
  std::string url;    // where it came from; empty: not known
  Timestamp fetched_at;
  std::string bytes;
  bool is_message = false;  // an HTTP response; else the body of one
  ImportPosition done;      // how far its source is imported once this page is
};

// What pages are imported from. For one thread at a time.
class PageSource {
 public:
  virtual ~PageSource() = default;
  // In an order that stays, beginning behind the positions that were stored; nullopt at the end.
  // Throws StorageError.
  virtual std::optional<RawPage> next() = 0;
};

// Where sources were left: ImportPosition::position, by ImportPosition::source.
using Positions = std::map<std::string, std::string>;

// Empty: the source is new.
[[nodiscard]] inline std::string position_in(const Positions& left_at, const std::string& source) {
  const auto known = left_at.find(source);
  return known == left_at.end() ? std::string{} : known->second;
}

// What of a source could not be read: where and why.
using TellUnread = std::function<void(const std::string& sentence)>;

// The pages that WARC files of any crawler's hold: responses over HTTP(S), and resources in HTML.
// A file is known again by its beginning, wherever it lies; one that has grown gives what is new.
// A response of more than `longest` bytes is told as unread, and so is what is damaged.
[[nodiscard]] std::unique_ptr<PageSource> warc_pages(std::vector<std::filesystem::path> files,
                                                     std::size_t longest, Positions left_at,
                                                     TellUnread tell);

// The pages of a folder and those below it: files called *.html, *.htm, *.xhtml, *.shtml, *.php,
// *.asp, *.aspx and *.jsp, and those packed with gzip (*.html.gz), in the order of their names;
// hidden ones and links aside. A page counts as fetched when its file was changed last. Below a
// folder that is called like a host, as wget and HTTrack lay them out, names are addresses:
// DIR/www.example.org/news/1.html.
[[nodiscard]] std::unique_ptr<PageSource> folder_pages(const std::filesystem::path& folder,
                                                       std::size_t longest,
                                                       const Positions& left_at, TellUnread tell);

}  // namespace stakeout
