#include "app/service/metrics_address.h"

#include <charconv>

#include <sys/un.h>

#include "crawler/address_range.h"

namespace stakeout {
namespace {

constexpr std::string_view unix_prefix = "unix:";
constexpr std::size_t longest_path = sizeof(sockaddr_un{}.sun_path) - 1;

bool is_loopback(const std::string& host) {
  const auto address = parse_ip_address(host);
  if (!address) return false;
  constexpr std::size_t v4_begin = 12;  // in its mapped form
  if (address->is_v4()) return address->bytes().at(v4_begin) == 127;
  return to_string(*address) == "::1";
}

Result<MetricsAddress> socket_at(std::string_view path) {
  if (!path.starts_with('/') || path.ends_with('/'))
    return fail(
        "the path of a socket is written in full, as in \"unix:/run/stakeout/metrics.sock\"");
  if (path.size() > longest_path) {
    return fail("the path of a socket has at most " + std::to_string(longest_path) +
                " bytes, and this one has " + std::to_string(path.size()));
  }
  return MetricsAddress{{}, 0, std::string{path}};
}

}  // namespace

Result<MetricsAddress> parse_metrics_address(std::string_view text) {
  if (text.starts_with(unix_prefix)) return socket_at(text.substr(unix_prefix.size()));
  const std::size_t colon = text.rfind(':');
  std::string host{text.substr(0, colon == text.npos ? text.size() : colon)};
  const std::string_view digits = colon == text.npos ? "" : text.substr(colon + 1);
  int port = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  const bool is_port = read.ec == std::errc{} && read.ptr == digits.data() + digits.size() &&
                       port >= 1 && port <= 65535;
  const bool is_bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (is_bracketed) host = host.substr(1, host.size() - 2);
  const auto address = parse_ip_address(host);
  if (!is_port || !address || address->is_v4() == is_bracketed) {
    return fail("'" + std::string{text} +
                "' is no address for metrics; write one such as \"127.0.0.1:9469\" or "
                "\"unix:/run/stakeout/metrics.sock\"");
  }
  if (!is_loopback(host)) {
    return fail("'" + std::string{text} +
                "' can be reached by other machines; metrics are offered on this one only, as on "
                "\"127.0.0.1:" +
                std::to_string(port) + "\"");
  }
  return MetricsAddress{std::move(host), port, {}};
}

}  // namespace stakeout
