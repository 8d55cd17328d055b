#include "crawler/content_decoder.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "extractors/values/free_with.h"

namespace stakeout {
namespace {

constexpr std::size_t block_size = 64U << 10U;
constexpr std::size_t most_codings = 3;
// RFC 8878, 3.1.1.1.2 recommends to support windows of 8 MiB and no more.
constexpr int zstd_window_log = 23;

using Block = std::array<unsigned char, block_size>;

std::string_view text_of(const Block& block, std::size_t size) {
  return {reinterpret_cast<const char*>(block.data()), size};
}

// gzip and deflate. Which of gzip, zlib, raw deflate or plain bytes it really is, the first two
// bytes tell.
class ZlibCoding final : public Coding {
 public:
  explicit ZlibCoding(bool says_gzip) : says_gzip_{says_gzip} {}
  ~ZlibCoding() override {
    if (form_ == Form::packed || form_ == Form::over) inflateEnd(&stream_);
  }
  ZlibCoding(const ZlibCoding&) = delete;
  ZlibCoding& operator=(const ZlibCoding&) = delete;

  Result<void> write(std::string_view bytes, const ByteSink& out) override {
    if (form_ == Form::unknown) {
      start_ += bytes;
      if (start_.size() < 2) return {};
      if (auto begun = begin(); !begun) return begun;
      const std::string start = std::move(start_);
      return write(start, out);
    }
    if (form_ == Form::over) return {};
    return form_ == Form::plain ? out(bytes) : unpack(bytes, out);
  }

  Result<void> finish(const ByteSink& out) override {
    if (form_ == Form::unknown) return start_.empty() ? Result<void>{} : out(start_);
    if (form_ == Form::packed && !ended_) return fail("the compressed body ended early");
    return {};
  }

 private:
  enum class Form : std::uint8_t { unknown, packed, plain, over };

  Result<void> begin() {
    const auto first = static_cast<unsigned char>(start_[0]);
    const auto second = static_cast<unsigned char>(start_[1]);
    is_gzip_ = first == 0x1f && second == 0x8b;                                     // RFC 1952, 2.3
    const bool is_zlib = (first & 0x0fU) == 8 && (first * 256 + second) % 31 == 0;  // RFC 1950, 2.2
    if (!is_gzip_ && !is_zlib && says_gzip_) {
      form_ = Form::plain;
      return {};
    }
    const int window = is_gzip_ ? MAX_WBITS + 16 : is_zlib ? MAX_WBITS : -MAX_WBITS;
    if (inflateInit2(&stream_, window) != Z_OK) return fail("zlib cannot be set up");
    form_ = Form::packed;
    return {};
  }

  Result<void> unpack(std::string_view bytes, const ByteSink& out) {
    Block block;
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    bool more = stream_.avail_in > 0;
    while (more) {
      if (ended_) {
        // A gzip body may hold several members; anything else after the end is padding.
        if (!is_gzip_ || *stream_.next_in != 0x1f) {
          form_ = Form::over;
          return {};
        }
        inflateReset(&stream_);
        ended_ = false;
      }
      stream_.next_out = block.data();
      stream_.avail_out = block.size();
      const int code = inflate(&stream_, Z_NO_FLUSH);
      ended_ = code == Z_STREAM_END;
      if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
        return fail("the compressed body is damaged");
      }
      const std::size_t size = block.size() - stream_.avail_out;
      if (size > 0) {
        if (auto taken = out(text_of(block, size)); !taken) return taken;
      }
      more = stream_.avail_in > 0 || (stream_.avail_out == 0 && !ended_);
    }
    return {};
  }

