// Any bytes at all as an archived HTTP response: the body stays within its limit, and the head is a
// part of the message.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "crawler/http_message.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t longest = 10'000;
  const std::string_view message{reinterpret_cast<const char*>(data), size};
  const stakeout::Timestamp noon{1'727'438'400};
  const auto response = stakeout::read_http_message(message, noon, longest);
  if (!response) {
    require(!response.error().message.empty());
    return 0;
  }
  require(response->body.size() <= longest);
  require(response->head.starts_with("HTTP/"));
  require(message.find(response->head) != std::string_view::npos);
  require(response->fetched_at == noon);
  return 0;
}
