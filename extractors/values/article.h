#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "extractors/values/words.h"

namespace stakeout {

// A block of a page's text that is no part of the article: it is furniture of the site.
struct LeftOut {
  std::size_t start = 0;     // where in the article's text it stood, in code points
  std::string text;          // as it stood there, with the line breaks that parted it from the rest
  std::size_t articles = 0;  // how many other articles of the site have it

  friend bool operator==(const LeftOut&, const LeftOut&) = default;
};

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
  // What was left out of the text by comparison with the site's other articles, in order; none
  // where nothing was compared.
  std::vector<LeftOut> left_out;
  // What the publisher asks of those who keep copies, parted by blanks: "noarchive noindex"; see
  // extractors/text/robots_directives.h.
  std::string robots;
  PageState state = PageState::fine;
  std::string state_reason;           // in plain words; empty when fine
  std::vector<std::string> warnings;  // the reason is among them
};

}  // namespace stakeout
