#include "crawler/content_decoder.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include <brotli/decode.h>
#include <malloc.h>
#include <zlib.h>
#include <zstd.h>

#include "extractors/values/free_with.h"

namespace stakeout {
namespace {

constexpr std::size_t block_size = 64U << 10U;
constexpr std::size_t most_codings = 3;
// RFC 8878, 3.1.1.1.2 recommends to support windows of 8 MiB and no more.
constexpr int zstd_window_log = 23;

constexpr const char* damaged = "the compressed answer is damaged";
constexpr const char* ended_early = "the compressed answer ended early";

using Block = std::array<unsigned char, block_size>;

std::string_view text_of(const Block& block, std::size_t size) {
  return {reinterpret_cast<const char*>(block.data()), size};
}

// gzip, zlib or raw deflate.
class ZlibCoding final : public Coding {
 public:
  enum class Form : std::uint8_t { gzip, zlib, raw };

  explicit ZlibCoding(Form form) : is_gzip_{form == Form::gzip} {
    const int window = form == Form::gzip   ? MAX_WBITS + 16
                       : form == Form::zlib ? MAX_WBITS
                                            : -MAX_WBITS;
    is_set_up_ = inflateInit2(&stream_, window) == Z_OK;
  }
  ~ZlibCoding() override {
    if (is_set_up_) inflateEnd(&stream_);
  }
  ZlibCoding(const ZlibCoding&) = delete;
  ZlibCoding& operator=(const ZlibCoding&) = delete;

  Result<void> write(std::string_view bytes, const ByteSink& out) override {
    if (!is_set_up_) return fail("zlib cannot be set up");
    if (is_over_) return {};
    Block block;
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    bool more = stream_.avail_in > 0;
    while (more) {
      if (ended_) {
        // A gzip body may hold several members; anything else after the end is padding.
        if (!is_gzip_ || *stream_.next_in != 0x1f) {
          is_over_ = true;
          return {};
        }
        inflateReset(&stream_);
        ended_ = false;
      }
      stream_.next_out = block.data();
      stream_.avail_out = block.size();
      const int code = inflate(&stream_, Z_NO_FLUSH);
      ended_ = code == Z_STREAM_END;
      if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) return fail(damaged);
      const std::size_t size = block.size() - stream_.avail_out;
      if (size > 0) {
        if (auto taken = out(text_of(block, size)); !taken) return taken;
      }
      more = stream_.avail_in > 0 || (stream_.avail_out == 0 && !ended_);
    }
    return {};
  }

  Result<void> finish(const ByteSink&) override {
    return ended_ || is_over_ ? Result<void>{} : fail(ended_early);
  }

  [[nodiscard]] std::size_t memory() const override { return 48U << 10U; }  // zconf.h

 private:
  bool is_gzip_;
  bool is_set_up_ = false;
  bool ended_ = false;    // a member has
  bool is_over_ = false;  // what comes now is padding
  z_stream stream_{};
};

// Its memory is the program's, but counted: a few bytes may claim a window of 16 MiB.
class BrotliCoding final : public Coding {
 public:
  Result<void> write(std::string_view bytes, const ByteSink& out) override {
    Block block;
    const auto* in = reinterpret_cast<const std::uint8_t*>(bytes.data());
    std::size_t in_left = bytes.size();
    while (!ended_) {
      std::uint8_t* next = block.data();
      std::size_t out_left = block.size();
      const BrotliDecoderResult code =
          BrotliDecoderDecompressStream(decoder_.get(), &in_left, &in, &out_left, &next, nullptr);
      if (code == BROTLI_DECODER_RESULT_ERROR) return fail(damaged);
      if (out_left < block.size()) {
        if (auto taken = out(text_of(block, block.size() - out_left)); !taken) return taken;
      }
      ended_ = code == BROTLI_DECODER_RESULT_SUCCESS;
      if (code == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) return {};
    }
    return {};
  }

  Result<void> finish(const ByteSink&) override {
    return ended_ ? Result<void>{} : fail(ended_early);
  }

  [[nodiscard]] std::size_t memory() const override { return memory_; }

