#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

#include "alerts/channel.h"
#include "extractors/values/result.h"

namespace stakeout {

// What is handed over by one POST.
struct WebPost {
  std::string url;
  std::vector<std::string> headers;  // "Name: value", ASCII
  std::string body;
};

// Posts it (HTTP, RFC 9110). An answer of 2xx is `done`; one that says that this message will never
// do (400, 405, 410, 413, 414, 415, 422, and a redirect, which is not followed) is `never`; every
// other is `later`; where nobody answered at all it is `not_reached`. The proxy of the crawl has no
// part in it. Ends soon when `stop` is requested.
[[nodiscard]] SendResult post_to_web(const WebPost& post, std::chrono::milliseconds time_limit,
                                     const std::stop_token& stop);

// Fails on what is no address to post to: http or https, with a host, and without a login.
[[nodiscard]] Result<void> check_post_url(const std::string& url);

}  // namespace stakeout
