#pragma once

#include <string>

namespace stakeout {

// The parts of the address of a server that things are sent to, of whatever scheme; all empty when
// it is none.
struct ServerUrl {
  std::string scheme;
  std::string host;
  std::string user;
  std::string password;
};

[[nodiscard]] ServerUrl parse_server_url(const std::string& url);

}  // namespace stakeout
