#include "crawler/answers.h"

namespace stakeout {
namespace {

// How long a host is left alone after a 429 that does not say how long.
constexpr std::int64_t default_pause_s = 3'600;

}  // namespace

bool is_redirect(const FetchResponse& response) {
  const int status = response.status;
  const bool moved =
      status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  return moved && !response.location.empty();
}

bool is_lasting(int status) {
  return status == 301 || status == 308;
}

bool is_success(int status) {
  return (status >= 200 && status < 300) || status == 304;
}

std::optional<std::int64_t> pause_of(const FetchResponse& response) {
  if (response.status == 429) return response.retry_after.value_or(default_pause_s);
  if (response.status == 503 || is_redirect(response)) return response.retry_after;
  return std::nullopt;
}

std::optional<RobotsRules> rules_of(const FetchResult& answer, std::string_view agent) {
  if (!answer || answer->status >= 500 || answer->status == 429) return std::nullopt;
  if (answer->status >= 200 && answer->status < 300) return parse_robots(answer->body, agent);
  return RobotsRules{};
}

}  // namespace stakeout
