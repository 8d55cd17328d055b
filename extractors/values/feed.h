#pragma once

#include <optional>
#include <string>
#include <vector>

#include "extractors/values/timestamp.h"

namespace stakeout {

// A file that an entry offers. The URL is absolute where a base was known.
struct Enclosure {
  std::string url;
  std::string type;
  std::optional<std::int64_t> length;
};

// One item of a feed. Text is UTF-8 without control characters; an empty string means "not given".
// Titles, authors and categories are plain text; summary and content are HTML as the feed gave it,
// addresses inside made absolute where a base was known.
struct Entry {
  std::string id;
  std::string title;
  std::string link;
  std::optional<Timestamp> published;
  std::optional<Timestamp> updated;
  std::string author;
  std::string summary;
  std::string content;
  std::vector<std::string> categories;
  std::vector<Enclosure> enclosures;
};

// A feed as parsed. Entries in the order of the document.
struct Feed {
  std::string
      format;  // "rss0.90" ... "rss2.0", "atom0.3", "atom1.0", "json1.0", "json1.1", "sitemap"
  std::string title;
  std::string link;  // the page of the feed, never the feed itself
  std::string description;
  std::string language;
  std::optional<Timestamp> updated;
  // The publisher's wish for the gap between two polls (RSS ttl, sy:updatePeriod), in seconds.
  std::optional<std::int64_t> poll_interval;
  // When the publisher asks not to be polled (RSS skipHours, skipDays), in UTC: hours from 0 to 23,
  // days from 0 (Sunday) to 6; rising, never all of them.
  std::vector<int> skip_hours;
  std::vector<int> skip_days;
  // The document ended before its root, or its JSON value, was closed: there may be more entries.
  bool cut_short = false;
  std::vector<Entry> entries;
  std::vector<std::string> warnings;  // every kind of repair, with line and column
};

}  // namespace stakeout
