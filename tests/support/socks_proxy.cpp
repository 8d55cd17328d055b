#include "tests/support/socks_proxy.h"

#include <array>
#include <mutex>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/loopback_listener.h"

namespace stakeout {
namespace {

// Exactly so many bytes; fewer when the client closes first.
std::string read_bytes(int socket, std::size_t count) {
  std::string bytes(count, '\0');
  std::size_t have = 0;
  while (have < count) {
    const ssize_t size = recv(socket, bytes.data() + have, count - have, 0);
    if (size <= 0) break;
    have += static_cast<std::size_t>(size);
  }
  bytes.resize(have);
  return bytes;
}

// A text that follows its length in one byte.
std::string read_counted(int socket) {
  const std::string length = read_bytes(socket, 1);
  return length.empty() ? "" : read_bytes(socket, static_cast<unsigned char>(length[0]));
}

bool send_bytes(int socket, std::string_view bytes) {
  return send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
         static_cast<ssize_t>(bytes.size());
}

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

// Hands bytes on, both ways, until one side closes.
void relay(int one, int other) {
  std::array<char, 4096> buffer{};
  std::array<pollfd, 2> sides{{{one, POLLIN, 0}, {other, POLLIN, 0}}};
  while (poll(sides.data(), sides.size(), -1) > 0) {
    for (std::size_t i = 0; i < sides.size(); ++i) {
      if (sides[i].revents == 0) continue;
      const ssize_t size = recv(sides[i].fd, buffer.data(), buffer.size(), 0);
      if (size <= 0) return;
      if (!send_bytes(sides[1 - i].fd, {buffer.data(), static_cast<std::size_t>(size)})) return;
    }
  }
}

}  // namespace

class SocksProxy::Impl {
 public:
  explicit Impl(int upstream_port)
      : upstream_port_{upstream_port}, listener_{[this](int client) { serve(client); }} {}

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  mutable std::mutex mutex_;  // guards asked_, user_
  std::vector<std::string> asked_;
  std::string user_;

  [[nodiscard]] int port() const { return listener_.port(); }

 private:
  void serve(int client) {
    if (!greet(client)) return;
    const std::string request = read_bytes(client, 4);  // version, command, reserved, address type
    if (request.size() < 4) return;
    std::string target = "ip";
    if (request[3] == 3) {
      const std::string host = read_counted(client);
      const std::string port = read_bytes(client, 2);
      target = host + ":" +
               std::to_string(static_cast<unsigned char>(port[0]) * 256 +
                              static_cast<unsigned char>(port[1]));
    } else {
      static_cast<void>(read_bytes(client, request[3] == 1 ? 6 : 18));
    }
    {
      const std::lock_guard lock{mutex_};
      asked_.push_back(target);
    }
    const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(upstream_port_);
    if (connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        send_bytes(client, {"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00", 10})) {
      relay(client, server);
    }
    close(server);
  }

  // The choice of a method: with user and password if the client can, else none.
  bool greet(int client) {
    if (read_bytes(client, 1) != "\x05") return false;
    const bool knows_users = read_counted(client).find('\x02') != std::string::npos;
    if (!knows_users) return send_bytes(client, {"\x05\x00", 2});
    if (!send_bytes(client, "\x05\x02") || read_bytes(client, 1) != "\x01") return false;
    const std::string name = read_counted(client);
    const std::string password = read_counted(client);
    {
      const std::lock_guard lock{mutex_};
      user_ = name + ":" + password;
    }
    return send_bytes(client, {"\x01\x00", 2});
  }

  const int upstream_port_;
  LoopbackListener listener_;  // last: its threads use all of the above
};

SocksProxy::SocksProxy(int upstream_port) : impl_{std::make_unique<Impl>(upstream_port)} {}

SocksProxy::~SocksProxy() = default;

int SocksProxy::port() const {
  return impl_->port();
}

std::vector<std::string> SocksProxy::asked() const {
  const std::lock_guard lock{impl_->mutex_};
  return impl_->asked_;
}

std::string SocksProxy::user() const {
  const std::lock_guard lock{impl_->mutex_};
  return impl_->user_;
}

}  // namespace stakeout
