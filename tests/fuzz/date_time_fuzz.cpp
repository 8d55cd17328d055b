// Any bytes at all as a date: what is read prints as RFC 3339 and reads back as the same.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "extractors/text/date_time.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto date = stakeout::parse_date_time(text);
  if (!date) return 0;
  const stakeout::Timestamp instant = stakeout::instant_of(*date);
  const auto again = stakeout::parse_date_time(stakeout::to_rfc3339(instant));
  assert(again && std::holds_alternative<stakeout::Timestamp>(*again));
  assert(stakeout::instant_of(*again) == instant);
  return 0;
}
