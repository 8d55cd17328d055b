// Any header section at all: what is read from it is clean, bounded text, waits are within a month,
// and names count without regard to case.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "crawler/response_head.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_text(const std::string& text) {
  require(stakeout::without_controls(text) == text);
}

void check_wait(const std::optional<std::int64_t>& seconds) {
  require(!seconds || (*seconds >= 0 && *seconds <= 30 * 86'400));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view head{reinterpret_cast<const char*>(data), size};
  stakeout::FetchResponse response;
  stakeout::read_head(head, stakeout::Timestamp{1'727'442'300}, response);
  require(response.status == 0 || (response.status >= 100 && response.status <= 999));
  check_text(response.location);
  check_text(response.content_type);
  for (const std::string* text : {&response.validators.etag, &response.validators.last_modified}) {
    check_text(*text);
    require(text->size() <= 1'024);
  }
  check_wait(response.retry_after);
  check_wait(response.fresh_for);
  require(stakeout::find_header(head, "ETAG") == stakeout::find_header(head, "etag"));
  require(stakeout::find_header(head, "content-encoding").size() <= 2 * size);
  return 0;
}
