#include "extractors/text/inflate.h"

#include <array>
#include <memory>

#include <zlib.h>

namespace stakeout {
namespace {

struct EndInflate {
  void operator()(z_stream* stream) const noexcept { inflateEnd(stream); }
};

}  // namespace

bool is_gzip(std::string_view bytes) {
  return bytes.size() >= 3 && bytes[0] == '\x1f' && bytes[1] == '\x8b' && bytes[2] == '\x08';
}

Result<std::string> gunzip(std::string_view bytes, std::size_t limit) {
  constexpr int gzip_only = 15 + 16;
  z_stream stream{};
  if (inflateInit2(&stream, gzip_only) != Z_OK) return fail("zlib cannot start");
  const std::unique_ptr<z_stream, EndInflate> owner{&stream};

  std::string out;
  std::array<char, 32'768> block{};
  // zlib takes a pointer to non-const and does not write through it.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  while (true) {
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    const int code = inflate(&stream, Z_NO_FLUSH);
    out.append(block.data(), block.size() - stream.avail_out);
    if (out.size() > limit) return fail("gzip data unpack to more than the limit", stream.total_in);
    if (code == Z_STREAM_END) {
      if (stream.avail_in == 0) return out;
      const std::string_view rest{reinterpret_cast<const char*>(stream.next_in), stream.avail_in};
      if (!is_gzip(rest) || inflateReset(&stream) != Z_OK) return out;  // trailing padding
      continue;
    }
    if (code != Z_OK) return fail("damaged gzip data", stream.total_in);
    if (stream.avail_in == 0 && stream.avail_out != 0)
      return fail("gzip data end early", stream.total_in);
  }
}

}  // namespace stakeout
