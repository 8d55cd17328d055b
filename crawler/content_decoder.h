#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "extractors/values/result.h"

namespace stakeout {

// Where decoded bytes go, block by block; an error stops the decoding.
using ByteSink = std::function<Result<void>(std::string_view)>;

// One content coding being undone as bytes arrive.
class Coding {
 public:
  virtual ~Coding() = default;
  virtual Result<void> write(std::string_view bytes, const ByteSink& out) = 0;
  // Says that no more bytes come. Fails when the coded body ended early.
  virtual Result<void> finish(const ByteSink& out) = 0;
  // About what it holds at present, in bytes.
  [[nodiscard]] virtual std::size_t memory() const = 0;
};

// Undoes the codings of a Content-Encoding header (RFC 9110, 8.4) as bytes arrive: gzip, deflate,
// br, zstd, also several in a row. It hands out blocks of at most 64 KiB, so that whoever counts
// them stops a bomb at once.
//
// What servers are known to get wrong is forgiven: a body that is not compressed although it says
// so, or by another coding than it says, as far as its first bytes tell; deflate without its zlib
// wrapper; bytes after the end.
class ContentDecoder {
 public:
  // Fails on a coding we did not ask for, and on more than three of them. With `unpack_files` a
  // body that is then still a gzip file is unpacked once more.
  [[nodiscard]] static Result<ContentDecoder> make(std::string_view content_encoding,
                                                   bool unpack_files = false);

  [[nodiscard]] Result<void> write(std::string_view bytes, const ByteSink& out);
  [[nodiscard]] Result<void> finish(const ByteSink& out);

  // Whether the bytes may come out as more than went in.
  [[nodiscard]] bool is_coded() const { return !codings_.empty(); }
  // About what it holds at present, in bytes.
  [[nodiscard]] std::size_t memory() const;

 private:
  Result<void> pass(std::size_t stage, std::string_view bytes, const ByteSink& out);

  std::vector<std::unique_ptr<Coding>> codings_;  // in the order in which they are undone
};

}  // namespace stakeout
