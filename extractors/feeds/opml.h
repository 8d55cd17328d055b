#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/values/result.h"

namespace stakeout {

// One subscription of an OPML list. Text is UTF-8 without control characters and line ends.
struct Outline {
  std::string url;    // @xmlUrl, as written: whoever uses it checks it
  std::string title;  // @title where there is one, else @text; empty when it only repeats the URL
  std::vector<std::string> tags;  // in the order of their first mention
  std::size_t line = 0;           // of the element, from 1; 0: not known
  std::size_t column = 0;         // in bytes, from 1
};

struct OutlineList {
  std::vector<Outline> outlines;
  std::vector<std::string> warnings;  // every repair, with line and column where they are known
};

// Reads an OPML list of subscriptions (http://opml.org/spec2.opml; 1.0, 1.1 and 2.0).
//
// An outline with an xmlUrl is a subscription, whatever its type; one without is a folder. Tags
// come from @category, a comma list whose parts may be paths ("/Boston/Weather" is the tag
// "Boston/Weather"), and from the folders around: in A and in B within A, "A" and "A/B". Folders
// count up to the eighth level and their names up to 200 characters, and a list ends at 50,000
// subscriptions, so that a small file cannot become a large one. Names of elements and attributes
// ignore case.
//
// Broken XML and wrong charset labels are repaired as in feeds (parse_feed.h), each repair with a
// warning. Entities of a DTD are not expanded, and nothing is fetched or run. Time and memory are
// linear in the size of `bytes`, however deeply they nest.
//
// Fails when there is no OPML in the bytes; the message says what came instead.
[[nodiscard]] Result<OutlineList> parse_opml(std::string_view bytes);

// Whether a file is markup, so that it may be OPML, and not a list of lines.
[[nodiscard]] bool looks_like_markup(std::string_view bytes);

}  // namespace stakeout
