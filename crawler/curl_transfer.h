#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "crawler/body_reader.h"
#include "crawler/fetcher.h"
#include "crawler/fetcher_curl.h"
#include "extractors/values/timestamp.h"

struct curl_slist;
struct curl_sockaddr;

namespace stakeout {

struct FreeCurlHandle {
  void operator()(void* easy) const noexcept;
};
struct FreeCurlList {
  void operator()(curl_slist* list) const noexcept;
};

// An easy handle of libcurl's: a CURL*, which its header declares as a void*.
using CurlHandle = std::unique_ptr<void, FreeCurlHandle>;

// A handle with the options that no exchange changes, for one transfer after the other. Throws
// std::bad_alloc.
[[nodiscard]] CurlHandle make_curl_handle(const FetchOptions& options);

// One exchange by libcurl: its request, its callbacks, and what came of it. The multi loop
// (fetcher_curl.cpp) adds its handle to libcurl's multi handle, and takes it from there before this
// dies. Codes are CURLcodes.
//
// Stays where it is: libcurl's callbacks have a pointer to it. One thread.
class CurlTransfer {
 public:
  // The options are borrowed and have to outlive this.
  CurlTransfer(FetchRequest request, Fetcher::Done done, const FetchOptions& options)
      : request_{std::move(request)}, done_{std::move(done)}, options_{options} {}
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  // Why it must not even begin. With a proxy no address is seen when connecting; what is spelled
  // out in the URL can still be told.
  [[nodiscard]] std::optional<FetchFault> refusal_by_url() const;

  // Sets a handle up for this exchange.
  void begin(CurlHandle easy);
  [[nodiscard]] void* handle() const { return easy_.get(); }
  // The handle, for the next transfer.
  [[nodiscard]] CurlHandle take_handle();

  // Its body waits for room; see FetchRequest::grow.
  [[nodiscard]] bool is_paused() const { return is_paused_; }
  // Goes on, or pauses anew. A code other than CURLE_OK: it has ended with that, without libcurl's
  // saying so.
  [[nodiscard]] int resume();

  // Whether it has brought in much more than its body may hold: chunk extensions, say, count
  // nowhere else. To be asked now and then. It is then to be ended, with any fault for a code.
  [[nodiscard]] bool is_flood();

  // After it has ended with the code: whether it failed for what was there before it, and is to be
  // added again, to be made on a new connection. True once at most.
  [[nodiscard]] bool begin_again(int code);

  // What came of it after it has ended with the code.
  [[nodiscard]] FetchResult result(int code, Timestamp now);
  // Hands the result to the one who asked.
  void done(FetchResult result) const { done_(std::move(result)); }

  // Libcurl's callbacks.
  enum class Taken : std::uint8_t { all, none_yet, stop };
  [[nodiscard]] bool may_connect(const curl_sockaddr& target);
  [[nodiscard]] bool take_header_line(std::string_view line);
  [[nodiscard]] Taken take_body(std::string_view bytes);
  void note_request(std::string_view head);

 private:
  [[nodiscard]] const std::string& proxy() const;  // empty: none
  void add_header(const std::string& name, const std::string& value);
  [[nodiscard]] tl::unexpected<FetchFault> failure(int code) const;
  [[nodiscard]] FaultKind kind_of_stop() const;
  // Stops it, for a fault of the answer.
  void refuse(std::string reason, FaultKind kind = FaultKind::answered) {
    refusal_ = {std::move(reason), kind};
  }

  const FetchRequest request_;
  const Fetcher::Done done_;
  const FetchOptions& options_;
  CurlHandle easy_;
  std::unique_ptr<curl_slist, FreeCurlList> headers_;
  std::string request_head_;
  std::string head_;
  bool head_is_whole_ = false;
  BodyReader body_{request_};
  FetchFault refusal_;  // why we stopped it ourselves, or would not connect; no words: we did not
  bool is_again_ = false;  // the second try
  bool is_paused_ = false;
  // What the socket had received when it was first looked at: of earlier exchanges on it.
  std::optional<std::uint64_t> received_before_;
};

}  // namespace stakeout
