#include "app/feed_list.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "extractors/values/url.h"

namespace stakeout {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

// The words of one line; nullopt when a quote is left open.
std::optional<std::vector<std::string>> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (true) {
    while (at < line.size() && is_blank(line[at])) ++at;
    if (at == line.size()) return words;
    std::string word;
    if (line[at] != '"') {
      while (at < line.size() && !is_blank(line[at])) word += line[at++];
    } else {
      ++at;
      while (at < line.size() && line[at] != '"') {
        if (line[at] == '\\' && at + 1 < line.size()) ++at;
        word += line[at++];
      }
      if (at == line.size()) return std::nullopt;
      ++at;
    }
    words.push_back(std::move(word));
  }
}

void add_tag(ListedFeed& feed, std::string tag) {
  if (!tag.empty() && std::ranges::find(feed.tags, tag) == feed.tags.end())
    feed.tags.push_back(std::move(tag));
}

// Why a line's first word cannot be polled, or nothing.
std::optional<std::string> fault_of(const std::string& url) {
  for (const std::string_view command : {"query:", "exec:", "filter:"}) {
    if (url.starts_with(command)) {
      return "'" + std::string{command} + "' lines are newsboat's own; they are never run here";
    }
  }
  if (const auto parsed = parse_url(url); !parsed)
    return "'" + url + "': " + parsed.error().message;
  return std::nullopt;
}

}  // namespace

FeedList parse_feed_list(std::string_view text, std::string_view file_name) {
  FeedList list;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const auto warn = [&](const std::string& reason) {
      list.warnings.push_back(std::string{file_name} + ":" + std::to_string(number) + ": " +
                              reason + "; the line is left out");
    };

    const auto words = words_of(line);
    if (words && (words->empty() || words->front().starts_with('#'))) continue;
    if (!words) {
      warn("a quote is left open");
      continue;
    }
    if (const auto fault = fault_of(words->front())) {
      warn(*fault);
      continue;
    }
    auto feed = std::ranges::find(list.feeds, words->front(), &ListedFeed::url);
    if (feed == list.feeds.end())
      feed = list.feeds.insert(feed, ListedFeed{words->front(), {}, {}});
    for (std::size_t i = 1; i < words->size(); ++i) {
      const std::string& word = (*words)[i];
      if (word.starts_with('~')) {
        feed->title = word.substr(1);
      } else if (word != "!") {
        add_tag(*feed, word);
      }
    }
  }
  return list;
}

}  // namespace stakeout
