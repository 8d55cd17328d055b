#pragma once

#include <string>

#include "crawler/fetcher_curl.h"
#include "extractors/values/url.h"

namespace stakeout {

// Why an exchange failed: what kind of fault it was, and as a line for a person what, where and,
// where there is something, what to do. No control characters. `easy` is the CURL handle, just
// after the CURLcode `code` came of it; `has_answer` whether the first byte of an answer did.
[[nodiscard]] FetchFault describe_failure(void* easy, int code, bool has_answer, const Url& url,
                                          const FetchOptions& options);

}  // namespace stakeout
