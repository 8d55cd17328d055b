#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "crawler/crawler.h"
#include "extractors/values/url.h"

namespace stakeout {

// What an exchange is for, in the order in which a host's queue serves them.
enum class Purpose : std::uint8_t { robots, feed, page };

// A request that the crawler is to make: a job, or a robots.txt, at its first address or at one
// that it was redirected to.
struct Exchange {
  Purpose purpose = Purpose::page;
  CrawlJob job;          // for robots: nothing but the proxy
  std::string rules;     // for robots: the name under which HostMemory keeps them
  Url url;               // to be asked
  SteadyTime started{};  // when it was last asked
  int redirects = 0;
  bool lasting = true;      // every redirect so far was a 301 or 308
  std::size_t counted = 0;  // bytes of max_open_bytes that it takes while it is under way
};

using ExchangePtr = std::unique_ptr<Exchange>;

}  // namespace stakeout
