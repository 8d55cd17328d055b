#pragma once

#include <string_view>

namespace stakeout {

// "https://www.example.org/a/?b#c" and "//example.org/a" give "example.org/a": an address without
// what differs between two spellings of it. A part of what was given.
[[nodiscard]] inline std::string_view bare_address(std::string_view address) {
  address = address.substr(0, address.find_first_of("?#"));
  const std::size_t slashes = address.find("//");
  const bool is_scheme = slashes == 0 || (slashes != std::string_view::npos && slashes > 0 &&
                                          address[slashes - 1] == ':');
  if (is_scheme) address.remove_prefix(slashes + 2);
  if (address.starts_with("www.")) address.remove_prefix(4);
  while (address.ends_with('/')) address.remove_suffix(1);
  return address;
}

}  // namespace stakeout
