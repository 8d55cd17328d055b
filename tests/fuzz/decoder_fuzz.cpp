// Any bytes at all under any Content-Encoding: blocks stay small, and in what pieces the bytes
// arrive makes no difference. The input is the header's value on the first line, then the body.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "crawler/content_decoder.h"

namespace {

constexpr std::size_t largest_block = 64U << 10U;
constexpr std::size_t limit = 1U << 20U;  // as a caller's: more output than this ends the decoding

void require(bool holds) {
  if (!holds) std::abort();
}

struct Decoded {
  bool is_whole = false;
  std::string bytes;
};

Decoded decoded(std::string_view codings, std::string_view body, std::size_t piece) {
  Decoded result;
  auto decoder = stakeout::ContentDecoder::make(codings);
  if (!decoder) return result;
  const auto take = [&](std::string_view block) -> stakeout::Result<void> {
    require(block.size() <= largest_block);
    const std::size_t room = limit - result.bytes.size();
    result.bytes += block.substr(0, room);
    if (block.size() > room) return stakeout::fail("more than was wanted");
    return {};
  };
  for (; !body.empty(); body.remove_prefix(std::min(piece, body.size()))) {
    if (!decoder->write(body.substr(0, piece), take)) return result;
  }
  result.is_whole = decoder->finish(take).has_value();
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::size_t line_end = input.find('\n');
  if (line_end == std::string_view::npos) return 0;
  const std::string_view codings = input.substr(0, line_end);
  const std::string_view body = input.substr(line_end + 1);
  const Decoded at_once = decoded(codings, body, 16U << 10U);
  const Decoded in_pieces = decoded(codings, body, 1 + size % 7);
  // libzstd looks less closely at a frame that comes in one piece.
  const bool is_zstd = codings.find_first_of("sS") != std::string_view::npos;
  require(is_zstd || at_once.is_whole == in_pieces.is_whole);
  require(!at_once.is_whole || !in_pieces.is_whole || at_once.bytes == in_pieces.bytes);
  return 0;
}