 private:
  static void* allocate(void* user, std::size_t size) noexcept {
    void* block = std::malloc(size);
    if (block != nullptr) static_cast<BrotliCoding*>(user)->memory_ += malloc_usable_size(block);
    return block;
  }
  static void give_back(void* user, void* block) noexcept {
    if (block != nullptr) static_cast<BrotliCoding*>(user)->memory_ -= malloc_usable_size(block);
    std::free(block);
  }

  std::size_t memory_ = 0;
  std::unique_ptr<BrotliDecoderState, FreeWith<BrotliDecoderDestroyInstance>> decoder_{
      BrotliDecoderCreateInstance(allocate, give_back, this)};
  bool ended_ = false;
};

// A body may hold several frames; anything else after the end of one is padding.
class ZstdCoding final : public Coding {
 public:
  ZstdCoding() { ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, zstd_window_log); }

  Result<void> write(std::string_view bytes, const ByteSink& out) override {
    while (!bytes.empty() && !is_over_) {
      if (!has_ended_) {
        if (auto done = unpack(bytes, out); !done) return done;
        continue;
      }
      const std::size_t taken = std::min(magic_size - start_.size(), bytes.size());
      start_ += bytes.substr(0, taken);
      bytes.remove_prefix(taken);
      if (start_.size() < magic_size) return {};
      is_over_ = !begins_frame(start_);
      has_ended_ = false;
      const std::string start = std::exchange(start_, {});
      std::string_view rest = start;
      if (is_over_) return {};
      if (auto done = unpack(rest, out); !done) return done;
    }
    return {};
  }

  Result<void> finish(const ByteSink&) override {
    if (inside_frame_) return fail(ended_early);
    return {};
  }

  [[nodiscard]] std::size_t memory() const override { return ZSTD_sizeof_DCtx(context_.get()); }

 private:
  static constexpr std::size_t magic_size = 4;

  // Magic numbers of frames and skippable frames (RFC 8878, 3.1.1 and 3.1.2).
  static bool begins_frame(std::string_view start) {
    using namespace std::string_view_literals;
    return start == "\x28\xB5\x2F\xFD"sv ||
           ((static_cast<unsigned char>(start[0]) & 0xF0U) == 0x50 &&
            start.substr(1) == "\x2A\x4D\x18"sv);
  }

  // Unpacks up to the end of a frame, and takes what it used off `bytes`.
  Result<void> unpack(std::string_view& bytes, const ByteSink& out) {
    Block block;
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    bool more = !bytes.empty();
    while (more) {
      ZSTD_outBuffer unpacked{block.data(), block.size(), 0};
      const std::size_t code = ZSTD_decompressStream(context_.get(), &unpacked, &in);
      if (ZSTD_isError(code) != 0) return fail(damaged);
      inside_frame_ = code != 0;
      has_ended_ = code == 0;
      if (unpacked.pos > 0) {
        if (auto taken = out(text_of(block, unpacked.pos)); !taken) return taken;
      }
      more = inside_frame_ && (in.pos < in.size || unpacked.pos == unpacked.size);
    }
    bytes.remove_prefix(in.pos);
    return {};
  }

  std::unique_ptr<ZSTD_DCtx, FreeWith<ZSTD_freeDCtx>> context_{ZSTD_createDCtx()};
  bool inside_frame_ = false;
  bool has_ended_ = false;  // a frame did, and no other has begun
  bool is_over_ = false;
  std::string start_;  // what may be the magic number of the next frame
};

// What a body says of its coding.
enum class Label : std::uint8_t { none, gzip, deflate, br, zstd };

// How many bytes at most tell what a body really is.
constexpr std::size_t telling_bytes = 4;

constexpr std::string_view gzip_magic = "\x1f\x8b\x08";      // RFC 1952, 2.3, with deflate
constexpr std::string_view zstd_magic = "\x28\xb5\x2f\xfd";  // RFC 8878, 3.1.1

// RFC 1950, 2.2.
bool is_zlib(std::string_view start) {
  if (start.size() < 2) return false;
  const auto first = static_cast<unsigned char>(start[0]);
  const auto second = static_cast<unsigned char>(start[1]);
  return (first & 0x0fU) == 8 && (first * 256 + second) % 31 == 0;
}

