#pragma once

#include <string>
#include <string_view>

#include "extractors/values/result.h"

namespace stakeout {

// An absolute http or https address, in the normal form of RFC 3986 section 6.2.2 and 6.2.3: scheme
// and host in lower case, host in ASCII (IDNA), no default port, no dot segments, an empty path as
// "/". The fragment is kept.
class Url {
 public:
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::string& scheme() const { return scheme_; }  // "http" or "https"
  [[nodiscard]] const std::string& host() const {
    return host_;
  }                                                 // an IPv6 address keeps its brackets
  [[nodiscard]] int port() const { return port_; }  // the default one when none is given
  [[nodiscard]] const std::string& path_and_query() const { return path_and_query_; }
  // "https://example.org:8443": what robots.txt and connection limits go by.
  [[nodiscard]] std::string origin() const;

  friend bool operator==(const Url& a, const Url& b) { return a.text_ == b.text_; }

 private:
  friend Result<Url> parse_url(std::string_view text);
  std::string text_, scheme_, host_, path_and_query_;
  int port_ = 0;
};

// Fails on a relative reference, on any scheme but http and https, on user names and passwords, on
// control characters inside, and on what libcurl's parser refuses. White space around is ignored.
[[nodiscard]] Result<Url> parse_url(std::string_view text);

// What `reference` means on a page at `base` (RFC 3986, 5.2). Fails like parse_url().
[[nodiscard]] Result<Url> resolve_url(const Url& base, std::string_view reference);

}  // namespace stakeout
