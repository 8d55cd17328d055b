#pragma once

#include <optional>
#include <string>
#include <vector>

namespace stakeout {

// What an article page says, apart from the facts in its text. UTF-8; an empty string means "not
// given".
struct Article {
  std::string url;     // the address it was fetched from, when the caller knew it
  std::string title;   // without the site's name
  std::string byline;  // names, parted by ", "
  // RFC 3339 in UTC, or as much of a date as the page gives: "2024-09-27T13:05:00Z", "2024-09-27".
  std::string published;
  std::string modified;
  std::string language;  // BCP 47: "en", "pt-BR"
  std::string site;
  std::string canonical_url;  // absolute
  // The article's own text: paragraphs parted by one empty line; no captions, menus, teasers.
  std::string text;
  // What the publisher asks of those who keep copies, parted by blanks: "noarchive noindex"; see
  // extractors/text/robots_directives.h.
  std::string robots;
  std::vector<std::string> warnings;
};

}  // namespace stakeout
