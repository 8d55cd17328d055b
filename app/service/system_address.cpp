#include "app/service/system_address.h"

#include <cerrno>
#include <cstdint>

#include <arpa/inet.h>
#include <sys/time.h>
#include <sys/un.h>

#include "app/descriptor.h"

namespace stakeout {
namespace {

template <class Address>
Address& as(sockaddr_storage& bytes, socklen_t& size) {
  size = sizeof(Address);
  return reinterpret_cast<Address&>(bytes);
}

}  // namespace

SystemAddress::SystemAddress(const MetricsAddress& address) {
  const auto port = htons(static_cast<std::uint16_t>(address.port));
  if (!address.socket.empty()) {
    auto& path = as<sockaddr_un>(bytes_, size_);
    path.sun_family = AF_UNIX;
    address.socket.copy(path.sun_path, sizeof path.sun_path - 1);
  } else if (address.host.find(':') != std::string::npos) {
    auto& v6 = as<sockaddr_in6>(bytes_, size_);
    v6.sin6_family = AF_INET6;
    v6.sin6_port = port;
    ::inet_pton(AF_INET6, address.host.c_str(), &v6.sin6_addr);
  } else {
    auto& v4 = as<sockaddr_in>(bytes_, size_);
    v4.sin_family = AF_INET;
    v4.sin_port = port;
    ::inet_pton(AF_INET, address.host.c_str(), &v4.sin_addr);
  }
}

int try_connecting(const SystemAddress& address) {
  const Descriptor socket{::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
  constexpr timeval patience{1, 0};
  ::setsockopt(socket.number(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  return ::connect(socket.number(), address.get(), address.size()) == 0 ? 0 : errno;
}

}  // namespace stakeout
