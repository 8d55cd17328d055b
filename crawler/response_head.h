#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/fetcher.h"
#include "extractors/values/timestamp.h"

namespace stakeout {

// Reads the header section of a response, status line first, lines ended by CRLF or LF, into the
// fields of `response` that come from headers (RFC 9110, RFC 9111). `now` is what dates are counted
// from. Never fails: a header that makes no sense counts as not sent.
//
// A validator of more than 1,024 bytes is dropped: no honest server sends one, and we would have to
// send it back.
void read_head(std::string_view head, Timestamp now, FetchResponse& response);

// Why a whole head is not to be believed: two lengths that differ, a transfer coding that was not
// asked for. Empty when it may be.
[[nodiscard]] std::string fault_of_head(std::string_view head);

// Whether it is one of an interim answer (1xx).
[[nodiscard]] bool is_interim_head(std::string_view head);

// The value of a header, without blanks around; several of one name are joined with ", ". Names
// compare without case. Empty: not sent.
[[nodiscard]] std::string find_header(std::string_view head, std::string_view name);

// The values of all headers of a name, each by itself.
[[nodiscard]] std::vector<std::string> find_headers(std::string_view head, std::string_view name);

// A head without the headers whose names begin so, in any case.
[[nodiscard]] std::string without_headers(std::string_view head, std::string_view beginning);

// Without C0 control characters and DEL: header values and libcurl's messages go to logs.
[[nodiscard]] std::string without_controls(std::string_view text);

}  // namespace stakeout
