#include "tests/support/loopback_listener.h"

#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace stakeout {

LoopbackListener::LoopbackListener(Serve serve)
    : serve_{std::move(serve)}, listener_{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, any, size) != 0 || listen(listener_, 128) != 0 ||
      getsockname(listener_, any, &size) != 0) {
    close(listener_);
    throw std::runtime_error{"a server of the tests cannot listen"};
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::jthread{[this] { accept_all(); }};
}

LoopbackListener::~LoopbackListener() {
  stop();
  close(listener_);
}

int LoopbackListener::connections() const {
  const std::lock_guard lock{mutex_};
  return connections_;
}

void LoopbackListener::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
    for (const int open : sockets_) shutdown(open, SHUT_RDWR);
  }
  shutdown(listener_, SHUT_RDWR);
  if (acceptor_.joinable()) acceptor_.join();
  threads_.clear();
}

void LoopbackListener::accept_all() {
  while (true) {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    {
      const std::lock_guard lock{mutex_};
      if (stopping_) {
        close(client);
        return;
      }
      ++connections_;
      sockets_.insert(client);
    }
    threads_.emplace_back([this, client] {
      serve_(client);
      const std::lock_guard lock{mutex_};
      sockets_.erase(client);
      close(client);
    });
  }
}

}  // namespace stakeout
