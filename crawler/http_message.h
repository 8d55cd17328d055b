#pragma once

#include <cstddef>
#include <string_view>

#include "crawler/fetcher.h"
#include "extractors/values/result.h"

namespace stakeout {

// Reads an HTTP response as archives keep it (application/http;msgtype=response): its head, and its
// body with the codings undone that the head names, "chunked" among them. Interim answers (1xx) in
// front of it are left out.
//
// Many archives keep bodies decoded and heads as they came: a body that is not coded as its head
// says is taken as it is. `fetched_at` goes into the response. Fails on what is no response, on a
// body that is longer than `max_body` once decoded, and on a coded one that ends early.
[[nodiscard]] Result<FetchResponse> read_http_message(std::string_view message,
                                                      Timestamp fetched_at, std::size_t max_body);

}  // namespace stakeout
