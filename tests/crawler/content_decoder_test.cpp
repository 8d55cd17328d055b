#include "crawler/content_decoder.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <zlib.h>
#include <zstd.h>

namespace stakeout {
namespace {

std::string zlib_packed(std::string_view text, int window) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string gzipped(std::string_view text) {
  return zlib_packed(text, MAX_WBITS + 16);
}

std::string zstd_packed(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

// "news " a hundred and twenty times.
constexpr std::string_view brotli_packed{
    "\x1b\x57\x02\xf8\x8d\x54\xb5\xbf\x2c\x73\xbb\x2b\x90\xb9\x68\x2d\x0a\x68\x90\x03", 20};

std::string news() {
  std::string text;
  for (int i = 0; i < 120; ++i) text += "news ";
  return text;
}

// The body decoded when it comes in pieces of `step` bytes.
Result<std::string> decode(std::string_view coding, std::string_view body, std::size_t step) {
  auto decoder = ContentDecoder::make(coding);
  if (!decoder) return tl::unexpected(decoder.error());
  std::string out;
  const ByteSink sink = [&](std::string_view bytes) -> Result<void> {
    out += bytes;
    return {};
  };
  for (std::size_t at = 0; at < body.size(); at += step) {
    if (auto done = decoder->write(body.substr(at, step), sink); !done) {
      return tl::unexpected(done.error());
    }
  }
  if (auto done = decoder->finish(sink); !done) return tl::unexpected(done.error());
  return out;
}

}  // namespace

TEST_CASE("a body is the same in every coding, however it is cut") {
  struct Case {
    std::string_view coding;
    std::string body;
  };
  const Case cases[] = {
      {"", news()},
      {"identity", news()},
      {"gzip", gzipped(news())},
      {"X-GZip", gzipped(news())},
      {"deflate", zlib_packed(news(), MAX_WBITS)},
      {"deflate", zlib_packed(news(), -MAX_WBITS)},  // without the wrapper, as some servers do
      {"br", std::string{brotli_packed}},
      {"zstd", zstd_packed(news())},
      {"br, gzip", gzipped(brotli_packed)},
      {"gzip", news()},  // lies
      {"gzip", zlib_packed(news(), MAX_WBITS)},
      {"gzip", zstd_packed(news())},
      {"deflate", gzipped(news())},
      {"br", gzipped(news())},
      {"br", zstd_packed(news())},
      {"zstd", gzipped(news())},
      {"gzip", gzipped(news().substr(0, 100)) + gzipped(news().substr(100))},
      {"gzip", gzipped(news()) + std::string(5, '\0')},
  };
  for (const auto& [coding, body] : cases) {
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{100'000}}) {
      CAPTURE(coding);
      CAPTURE(step);
      CHECK(decode(coding, body, step) == news());
    }
  }
}

TEST_CASE("markup and JSON are told from what their label says") {
  for (const std::string_view coding : {"gzip", "deflate", "br", "zstd", "br, gzip"}) {
    for (const std::string_view text :
         {"<rss version='2.0'/>", "{\"version\": 1}", "\xef\xbb\xbf<a/>"}) {
      CAPTURE(coding);
      CAPTURE(text);
      CHECK(decode(coding, text, 1) == std::string{text});
    }
  }
}

TEST_CASE("a body that is a gzip file is unpacked where that is wanted") {
  const std::string file = gzipped(news());
  const auto decoded = [](std::string_view coding, std::string_view body, bool unpack_files) {
    auto decoder = ContentDecoder::make(coding, unpack_files).value();
    std::string out;
    const ByteSink sink = [&](std::string_view bytes) -> Result<void> {
      out += bytes;
      return {};
    };
    CHECK(decoder.write(body, sink).has_value());
    CHECK(decoder.finish(sink).has_value());
    return out;
  };
  CHECK(decoded("", file, true) == news());
  CHECK(decoded("gzip", gzipped(file), true) == news());
  CHECK(decoded("", news(), true) == news());
  CHECK(decoded("", file, false) == file);
}

TEST_CASE("a decoder tells what memory it holds") {
  auto decoder = ContentDecoder::make("zstd").value();
  CHECK(decoder.memory() == 0);
  const std::string packed = zstd_packed(std::string(4U << 20U, 'x'));
  CHECK(decoder.write(packed.substr(0, 20), [](std::string_view) { return Result<void>{}; })
            .has_value());
  CHECK(decoder.memory() > 1U << 20U);  // its window
}

TEST_CASE("a compressed body that ends early, or is damaged, is an error") {
  for (const auto& [coding, body] :
       {std::pair{"gzip", gzipped(news())}, std::pair{"br", std::string{brotli_packed}},
        std::pair{"zstd", zstd_packed(news())}}) {
    CAPTURE(coding);
    CHECK_FALSE(decode(coding, std::string_view{body}.substr(0, body.size() - 3), 5).has_value());
    std::string damaged = body;
    damaged[body.size() / 2] = static_cast<char>(damaged[body.size() / 2] ^ 0x55);
    CHECK(decode(coding, damaged, 5) != news());
  }
}

TEST_CASE("codings that nobody asked for are refused") {
  CHECK_FALSE(ContentDecoder::make("compress").has_value());
  CHECK_FALSE(ContentDecoder::make("gzip, gzip, gzip, gzip").has_value());
}

TEST_CASE("a bomb is handed out in small blocks, and ends when the sink has enough") {
  const std::string bomb = gzipped(std::string(50U << 20U, 'x'));
  std::size_t taken = 0;
  std::size_t largest = 0;
  auto decoder = ContentDecoder::make("gzip").value();
  const auto result = decoder.write(bomb, [&](std::string_view bytes) -> Result<void> {
    largest = std::max(largest, bytes.size());
    taken += bytes.size();
    if (taken > 1U << 20U) return fail("enough");
    return {};
  });
  CHECK_FALSE(result.has_value());
  CHECK(largest <= 64U << 10U);
  CHECK(taken <= (1U << 20U) + (64U << 10U));
}

}  // namespace stakeout
