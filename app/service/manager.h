#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace stakeout {

// What the service tells systemd, which shows it in `systemctl status` and acts on it
// (sd_notify(3)). Without $NOTIFY_SOCKET, as on a terminal, all of this does nothing. Main thread.
class ServiceManager {
 public:
  // How often the manager wants to hear that all is well, or it ends the service; nullopt: it does
  // not watch ($WATCHDOG_USEC, sd_watchdog_enabled(3)).
  [[nodiscard]] std::optional<std::chrono::microseconds> watchdog_interval() const;

  // The service stands; after reloading(), it stands again.
  void ready();
  // The settings are being read again. For Type=notify-reload (systemd 253) with its time.
  void reloading();
  void stopping();
  // All is well: wanted once in watchdog_interval().
  void pet();
  // It takes so much longer until ready().
  void still_starting(std::chrono::seconds time);

  // One line for a person; sent when it is another than the last.
  void status(const std::string& line);

 private:
  std::string status_;
};

}  // namespace stakeout
