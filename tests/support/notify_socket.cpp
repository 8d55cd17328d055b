#include "tests/support/notify_socket.h"

#include <array>
#include <cstring>
#include <stdexcept>

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace stakeout {

NotifySocket::NotifySocket() : socket_{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)} {
  // An address of nothing but its family is filled in by the system (unix(7), autobind).
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof(sa_family_t);
  const timeval limit{30, 0};
  if (::bind(socket_, any, size) != 0 ||
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) != 0) {
    throw std::runtime_error{"there is no socket to be notified by"};
  }
  size = sizeof address;
  ::getsockname(socket_, any, &size);
  name_ = "@" + std::string{address.sun_path + 1, size - sizeof(sa_family_t) - 1};
}

NotifySocket::~NotifySocket() {
  ::close(socket_);
}

std::string NotifySocket::next() {
  std::array<char, 4096> buffer{};
  const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
  return size > 0 ? std::string{buffer.data(), static_cast<std::size_t>(size)} : std::string{};
}

std::string NotifySocket::await(std::string_view words) {
  while (true) {
    std::string message = next();
    if (message.empty() || message.find(words) != std::string::npos) return message;
  }
}

}  // namespace stakeout
