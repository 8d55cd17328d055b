#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crawler/content_decoder.h"
#include "crawler/fetcher.h"

namespace stakeout {

// Takes the body of one answer as it arrives, undoes its codings and holds it to the limits of its
// request, whatever the server sends.
//
// Bounded in three ways: the decoded bytes and the bytes as sent by FetchRequest::max_body each,
// and the memory of body and decoder together by FetchRequest::grow, which is asked before any more
// is taken (what a decoder takes, right after).
class BodyReader {
 public:
  enum class Taken : std::uint8_t {
    all,
    none,  // there is no room for the bytes yet: offer the same again later
    stop,  // enough or too much; see is_cut() and error()
  };

  // Borrows the request, which has to outlive this.
  explicit BodyReader(const FetchRequest& request) : request_{request} {}

  // The next bytes, and the value of the Content-Encoding header, which only the first call heeds.
  [[nodiscard]] Taken take(std::string_view bytes, std::string_view content_encoding);

  // Says that no more bytes come. Fails when a coded body ended early.
  [[nodiscard]] Result<void> finish();

  // The body was longer than wanted, and FetchRequest::cut_long_body allows that.
  [[nodiscard]] bool is_cut() const { return is_cut_; }
  // Why take() said `stop`; empty when the body was only cut.
  [[nodiscard]] const std::string& error() const { return error_; }
  // Why that was: the body is longer than FetchRequest::max_body.
  [[nodiscard]] bool is_too_long() const { return is_too_long_; }
  // The body so far, decoded; leaves an empty one.
  [[nodiscard]] std::string take_body() { return std::move(body_); }

 private:
  [[nodiscard]] Growth ask_for(std::size_t bytes);
  [[nodiscard]] std::size_t coding_memory() const;
  Result<void> append(std::string_view bytes);
  std::string too_long();
  Taken stop(std::string reason);

  const FetchRequest& request_;
  std::optional<ContentDecoder> decoder_;  // since the first bytes
  std::string body_;
  std::size_t received_ = 0;  // bytes, as sent
  std::size_t granted_ = 0;   // bytes of memory
  bool is_cut_ = false;
  bool is_too_long_ = false;
  std::string error_;
};

}  // namespace stakeout
