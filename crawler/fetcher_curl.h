#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/address_range.h"
#include "crawler/clock.h"
#include "crawler/fetcher.h"

namespace stakeout {

struct FetchOptions {
  std::string user_agent = "stakeout";
  std::string from;      // the From header (RFC 9110, 10.1.2); empty: none
  std::string ca_file;   // further certificate authorities, PEM; empty: only the system's
  std::string proxy;     // of requests that name none, as parse_proxy() spells it; empty: none
  int connections = 32;  // open at once, in all
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::seconds silence_timeout{15};   // no byte for so long
  std::chrono::milliseconds timeout{60'000};  // the whole exchange
  bool keep_requests = false;                 // FetchResponse::request_head is wanted
  // Addresses that may be reached although they are not public.
  std::vector<AddressRange> allow_private;
};

// "stakeout/1.2 (+https://example.org/about; ops@example.org)"; without a contact "stakeout/1.2".
[[nodiscard]] std::string user_agent(std::string_view version, std::string_view contact);

// The Fetcher over libcurl: HTTP/1.1 and, over TLS, HTTP/2; gzip, brotli and zstd. Proxies
// come from the options and the requests alone, whatever the environment says.
//
// One thread of its own drives all transfers. It sleeps until the network or start() has something
// for it; connections and handles are kept and used again.
//
// Whatever a host name resolves to, a connection to an address that is not public is refused just
// before it would be made, unless allow_private names it. With a proxy, which resolves names
// itself, only addresses spelled out in the URL can be refused, and the names of this machine
// (localhost and what ends in .localhost).
//
// Bodies are decompressed as they come, and counted (body_reader.h): neither a small body that
// unpacks to a large one nor one without end can take more than max_body bytes, and a server that
// sends much more without sending a body is given up. An answer that ends early is an Error, so
// that validators of half a document are never kept; so are one with two lengths and a 304 that
// nobody asked for.
//
// A request that fails on a kept connection before the first byte of an answer is made once more on
// a new one.
class CurlFetcher final : public Fetcher {
 public:
  // `clock` is borrowed and has to outlive the fetcher. Throws std::runtime_error when libcurl
  // cannot be set up.
  CurlFetcher(FetchOptions options, const Clock& clock);
  // Ends the thread. Exchanges under way end with an Error, on that thread, before this returns.
  ~CurlFetcher() override;

  CurlFetcher(const CurlFetcher&) = delete;
  CurlFetcher& operator=(const CurlFetcher&) = delete;

  void start(FetchRequest request, Done done) override;
  void resume() override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace stakeout
