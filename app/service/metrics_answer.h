#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace stakeout {

// What a MetricsServer says. Called on its thread.
struct MetricsAnswers {
  std::function<std::string()> metrics;  // OpenMetrics text
  std::function<std::string()> trouble;  // why the service is not well; empty: it is
};

// Whether what has come of a request has the end of its head in it: an empty line (RFC 9112, 2.1;
// a bare LF ends a line, too, 2.2).
[[nodiscard]] bool has_whole_head(std::string_view request);

// The answer to a request, head and body, after which the connection ends: to GET and HEAD, 200 for
// /metrics, and 200 or 503 with the reason for /healthz; 404 for all else, 405 for other methods,
// 400 for what begins with no request line of HTTP/1 (RFC 9112, 3). 500 for what `answers` throw.
[[nodiscard]] std::string answer_to(std::string_view request, const MetricsAnswers& answers);

// To a request whose head is too long (RFC 6585, 5).
[[nodiscard]] std::string answer_to_too_long();

}  // namespace stakeout