  bool says_gzip_;
  bool is_gzip_ = false;
  bool ended_ = false;
  Form form_ = Form::unknown;
  std::string start_;  // the first bytes, until there are two
  z_stream stream_{};
};

class BrotliCoding final : public Coding {
 public:
  Result<void> write(std::string_view bytes, const ByteSink& out) override {
    begun_ = begun_ || !bytes.empty();
    Block block;
    const auto* in = reinterpret_cast<const std::uint8_t*>(bytes.data());
    std::size_t in_left = bytes.size();
    while (!ended_) {
      std::uint8_t* next = block.data();
      std::size_t out_left = block.size();
      const BrotliDecoderResult code =
          BrotliDecoderDecompressStream(decoder_.get(), &in_left, &in, &out_left, &next, nullptr);
      if (code == BROTLI_DECODER_RESULT_ERROR) return fail("the compressed body is damaged");
      if (out_left < block.size()) {
        if (auto taken = out(text_of(block, block.size() - out_left)); !taken) return taken;
      }
      ended_ = code == BROTLI_DECODER_RESULT_SUCCESS;
      if (code == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) return {};
    }
    return {};
  }

  Result<void> finish(const ByteSink&) override {
    if (begun_ && !ended_) return fail("the compressed body ended early");
    return {};
  }

 private:
  std::unique_ptr<BrotliDecoderState, FreeWith<BrotliDecoderDestroyInstance>> decoder_{
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)};
  bool begun_ = false;
  bool ended_ = false;
};

class ZstdCoding final : public Coding {
 public:
  ZstdCoding() { ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, zstd_window_log); }

  Result<void> write(std::string_view bytes, const ByteSink& out) override {
    Block block;
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    bool more = !bytes.empty();
    while (more) {
      ZSTD_outBuffer unpacked{block.data(), block.size(), 0};
      const std::size_t code = ZSTD_decompressStream(context_.get(), &unpacked, &in);
      if (ZSTD_isError(code) != 0) return fail("the compressed body is damaged");
      inside_frame_ = code != 0;
      if (unpacked.pos > 0) {
        if (auto taken = out(text_of(block, unpacked.pos)); !taken) return taken;
      }
      more = in.pos < in.size || (unpacked.pos == unpacked.size && inside_frame_);
    }
    return {};
  }

  Result<void> finish(const ByteSink&) override {
    if (inside_frame_) return fail("the compressed body ended early");
    return {};
  }

 private:
  std::unique_ptr<ZSTD_DCtx, FreeWith<ZSTD_freeDCtx>> context_{ZSTD_createDCtx()};
  bool inside_frame_ = false;
};

std::string lower_word(std::string_view text) {
  std::string word;
  for (const char c : text) {
    if (c == ' ' || c == '\t') continue;
    word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return word;
}

}  // namespace

Result<ContentDecoder> ContentDecoder::make(std::string_view content_encoding) {
  ContentDecoder decoder;
  while (!content_encoding.empty()) {
    const std::size_t comma = content_encoding.find(',');
    const std::string word = lower_word(content_encoding.substr(0, comma));
    content_encoding.remove_prefix(comma == std::string_view::npos ? content_encoding.size()
                                                                   : comma + 1);
    if (word.empty() || word == "identity" || word == "none" || word == "utf-8") continue;
    if (decoder.codings_.size() == most_codings) return fail("too many content codings");
    if (word == "gzip" || word == "x-gzip" || word == "deflate") {
      decoder.codings_.push_back(std::make_unique<ZlibCoding>(word != "deflate"));
    } else if (word == "br") {
      decoder.codings_.push_back(std::make_unique<BrotliCoding>());
    } else if (word == "zstd") {
      decoder.codings_.push_back(std::make_unique<ZstdCoding>());
    } else {
      return fail("a content coding that was not asked for: " + word);
    }
  }
  // The header lists the codings in the order in which they were applied.
  std::ranges::reverse(decoder.codings_);
  return decoder;
}

Result<void> ContentDecoder::pass(std::size_t stage, std::string_view bytes, const ByteSink& out) {
  if (stage == codings_.size()) return out(bytes);
  return codings_[stage]->write(
      bytes, [&](std::string_view unpacked) { return pass(stage + 1, unpacked, out); });
}

Result<void> ContentDecoder::write(std::string_view bytes, const ByteSink& out) {
  return pass(0, bytes, out);
}

Result<void> ContentDecoder::finish(const ByteSink& out) {
  for (std::size_t stage = 0; stage < codings_.size(); ++stage) {
    auto ended = codings_[stage]->finish(
        [&](std::string_view unpacked) { return pass(stage + 1, unpacked, out); });
    if (!ended) return ended;
  }
  return {};
}

}  // namespace stakeout
