#pragma once

#include <sys/socket.h>

#include "app/service/metrics_address.h"

namespace stakeout {

// A MetricsAddress as the system has it.
class SystemAddress {
 public:
  explicit SystemAddress(const MetricsAddress& address);

  [[nodiscard]] int family() const { return bytes_.ss_family; }
  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&bytes_); }
  [[nodiscard]] socklen_t size() const { return size_; }

 private:
  sockaddr_storage bytes_{};
  socklen_t size_ = 0;
};

// 0: somebody listens there; else why not, as errno of connect(2). ECONNREFUSED says that nobody
// does, also of a socket in the file system that was left behind. Waits a second at most.
[[nodiscard]] int try_connecting(const SystemAddress& address);

}  // namespace stakeout
