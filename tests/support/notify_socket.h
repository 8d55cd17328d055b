#pragma once

#include <string>
#include <string_view>

namespace stakeout {

// What systemd is to a service: the socket of $NOTIFY_SOCKET, in the abstract namespace.
class NotifySocket {
 public:
  NotifySocket();
  ~NotifySocket();
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;

  // "@..."
  [[nodiscard]] const std::string& name() const { return name_; }

  // The next message; waits for it, half a minute at most, then it is empty.
  [[nodiscard]] std::string next();

  // Takes messages until one holds these words; empty when there is none for half a minute.
  [[nodiscard]] std::string await(std::string_view words);

 private:
  int socket_ = -1;
  std::string name_;
};

}  // namespace stakeout