// Text that begins like markup or JSON: by RFC 7932, 9.1 and 9.2, no brotli stream begins with "<",
// "{" or the first byte of UTF-8's byte order mark, and hardly any other coding's goes on in ASCII.
bool is_text(std::string_view start) {
  if (start.starts_with("\xef\xbb\xbf")) return true;
  return (start.front() == '<' || start.front() == '{') && std::ranges::all_of(start, [](char c) {
           return (c >= ' ' && c < '\x7f') || c == '\t' || c == '\r' || c == '\n';
         });
}

// What undoes the coding that a body's first bytes show (there is one at least), or else its label
// names. Null: nothing has to be undone.
std::unique_ptr<Coding> coding_of(Label label, std::string_view start) {
  using Form = ZlibCoding::Form;
  if (start.starts_with(gzip_magic)) return std::make_unique<ZlibCoding>(Form::gzip);
  if (label == Label::none || is_text(start)) return nullptr;
  if (start.starts_with(zstd_magic)) return std::make_unique<ZstdCoding>();
  if (label == Label::br) return std::make_unique<BrotliCoding>();
  if (label == Label::zstd) return std::make_unique<ZstdCoding>();
  if (is_zlib(start)) return std::make_unique<ZlibCoding>(Form::zlib);
  if (label == Label::deflate) return std::make_unique<ZlibCoding>(Form::raw);
  return nullptr;  // it says gzip, but is not
}

// Waits for the first bytes and goes by what they show.
class ShownCoding final : public Coding {
 public:
  explicit ShownCoding(Label label) : label_{label} {}

  Result<void> write(std::string_view bytes, const ByteSink& out) override {
    if (is_known_) return coding_ ? coding_->write(bytes, out) : out(bytes);
    const std::size_t missing = std::min(telling_bytes - start_.size(), bytes.size());
    start_ += bytes.substr(0, missing);
    if (start_.size() < telling_bytes) return {};
    if (auto begun = begin(out); !begun) return begun;
    return bytes.size() > missing ? write(bytes.substr(missing), out) : Result<void>{};
  }

  Result<void> finish(const ByteSink& out) override {
    if (!is_known_ && !start_.empty()) {
      if (auto begun = begin(out); !begun) return begun;
    }
    return coding_ ? coding_->finish(out) : Result<void>{};
  }

  [[nodiscard]] std::size_t memory() const override { return coding_ ? coding_->memory() : 0; }

 private:
  Result<void> begin(const ByteSink& out) {
    is_known_ = true;
    coding_ = coding_of(label_, start_);
    return coding_ ? coding_->write(start_, out) : out(start_);
  }

  Label label_;
  bool is_known_ = false;
  std::string start_;  // the first bytes
  std::unique_ptr<Coding> coding_;
};

std::string lower_word(std::string_view text) {
  std::string word;
  for (const char c : text) {
    if (c == ' ' || c == '\t') continue;
    word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return word;
}

std::optional<Label> label_named(std::string_view word) {
  if (word == "gzip" || word == "x-gzip") return Label::gzip;
  if (word == "deflate") return Label::deflate;
  if (word == "br") return Label::br;
  if (word == "zstd") return Label::zstd;
  return std::nullopt;
}

}  // namespace

Result<ContentDecoder> ContentDecoder::make(std::string_view content_encoding, bool unpack_files) {
  ContentDecoder decoder;
  while (!content_encoding.empty()) {
    const std::size_t comma = content_encoding.find(',');
    const std::string word = lower_word(content_encoding.substr(0, comma));
    content_encoding.remove_prefix(comma == std::string_view::npos ? content_encoding.size()
                                                                   : comma + 1);
    if (word.empty() || word == "identity" || word == "none" || word == "utf-8") continue;
    if (decoder.codings_.size() == most_codings) return fail("too many content codings");
    const auto label = label_named(word);
    if (!label) return fail("a content coding that was not asked for: " + word);
    decoder.codings_.push_back(std::make_unique<ShownCoding>(*label));
  }
  // The header lists the codings in the order in which they were applied.
  std::ranges::reverse(decoder.codings_);
  if (unpack_files) decoder.codings_.push_back(std::make_unique<ShownCoding>(Label::none));
  return decoder;
}

std::size_t ContentDecoder::memory() const {
  std::size_t bytes = 0;
  for (const auto& coding : codings_) bytes += coding->memory();
  return bytes;
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
