#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "extractors/values/timestamp.h"
#include "extractors/values/url.h"

namespace stakeout {

// What makes the next request for the same address a conditional one. Byte for byte as the server
// sent them (an ETag with its quotes and W/); empty: not given. Dates are never made up here, since
// servers compare them as text.
struct Validators {
  std::string etag;
  std::string last_modified;

  friend bool operator==(const Validators&, const Validators&) = default;
};

// Whether a body may take more memory.
enum class Growth : std::uint8_t { granted, wait, refused };

// One HTTP exchange to be made.
struct FetchRequest {
  Url url;
  // As parse_proxy() (proxy.h) spells it; empty: none; absent: the fetcher's own.
  std::optional<std::string> proxy{};
  Validators validators;
  std::string accept = "*/*";
  // Asks for only the entries of a feed that are new since the ETag (RFC 3229 "A-IM: feed"); no
  // effect without one. The answer may then be a 226, whose body is a part: an entry that is not in
  // it is not gone.
  bool accept_delta = false;
  std::size_t max_body = 8U << 20U;  // bytes after decompression; a longer body is a fault,
  bool cut_long_body = false;        // or, with this, ends there
  bool unpack_files = false;         // a body that is a gzip file is unpacked, however it is called
  // Asked before the body and what decodes it take more than so many bytes of memory; on the
  // network thread, not after `done`. On `wait` the exchange pauses until Fetcher::resume(), while
  // its time runs on; on `refused` it ends with a fault. Absent: always granted.
  std::function<Growth(std::size_t bytes)> grow{};
};

// What a server answered, whatever the status. Texts hold no control characters and are empty when
// the header was not sent.
struct FetchResponse {
  int status = 0;
  std::string location;  // as sent, on a redirect
  Validators validators;
  std::string content_type;
  std::optional<std::int64_t> retry_after;  // seconds from now; 0 when the date has passed
  // Seconds for which the server calls the answer fresh: max-age less Age, or Expires less Date.
  std::optional<std::int64_t> fresh_for;
  std::string head;     // status line and headers, byte for byte as received, lines ended by CRLF
  std::string body;     // decompressed
  std::string address;  // the IP address that answered
  // The head of the request, as it was sent, but for what it said to a proxy; empty unless the
  // fetcher keeps it.
  std::string request_head;
  Timestamp fetched_at;
  std::chrono::milliseconds elapsed{0};
};

// What an exchange that brought no usable answer tells of its host.
enum class FaultKind : std::uint8_t {
  no_answer,  // it could not be reached, or said nothing that can be trusted to come from it
  answered,   // it did answer; but what came was damaged or cut short
  too_long,   // it did answer, with more than FetchRequest::max_body
  refused,    // nothing: we did not ask it, because its address may not be reached
};

// Why there is no response: a sentence for a person, as in Error, and what kind of fault it is.
struct FetchFault {
  std::string message;
  FaultKind kind = FaultKind::no_answer;
};

using FetchResult = tl::expected<FetchResponse, FetchFault>;

// `return fault(FaultKind::answered, "the answer ended early");`
[[nodiscard]] inline tl::unexpected<FetchFault> fault(FaultKind kind, std::string message) {
  return tl::unexpected<FetchFault>(FetchFault{std::move(message), kind});
}

// Makes HTTP exchanges. The Crawler works against this interface; the libcurl implementation is
// fetcher_curl.h, and tests use a fake.
//
// A fetch is one exchange: redirects are answers like others. They are followed by the Crawler, and
// so are robots rules and delays; it calls start() only when a host may be asked.
class Fetcher {
 public:
  using Done = std::function<void(FetchResult)>;

  virtual ~Fetcher() = default;

  // Begins an exchange and returns at once. Callable from any thread, also from within `done`.
  //
  // `done` runs exactly once, on the network thread, and never inside start(). It must be quick:
  // hand the response on and return. Any answer of the server is a response; a fault means
  // that there was no whole answer (no connection, refused address, time or size limit, damaged
  // body).
  virtual void start(FetchRequest request, Done done) = 0;

  // Asks again for all bodies that were told to wait; returns at once. Callable as start() is.
  virtual void resume() = 0;
};

}  // namespace stakeout
