// Any bytes at all as a request for metrics: there is one whole answer, whose body has the length
// that it names, and what was asked for is given to GET alone.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "app/service/metrics_answer.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view request{reinterpret_cast<const char*>(data), size};
  constexpr std::string_view figures = "figures of the service";
  const std::string answer =
      stakeout::answer_to(request, {[&] { return std::string{figures}; }, [] { return ""; }});
  require(answer.starts_with("HTTP/1.1 "));
  const std::size_t gap = answer.find("\r\n\r\n");
  require(gap != std::string::npos);
  const std::string_view body = std::string_view{answer}.substr(gap + 4);
  const bool is_named =
      answer.find("\r\nContent-Length: " + std::to_string(body.size()) + "\r\n") != answer.npos;
  require(is_named || (body.empty() && request.starts_with("HEAD ")));
  if (body == figures) require(request.starts_with("GET "));
  require(!stakeout::has_whole_head(request) || request.find('\n') != request.npos);
  return 0;
}
