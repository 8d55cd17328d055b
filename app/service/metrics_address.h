#pragma once

#include <string>
#include <string_view>

#include "extractors/values/result.h"

namespace stakeout {

// Where metrics are offered: on a loopback port, or on a socket in the file system.
struct MetricsAddress {
  std::string host;  // "127.0.0.1", "::1"; empty: a socket
  int port = 0;
  std::string socket;  // an absolute path, or empty

  friend bool operator==(const MetricsAddress&, const MetricsAddress&) = default;
};

// Reads "127.0.0.1:9469", "[::1]:9469" or "unix:/run/stakeout/metrics.sock". An address that other
// machines could reach is refused.
[[nodiscard]] Result<MetricsAddress> parse_metrics_address(std::string_view text);

}  // namespace stakeout
