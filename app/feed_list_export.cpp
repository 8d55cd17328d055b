#include "app/feed_list_export.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>
#include <vector>

#include "extractors/feeds/markup.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// ` name="text"`, escaped; control characters are none of XML's.
std::string attribute(std::string_view name, std::string_view text) {
  const std::string plain = without_control_characters(to_valid_utf8(text));
  return ' ' + std::string{name} + "=\"" + escaped_for_html(plain) + '"';
}

// Whether a tag reads back from a list that is parted by commas.
bool fits_category(const std::string& tag) {
  return tag.find(',') == std::string::npos && !tag.starts_with('/') && !tag.ends_with('/');
}

std::string category_of(const ListedFeed& feed) {
  std::string category;
  for (const std::string& tag : feed.tags) {
    if (fits_category(tag)) category += (category.empty() ? "" : ",") + tag;
  }
  return category;
}

std::string outline(const ListedFeed& feed, const std::string& text) {
  const std::string category = category_of(feed);
  return "<outline type=\"rss\"" + attribute("text", text) +
         attribute("title", feed.title.empty() ? feed.url : feed.title) +
         attribute("xmlUrl", feed.url) + (category.empty() ? "" : attribute("category", category)) +
         "/>\n";
}

// What other programs are to call a feed.
std::string shown_title(const ListedFeed& feed, const FeedTitles& titles) {
  if (!feed.title.empty()) return feed.title;
  const auto known = titles.find(feed.url);
  return known == titles.end() || known->second.empty() ? feed.url : known->second;
}

}  // namespace

std::string to_rfc822(Timestamp time) {
  constexpr auto days =
      std::to_array<const char*>({"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"});
  constexpr auto months = std::to_array<const char*>(
      {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
  using namespace std::chrono;
  const sys_seconds instant{seconds{time.seconds}};
  const sys_days day = floor<std::chrono::days>(instant);
  const year_month_day date{day};
  const hh_mm_ss clock{instant - day};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                days.at(weekday{day}.c_encoding()), unsigned{date.day()},
                months.at(unsigned{date.month()} - 1), int{date.year()},
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

std::string as_opml(const FeedList& list, const FeedTitles& titles, Timestamp created) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n"
      "    <title>Feeds of stakeout</title>\n    <dateCreated>" +
      to_rfc822(created) + "</dateCreated>\n  </head>\n  <body>\n";
  for (const ListedFeed& feed : list.feeds) {
    out += "    " + outline(feed, shown_title(feed, titles));
  }
  for (const ListedFeed& feed : list.feeds) {
    for (const std::string& tag : feed.tags) {
      if (fits_category(tag)) continue;
      out += "    <outline" + attribute("text", tag) + ">\n      " +
             outline({feed.url, feed.title, {}}, shown_title(feed, titles)) + "    </outline>\n";
    }
  }
  return out + "  </body>\n</opml>\n";
}

std::string as_urls(const FeedList& list) {
  std::string out;
  for (const ListedFeed& feed : list.feeds) out += written_feed_line(feed) + '\n';
  return out;
}

}  // namespace stakeout
