#include <charconv>
#include <string_view>
#include <system_error>
#include <utility>

#include "app/import/page_source.h"
#include "extractors/text/ascii.h"
#include "storage/database.h"
#include "storage/sha_digests.h"
#include "storage/warc/warc_file.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_head = 256U << 10U;  // of an HTTP response

// The warcinfo record, with the file's own id, or a first response with its time.
std::string source_of(const fs::path& file) {
  constexpr std::size_t beginning = 1'024;
  std::string bytes(beginning, '\0');
  bytes.resize(read_from(file.string())(bytes.data(), bytes.size()));
  return "warc:" + sha256_hex(bytes);
}

std::string position_of(const WarcMark& mark) {
  return std::to_string(mark.offset) + ":" + std::to_string(mark.taken);
}

WarcMark mark_of(std::string_view position) {
  WarcMark mark;
  const char* const end = position.data() + position.size();
  const auto offset = std::from_chars(position.data(), end, mark.offset);
  if (offset.ptr != end) std::from_chars(offset.ptr + 1, end, mark.taken);
  return mark;
}

bool is_web_address(std::string_view url) {
  const std::string scheme = ascii_lower(url.substr(0, url.find(':')));
  return scheme == "http" || scheme == "https";
}

class WarcPages : public PageSource {
 public:
  WarcPages(std::vector<fs::path> files, std::size_t longest, Positions left_at, TellUnread tell)
      : files_{std::move(files)},
        longest_{longest},
        left_at_{std::move(left_at)},
        tell_{std::move(tell)} {}

  std::optional<RawPage> next() override {
    while (file_ || open_next()) {
      while (auto record = file_->next()) {
        if (auto page = page_of(std::move(*record))) return page;
      }
      file_.reset();
    }
    return std::nullopt;
  }

 private:
  // False when there are no more files.
  bool open_next() {
    while (next_file_ < files_.size()) {
      const fs::path& file = files_[next_file_++];
      name_ = file.string();
      try {
        source_ = source_of(file);
        file_ = std::make_unique<WarcFile>(
            file, longest_ + longest_head,
            [this](const std::string& sentence) { tell_(name_ + ": " + sentence); },
            mark_of(position_in(left_at_, source_)));
        return true;
      } catch (const StorageError& error) {
        tell_(error.what());
      }
    }
    return false;
  }

  std::optional<RawPage> page_of(WarcRecord record) {
    const std::string_view type = record.field("WARC-Type");
    const std::string_view content = record.field("Content-Type");
    const bool is_message = type == "response" && content.starts_with("application/http");
    const bool is_page = type == "resource" && content.find("html") != std::string_view::npos;
    if ((!is_message && !is_page) || !is_web_address(record.field("WARC-Target-URI"))) return {};
    std::string place = name_ + ", byte " + std::to_string(record.offset);
    const auto date = parse_rfc3339(record.field("WARC-Date"));
    if (record.is_cut || !date) {
      tell_(place + (date ? ": the page is too long; see fetch.max_body in the settings"
                          : ": the record has no date"));
      return std::nullopt;
    }
    return RawPage{.place = std::move(place),
                   .url = std::string{record.field("WARC-Target-URI")},
                   .fetched_at = *date,
                   .bytes = std::move(record.block),
                   .is_message = is_message,
                   .done = {source_, name_, position_of(file_->mark())}};
  }

  const std::vector<fs::path> files_;
  const std::size_t longest_;
  const Positions left_at_;
  const TellUnread tell_;
  std::size_t next_file_ = 0;
  std::string name_;  // of the open file
  std::string source_;
  std::unique_ptr<WarcFile> file_;
};

}  // namespace

std::unique_ptr<PageSource> warc_pages(std::vector<fs::path> files, std::size_t longest,
                                       Positions left_at, TellUnread tell) {
  return std::make_unique<WarcPages>(std::move(files), longest, std::move(left_at),
                                     std::move(tell));
}

}  // namespace stakeout
