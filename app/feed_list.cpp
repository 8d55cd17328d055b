#include "app/feed_list.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "extractors/text/charset.h"

namespace stakeout {
namespace {

// A file that is no feed list at all does not fill the log with its lines.
constexpr std::size_t most_warnings = 1'000;

// More than anybody lists; a file of another kind cannot take all the memory.
constexpr std::size_t most_feeds = 100'000;

class Reading {
 public:
  explicit Reading(std::string_view file_name) : file_name_{file_name} {}

  void add(std::string_view text, std::size_t number) {
    FeedLine line = parse_feed_line(text);
    if (line.kind == FeedLine::Kind::feed && list_.feeds.size() == most_feeds &&
        !places_.contains(line.address)) {
      line.kind = FeedLine::Kind::unusable;
      line.remark = "a list has 100,000 feeds at most";
    }
    if (line.kind == FeedLine::Kind::unusable) {
      line.remark += "; the line is left out";
      ++list_.left_out;
    }
    if (!line.remark.empty()) warn(number, line.remark);
    if (line.kind != FeedLine::Kind::feed) return;
    const auto [place, is_new] = places_.try_emplace(line.address, list_.feeds.size());
    if (is_new) {
      list_.feeds.push_back(std::move(line.feed));
      lines_.push_back(number);
    } else {
      warn(number, "this feed is on line " + std::to_string(lines_[place->second]) +
                       " already; the tags of both lines count, and one line is enough");
      merge(list_.feeds[place->second], std::move(line.feed));
    }
  }

  FeedList take() {
    if (unsaid_ > 0) {
      list_.warnings.push_back(std::string{file_name_} + ": and " + std::to_string(unsaid_) +
                               " more lines like these");
    }
    return std::move(list_);
  }

 private:
  void warn(std::size_t number, const std::string& remark) {
    if (list_.warnings.size() == most_warnings) {
      ++unsaid_;
      return;
    }
    list_.warnings.push_back(std::string{file_name_} + ":" + std::to_string(number) + ": " +
                             remark);
  }

  static void merge(ListedFeed& feed, ListedFeed more) {
    if (feed.title.empty()) feed.title = std::move(more.title);
    for (std::string& tag : more.tags) add_feed_tag(feed, std::move(tag));
  }

  std::string_view file_name_;
  FeedList list_;
  std::unordered_map<std::string, std::size_t> places_;  // in list_.feeds, by normal form
  std::vector<std::size_t> lines_;                       // of list_.feeds
  std::size_t unsaid_ = 0;                               // warnings
};

}  // namespace

bool has_utf16_mark(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

FeedList parse_feed_list(std::string_view text, std::string_view file_name) {
  Reading reading{file_name};
  std::string decoded;
  if (has_utf16_mark(text)) {
    decoded = decode_text(text, {}, Markup::text).utf8;
    text = decoded;
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    reading.add(text.substr(0, end), number);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return reading.take();
}

}  // namespace stakeout
