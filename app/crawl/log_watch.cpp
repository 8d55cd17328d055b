#include "app/crawl/log_watch.h"

#include <cstdint>
#include <utility>

#include "app/size_words.h"

namespace stakeout {
namespace {

// As much as is kept for the next writes (connection.cpp).
constexpr std::int64_t long_log = 64 << 20;

}  // namespace

std::optional<std::string> LogWatch::look(const LogState& log) {
  const auto reader = log.bytes > long_log ? log.reader : std::nullopt;
  const auto before = std::exchange(reader_, reader);
  if (!reader) has_told_ = false;
  if (!reader || reader != before || has_told_) return std::nullopt;
  has_told_ = true;
  return "the database's log has " + size_words(static_cast<std::uintmax_t>(log.bytes)) +
         ", since it cannot be written back while " + process_words(*reader) +
         " reads, as it did a batch of work ago; end that program";
}

}  // namespace stakeout
