#include "crawler/proxy.h"

#include <algorithm>
#include <charconv>

namespace stakeout {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool is_one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

bool is_name(std::string_view host) {
  return !host.empty() && std::ranges::all_of(host, [](char c) {
    return is_one_of(c, letters) || is_one_of(c, digits) || is_one_of(c, ".-_");
  });
}

bool is_v6_in_brackets(std::string_view host) {
  return host.size() > 2 && host.front() == '[' && host.back() == ']' &&
         std::ranges::all_of(host.substr(1, host.size() - 2),
                             [](char c) { return is_one_of(c, "0123456789abcdefABCDEF:."); });
}

bool is_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port >= 1 && port <= 65'535;
}

bool is_user(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f' && c != '/'; });
}

}  // namespace

Result<std::string> parse_proxy(std::string_view text) {
  const std::size_t scheme_end = text.find("://");
  const std::string_view scheme = text.substr(0, std::min(scheme_end, text.size()));
  const bool known =
      scheme == "http" || scheme == "https" || scheme == "socks5" || scheme == "socks5h";
  if (scheme_end == std::string_view::npos || !known)
    return fail("a proxy begins with http://, https://, socks5:// or socks5h://");

  std::string_view place = text.substr(scheme_end + 3);
  if (place.ends_with('/')) place.remove_suffix(1);
  const std::size_t at = place.rfind('@');
  const bool has_user = at != std::string_view::npos;
  if (has_user && !is_user(place.substr(0, at)))
    return fail("blanks and slashes in the proxy's user or password are written %20 and %2F");
  const std::string_view host_and_port = has_user ? place.substr(at + 1) : place;
  const std::size_t colon = host_and_port.rfind(':');
  if (colon == std::string_view::npos || !is_port(host_and_port.substr(colon + 1)))
    return fail("a proxy ends with its port, as in http://proxy.example.org:3128");
  const std::string_view host = host_and_port.substr(0, colon);
  if (!is_name(host) && !is_v6_in_brackets(host)) return fail("the proxy's host is no host name");

  return std::string{scheme == "socks5" ? "socks5h" : scheme} + "://" + std::string{place};
}

std::string without_password(std::string_view proxy) {
  const std::size_t scheme_end = proxy.find("://");
  const std::size_t at = proxy.rfind('@');
  if (scheme_end == std::string_view::npos || at == std::string_view::npos)
    return std::string{proxy};
  const std::size_t colon = proxy.find(':', scheme_end + 3);
  if (colon > at) return std::string{proxy};
  return std::string{proxy.substr(0, colon + 1)} + "***" + std::string{proxy.substr(at)};
}

}  // namespace stakeout
