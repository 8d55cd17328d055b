#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "crawler/fetcher.h"
#include "crawler/robots.h"

namespace stakeout {

// What an answer means for the crawl, by its status and headers (RFC 9110, 15). Pure functions.

// A redirect that says where it leads.
[[nodiscard]] bool is_redirect(const FetchResponse& response);
// Of redirects: the new address is to be remembered.
[[nodiscard]] bool is_lasting(int status);
// Whether the address answered as one that is there.
[[nodiscard]] bool is_success(int status);

// For how many seconds the host asks to be left alone; an hour when a 429 does not say.
[[nodiscard]] std::optional<std::int64_t> pause_of(const FetchResponse& response);

// The rules that follow from the answer to a request for robots.txt; nullopt: it could not be had
// (RFC 9309, 2.3.1). 429 is the server's own trouble, not a missing file.
[[nodiscard]] std::optional<RobotsRules> rules_of(const FetchResult& answer,
                                                  std::string_view agent);

}  // namespace stakeout
