#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/values/timestamp.h"

namespace stakeout::demo {

// One answer of the demo's news site.
struct Page {
  std::string content_type;
  std::string body;
};

// The demo's news site as it stands on one of its two days: six outlets, each a host of its own
// under .localhost, with a feed, article pages in the outlet's layout and a robots.txt. The texts
// are data (site.txt, outlets.tsv), compiled in.
class Site {
 public:
  // `port` is where the site is served; it goes into every link. `day` is 1 or 2.
  Site(int port, int day);

  // The answer to a request for `path` on `host` ("courier.localhost"); nullptr: there is none
  // (404).
  [[nodiscard]] const Page* find(const std::string& host, const std::string& path) const;

  // The feed of every outlet, in the order of the table.
  [[nodiscard]] const std::vector<std::string>& feeds() const { return feeds_; }

 private:
  std::map<std::pair<std::string, std::string>, Page> pages_;
  std::vector<std::string> feeds_;
};

// The instant at which the demo looks at the site on that day: late in the evening.
[[nodiscard]] Timestamp time_of_day(int day);

// The invented vendors and agencies of the site, in the form of a watchlist file.
[[nodiscard]] std::string_view watchlist();

}  // namespace stakeout::demo
