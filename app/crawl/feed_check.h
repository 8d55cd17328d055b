#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/crawl/proxies.h"
#include "app/settings.h"
#include "crawler/clock.h"
#include "crawler/fetcher.h"
#include "extractors/values/timestamp.h"
#include "extractors/values/url.h"

namespace stakeout {

// What one fetch of a feed showed. Text comes from outside; an empty string, or nothing, means that
// it is not known.
struct FeedCheck {
  std::string url;
  bool is_good = false;  // a feed came
  std::string outcome;   // in plain words, whatever came
  std::optional<int> status;
  std::string final_url;        // where the answer came from, when that is another address
  bool moved_for_good = false;  // by 301 or 308 alone: list final_url instead
  std::string format;
  std::optional<std::size_t> entries;
  std::optional<Timestamp> newest;  // entry
  Validators validators;
  std::string robots;  // whether robots.txt lets us fetch the pages of the entries
  std::optional<std::int64_t> interval;  // seconds between polls that would suit it
  std::vector<std::string> warnings;     // of the parser
  std::optional<std::size_t> bytes;      // unpacked
  std::string encoding;
  std::vector<std::string> offers;  // the feeds that a page points to
};

// Fetches each address once, by the crawler and with its manners, and stores nothing; by the
// proxies that a crawl would take. Beside the feeds only robots.txt files are asked for: those of
// the feeds' hosts, and of the hosts of their entries. The answers come in the order of `urls`.
// `done` is called on the calling thread after each feed, with how many there are. All is borrowed
// for the call.
[[nodiscard]] std::vector<FeedCheck> check_feeds(const std::vector<Url>& urls,
                                                 const FetchSettings& settings,
                                                 const Proxies& proxies, Fetcher& fetcher,
                                                 const Clock& clock,
                                                 const std::function<void(std::size_t)>& done);

}  // namespace stakeout
